"""What does an approver see who opens the link of a mail? What is decided, by whom, until when.

Looking decides nothing. Whether the reader may decide is asked of the rows at each look, and again
by the act itself. Dossiers are shown to who may decide now, or has decided in the link's round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.rules.access.errors import ThingNotFound
from campaigns.rules.approvals import signatures as rules
from campaigns.rules.approvals.right import Right
from campaigns.rules.log import anchors
from campaigns.services.approvals import basis
from campaigns.services.approvals.signers import Chain, signatures
from campaigns.services.launch.plan import plan
from campaigns.services.registers.directory import Directory
from campaigns.services.sight import of_person
from campaigns.services.signing import living_links, one_time_codes
from campaigns.store import approvals, campaigns
from campaigns.store.nomination import nominations
from campaigns.store.records import NominationRecord, PersonRecord, StageRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from language import Language, _, pgettext
from language.errors import Refusal
from schemas.imports import AnswerValue
from schemas.links import DecisionLink
from schemas.playbook.form import ItemRole, ItemType
from schemas.views.approval_page import (
    DecidedRound,
    DecisionPage,
    DossierPage,
    ListedNomination,
    Reason,
)
from schemas.vocabulary import Severity, Stage, StageState, label

PAGE: Final = 200
"""Nominations a page; the others are on the next."""
_YES_NO: Final = {True: _("Yes"), False: _("No")}
_SEVERITY: Final = {
    Severity.BLOCK: _("Turned down"),
    Severity.HOLD: pgettext("count", "On hold"),
    Severity.WARN: _("Note"),
}


def look(tx: Transaction, link: DecisionLink, page: int = 1) -> DecisionPage:
    """Return what the page of a link shows now; of many nominations, those of one page."""
    living_links.ensure(tx, link)
    stage = campaigns.get_stage(tx, link.stage)
    chain = Chain(tx, stage)
    reader = people.named(tx, {link.person_id}).get(link.person_id)
    language = _language(reader)
    is_present = _is_present(stage, link)
    right = _right(chain, link.person_id) if is_present else None
    principal = right.principal_id if right else ""
    listed = nominations.find(tx) if _shows_nominations(tx, chain, link) else []
    pages = max(1, -(-len(listed) // PAGE))
    page = min(max(page, 1), pages)
    directory = Directory(tx)
    counts, counted_at = _counts(tx, chain, link, is_present=is_present)
    return DecisionPage(
        campaign_code=tx.campaign.code,
        campaign_name=tx.playbook.name.say(language),
        coordinator_name=directory.coordinator_name,
        coordinator_address=directory.coordinator_address,
        timezone=tx.playbook.timezone,
        language=language,
        stage=stage.name,
        state=stage.state,
        round=link.round,
        is_present=is_present,
        may_decide=right is not None,
        seen=basis.mark(tx, stage) if right is not None else "",
        code=one_time_codes.shown(tx, link) if right is not None else None,
        rests=_rests(chain, link.person_id, language) if is_present and right is None else "",
        reader_name=reader.full_name if reader else link.person_id,
        principal_name=people.named(tx, {principal})[principal].full_name if principal else "",
        letter=right.letter if right else "",
        have=chain.status.have,
        need=chain.status.need,
        due_at=stage.approval_due_at,
        plan=plan(tx, language) if stage.name == Stage.LAUNCH else (),
        counts=tuple((label(word, language), number) for word, number in counts),
        counted_at=counted_at,
        nominations=_listed(tx, directory, listed[(page - 1) * PAGE : page * PAGE], language),
        page=page,
        pages=pages,
        rounds=_rounds(tx, stage),
        anchor=anchors.written(*tx.head()[:2]),
    )


def dossier(tx: Transaction, link: DecisionLink, number: int) -> DossierPage:
    """Return one nomination as the reader of a link may see it.

    Raises:
        ThingNotFound: There is none of this number, or it is not the reader's to see.
    """
    living_links.ensure(tx, link)
    chain = Chain(tx, campaigns.get_stage(tx, link.stage))
    reader = people.named(tx, {link.person_id}).get(link.person_id)
    language = _language(reader)
    found = nominations.contents(tx, [number]) if _shows_nominations(tx, chain, link) else []
    if not found:
        raise ThingNotFound(str(number))
    [content] = found
    [listed] = _listed(tx, Directory(tx), [content.nomination], language)
    return DossierPage(
        campaign_name=tx.playbook.name.say(language),
        timezone=tx.playbook.timezone,
        language=language,
        nomination=listed,
        boxes=_boxes(tx, content.answers, language),
    )


def _language(reader: PersonRecord | None) -> Language:
    return "en" if reader is not None and reader.language == "en" else "vi"


def _is_present(stage: StageRecord, link: DecisionLink) -> bool:
    return stage.state == StageState.AWAITING_APPROVAL and stage.round == link.round


def _shows_nominations(tx: Transaction, chain: Chain, link: DecisionLink) -> bool:
    """Say whether the reader may decide now, or has decided in the round of the link."""
    if chain.name is Stage.LAUNCH:
        return False
    if _is_present(chain.stage, link) and _right(chain, link.person_id) is not None:
        return True
    given = approvals.verdicts(tx, chain.stage, rounds=True)
    return any((one.person_id, one.round) == (link.person_id, link.round) for one in given)


def _counts(
    tx: Transaction, chain: Chain, link: DecisionLink, *, is_present: bool
) -> tuple[Sequence[tuple[str, int]], datetime | None]:
    """Return what was decided on. An address outlives the right of the person it went to."""
    may_know = _shows_nominations(tx, chain, link) or of_person(tx, link.person_id).knows_all
    if not may_know:
        return (), None
    if is_present:
        return basis.counts(tx), tx.now
    kept = approvals.basis(tx, chain.stage, link.round)
    return kept or ((), None)


def _rounds(tx: Transaction, stage: StageRecord) -> tuple[DecidedRound, ...]:
    numbers = [
        number
        for number, _ in groupby(approvals.verdicts(tx, stage, rounds=True), lambda one: one.round)
    ]
    return tuple(
        DecidedRound(round=number, signatures=signatures(tx, stage, number)) for number in numbers
    )


def _listed(
    tx: Transaction,
    directory: Directory,
    records: Sequence[NominationRecord],
    language: Language,
) -> tuple[ListedNomination, ...]:
    rules_of = {rule.id: rule for rule in tx.playbook.rules}
    wanted = {one.id for one in records}
    reasons: dict[int, list[Reason]] = defaultdict(list)
    for one in nominations.findings(tx) if wanted else ():
        if one.nomination_id in wanted:
            severity = _SEVERITY[Severity(one.severity)].say(language)
            rule = rules_of.get(one.rule_id)
            text = rule.reason.say(language) if rule else one.rule_id
            reasons[one.nomination_id].append(Reason(severity=severity, text=text))
    return tuple(
        ListedNomination(
            number=one.id,
            code=one.code,
            name=one.name,
            unit=directory.unit_name(one.unit_id),
            nominated_by=directory.unit_name(one.nominated_by_id),
            state=label(one.state, language),
            reasons=tuple(reasons[one.id]),
        )
        for one in records
    )


def _boxes(
    tx: Transaction, answers: Mapping[str, AnswerValue], language: Language
) -> tuple[tuple[str, str], ...]:
    """Return the filled boxes of a form; addresses are for who writes to them."""
    zone = ZoneInfo(tx.playbook.timezone)
    found = []
    for item in tx.playbook.form.items:
        value = answers.get(item.id)
        is_address = item.type is ItemType.EMAIL or item.role is ItemRole.EMAIL
        if value is not None and value != "" and not is_address:
            name = item.header.say(language)
            found.append((name, _said(value, zone, language)))
    return tuple(found)


def _said(value: AnswerValue, zone: ZoneInfo, language: Language) -> str:
    if isinstance(value, bool):
        return _YES_NO[value].say(language)
    if isinstance(value, datetime):
        at = value.astimezone(zone) if value.tzinfo else value
        return f"{at:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def _right(chain: Chain, person_id: str) -> Right | None:
    """Return the right the reader would sign by; None where they cannot sign now."""
    try:
        rules.ensure_not_abstained(person_id, chain.abstained, chain.name)
        chain.ensure_not_resting(person_id)
        return rules.choose(person_id, chain.rights, chain.status, chain.signatures, chain.name)
    except Refusal:
        return None


def _rests(chain: Chain, person_id: str, language: Language) -> str:
    """Say why a right that is new does not count yet; empty where there is none."""
    try:
        chain.ensure_not_resting(person_id)
    except Refusal as refused:
        return refused.say(language)
    return ""
