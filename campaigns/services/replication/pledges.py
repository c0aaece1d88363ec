"""Who is asked to replicate what was recognised, and what do they learn of it?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

from campaigns.rules import keys
from campaigns.services.enclosing import dossier_sheet, workbook
from campaigns.services.registers.directory import Directory
from campaigns.services.stages import is_open
from campaigns.store import campaigns
from campaigns.store.enclosure_port import Enclosed
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.records import NominationRecord
from campaigns.store.transaction import Transaction
from language import _
from language.vietnamese import unmarked
from schemas.messages.outgoing import Recipient
from schemas.messages.replication import PledgeRequested
from schemas.outcomes import Done
from schemas.vocabulary import NominationState, Stage

_PLACES: Final = 40
"""So many places are named in a letter; of the others, how many."""
_MODELS: Final = 40
"""About so many models are named in a letter: of each place as many, and of none less than one."""


_LIST: Final = _("Recognised models")


class Model(NamedTuple):
    """A recognised model, and where it is."""

    place: str
    """The unit that nominated it."""
    unit: str
    """The unit whose model it is."""
    record: NominationRecord


def request_pledges(tx: Transaction) -> Done:
    """Ask units, once, which recognised models they will replicate.

    Not before the results are released: the letter names what was recognised.
    """
    if not is_open(tx, Stage.REPLICATION) or tx.campaign.results_released_at is None:
        return Done()
    stage = campaigns.get_stage(tx, Stage.REPLICATION)
    about = keys.subject("stage", Stage.REPLICATION)
    directory = Directory(tx)
    asked = _to_ask(tx, directory, about)
    if not asked:
        return Done()
    models = recognised(tx, directory)
    places = _by_place(models)
    whole = _whole_list(tx, directory, models)
    for recipient in asked:
        payload = PledgeRequested(
            **directory.heading(recipient),
            recognised=len(models),
            places=tuple(places[:_PLACES]),
            more_places=max(0, len(places) - _PLACES),
            until=stage.due_at,
        )
        tx.notify(recipient, payload, about=about, cause=1, enclosed=whole)
    return Done(changed=len(asked))


def _whole_list(tx: Transaction, directory: Directory, models: Sequence[Model]) -> Enclosed | None:
    """Return the list of all that was recognised; none where nothing was."""
    if not models:
        return None
    language = tx.playbook.language
    title = _LIST.say(language)
    records = [one.record for one in models]
    return workbook(tx, title, lambda: [dossier_sheet(tx, directory, records, title, language)])


def _to_ask(tx: Transaction, directory: Directory, about: str) -> list[Recipient]:
    """Return the units that were not asked before: this comes again with every run."""
    known = messages.recipients(tx, PledgeRequested.template, about)
    kinds = tx.playbook.messages.pledge_to_kinds
    units = [unit for unit in directory.active_units.values() if not kinds or unit.kind in kinds]
    found = map(directory.to_unit, units)
    return [one for one in found if one.id not in known]


def recognised(tx: Transaction, directory: Directory) -> list[Model]:
    """Return the models that were told to be recognised, by place, unit and name."""
    found = [
        Model(directory.unit_name(one.nominated_by_id), directory.unit_name(one.unit_id), one)
        for one in nominations.told_so(tx, NominationState.RECOGNISED)
    ]
    return sorted(
        found,
        key=lambda one: (
            unmarked(one.place),
            one.record.nominated_by_id,
            unmarked(one.unit),
            unmarked(one.record.name),
            one.record.code,
        ),
    )


def _by_place(models: Sequence[Model]) -> list[tuple[str, int, tuple[str, ...]]]:
    """Return every place, how many models it has, and the first of them."""
    parts = [list(part) for _, part in groupby(models, key=lambda one: one.record.nominated_by_id)]
    each = max(1, _MODELS // max(1, min(len(parts), _PLACES)))
    return [(part[0].place, len(part), tuple(map(_said, part[:each]))) for part in parts]


def _said(model: Model) -> str:
    own = "" if model.unit == model.place else f" - {model.unit}"
    return f"{model.record.name}{own} ({model.record.code})"
