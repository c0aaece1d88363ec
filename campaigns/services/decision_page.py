"""What does an approver see who opens the link of a mail? What is decided, by whom, until when.

Looking decides nothing. Whether the reader may decide is asked of the rows at each look, and again
by the act itself.
"""

from __future__ import annotations

from typing import Final

from campaigns.rules import approvals as rules
from campaigns.rules.errors import CampaignError
from campaigns.services import board
from campaigns.services.directory import Directory
from campaigns.services.signers import Chain, signatures
from campaigns.store import campaigns, nominations, people
from campaigns.store.transaction import Transaction
from schemas.links import DecisionLink
from schemas.views import DecisionPage, ListedNomination
from schemas.vocabulary import Language, Stage, StageState, label

_SHOWN: Final = 200
"""Nominations listed on the page; of the others, how many."""


def look(tx: Transaction, link: DecisionLink) -> DecisionPage:
    """Return what the page of a link shows now."""
    stage = campaigns.get_stage(tx, link.stage)
    chain = Chain(tx, stage)
    reader = people.named(tx, {link.person_id}).get(link.person_id)
    language: Language = "en" if reader is not None and reader.language == "en" else "vi"
    is_present = stage.state == StageState.AWAITING_APPROVAL and stage.round == link.round
    right = _right(chain, link.person_id) if is_present else None
    principal = right.principal_id if right else ""
    listed = nominations.find(tx) if stage.name != Stage.LAUNCH and right else []
    directory = Directory(tx)
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
        reader_name=reader.full_name if reader else link.person_id,
        principal_name=people.named(tx, {principal})[principal].full_name if principal else "",
        letter=right.letter if right else "",
        have=chain.status.have,
        need=chain.status.need,
        due_at=stage.approval_due_at,
        counts=tuple(
            (label(word, language), number) for word, number in board.counts_for_approval(tx)
        ),
        nominations=tuple(
            ListedNomination(
                code=one.code,
                name=one.name,
                unit=directory.unit_name(one.unit_id),
                state=label(one.state, language),
            )
            for one in listed[:_SHOWN]
        ),
        nominations_more=max(0, len(listed) - _SHOWN),
        signatures=signatures(tx, stage, link.round),
    )


def _right(chain: Chain, person_id: str) -> rules.Right | None:
    """Return the right the reader would sign by; None where they cannot sign now."""
    try:
        rules.ensure_not_abstained(person_id, chain.abstained, chain.name)
        return rules.choose(person_id, chain.rights, chain.status, chain.signatures, chain.name)
    except CampaignError:
        return None
