"""Who replicates which model, and how far have they come?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from campaigns.rules.importing.cells import Read
from campaigns.rules.importing.lookups import Units
from campaigns.rules.importing.references import Names, first_cycle, note_unknown, note_validity
from campaigns.rules.importing.registers import RegisterReader, box, date_of, text_of
from language import Language
from schemas.imports import AdoptionRow, SheetRow
from schemas.playbook.form import ItemType
from schemas.vocabulary import AdoptionState

_STEPS: Final = (
    AdoptionState.COMMITTED,
    AdoptionState.STARTED,
    AdoptionState.EVIDENCED,
    AdoptionState.SUSTAINED,
)


def _date_key(state: AdoptionState) -> str:
    return f"{state.value}_on"


class AdoptionReader(RegisterReader[AdoptionRow]):
    """Reads replications of recognised models.

    `models` are the codes of the recognised models, `units` all units by id, `known` the model of
    each adoption stored already, by its id: a replication may have been copied from one of them. A
    replication may be copied from one of the same model only.
    """

    def __init__(
        self,
        models: Collection[str],
        units: Units,
        language: Language = "vi",
        known: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            [
                box("id", "Mã nhân rộng", ItemType.CODE, required=True),
                box("model_code", "Mã mô hình", ItemType.CODE, required=True),
                box("adopting_unit_id", "Mã đơn vị nhân rộng", ItemType.UNIT, required=True),
                box("parent_adoption_id", "Nhân rộng từ", ItemType.CODE),
                box("state", "Trạng thái", required=True),
                box("committed_on", "Ngày cam kết", ItemType.DATE, required=True),
                box("started_on", "Ngày triển khai", ItemType.DATE),
                box("evidenced_on", "Ngày có minh chứng", ItemType.DATE),
                box("sustained_on", "Ngày xác nhận bền vững", ItemType.DATE),
                box("abandoned_on", "Ngày dừng", ItemType.DATE),
                box("note", "Ghi chú", ItemType.LONG_TEXT),
            ],
            units,
            language,
        )
        self._models = Names(models)
        self._known = known or {}
        self._parents: dict[str, tuple[str | None, str, int]] = {}

    def _understand(self, row: SheetRow) -> AdoptionRow | None:
        values = self._values(row)
        number = row.number
        own_id = self._check_id(values, number, self._known)
        unit = self._unit(values, "adopting_unit_id", number)
        model, parent = text_of(values, "model_code"), text_of(values, "parent_adoption_id") or None
        if model and model not in self._models:
            place = self._places["model_code"]
            note_unknown("unknown_model", model, number, place, self._models, self._problems)
        if own_id:
            self._parents.setdefault(own_id, (parent, model, number))
        state = self._state(values, number)
        committed = date_of(values, "committed_on")
        if committed and unit:
            place = self._places["adopting_unit_id"]
            note_validity(unit, committed, number, place, self._units.units, self._problems)
        if number in self._problems.error_rows or unit is None or committed is None:
            return None
        return AdoptionRow(
            row=number,
            id=own_id,
            model_code=model,
            adopting_unit_id=unit,
            parent_adoption_id=parent,
            state=state,
            committed_on=committed,
            started_on=date_of(values, "started_on"),
            evidenced_on=date_of(values, "evidenced_on"),
            sustained_on=date_of(values, "sustained_on"),
            abandoned_on=date_of(values, "abandoned_on"),
            note=text_of(values, "note"),
        )

    def _state(self, values: Mapping[str, Read], row: int) -> str:
        text = text_of(values, "state").lower()
        if not text:
            return ""
        try:
            state = AdoptionState(text)
        except ValueError:
            allowed = ", ".join(AdoptionState)
            self._problems.error("unknown_state", row, self._places["state"], text, allowed=allowed)
            return text
        dates = {step: date_of(values, _date_key(step)) for step in AdoptionState}
        self._check_order(dates, row)
        self._check_state(state, dates, row)
        return text

    def _check_order(self, dates: Mapping[AdoptionState, date | None], row: int) -> None:
        before: tuple[AdoptionState, date] | None = None
        missing: AdoptionState | None = None
        for step in (*_STEPS, AdoptionState.ABANDONED):
            day = dates[step]
            if day is None:
                missing = missing or (None if step is AdoptionState.COMMITTED else step)
                continue
            place = self._places.get(_date_key(step), -1)
            if before and day < before[1]:
                self._problems.error(
                    "dates_out_of_order", row, place, day, before=_date_key(before[0])
                )
            if missing and step is not AdoptionState.ABANDONED:
                self._problems.error(
                    "steps_skipped",
                    row,
                    place,
                    day,
                    date=_date_key(step),
                    missing=_date_key(missing),
                )
            before = (step, day)

    def _check_state(
        self, state: AdoptionState, dates: Mapping[AdoptionState, date | None], row: int
    ) -> None:
        place = self._places["state"]
        if dates[state] is None and state is not AdoptionState.COMMITTED:
            self._problems.error(
                "state_without_date", row, place, state.value, date=_date_key(state)
            )
        if state is AdoptionState.ABANDONED:
            return
        later = [*_STEPS[_STEPS.index(state) + 1 :], AdoptionState.ABANDONED]
        ahead = next((step for step in later if dates[step] is not None), None)
        if ahead is not None:
            self._problems.error(
                "state_behind_dates", row, place, state.value, date=_date_key(ahead)
            )

    def _check_whole(self) -> None:
        models = {own: model for own, (_, model, _) in self._parents.items()}
        names = Names({*self._parents, *self._known})
        column = self._places.get("parent_adoption_id", -1)
        for parent, model, row in self._parents.values():
            if parent is None:
                continue
            if parent not in names:
                note_unknown("unknown_adoption", parent, row, column, names, self._problems)
                continue
            other = models.get(parent) or self._known.get(parent, "")
            if other != model:
                self._problems.error("adoption_other_model", row, column, parent, model=other)
        for own in first_cycle({own: parent for own, (parent, _, _) in self._parents.items()}):
            self._problems.error("cyclic_parent", self._parents[own][2], column, own)
