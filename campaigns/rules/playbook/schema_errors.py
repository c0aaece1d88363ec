"""How is an error of the schema said so that the writer of the playbook can mend it?

Pydantic's errors name a place and a type of error, in English. Here each common one becomes a
fault with a hint that fits the place; what is left is passed on in Pydantic's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final
from zoneinfo import available_timezones

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from campaigns.rules.playbook.faults import Fault, Path, short
from campaigns.rules.playbook.shape import Place, homes_of, keys_of, nearest, place_of, values_of
from campaigns.rules.playbook.tree import Node
from schemas.playbook.values import Label

_DAY_FIRST: Final = re.compile(
    r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*(?:(\d{1,2})[:h](\d{2}))?"
)
_LIMITS: Final = {
    "greater_than": (">", "gt"),
    "greater_than_equal": (">=", "ge"),
    "less_than": ("<", "lt"),
    "less_than_equal": ("<=", "le"),
}
_PLAIN: Final = {
    "string_type": "text_wanted",
    "int_parsing": "integer_wanted",
    "int_type": "integer_wanted",
    "int_from_float": "integer_wanted",
    "int_parsing_size": "integer_wanted",
    "decimal_parsing": "number_wanted",
    "decimal_type": "number_wanted",
    "finite_number": "number_wanted",
    "bool_parsing": "yes_no_wanted",
    "bool_type": "yes_no_wanted",
    "tuple_type": "list_wanted",
    "too_short": "list_empty",
    "string_pattern_mismatch": "code_wanted",
}


def schema_faults(error: ValidationError, tree: Node) -> list[Fault]:
    """Turn every error of one validation into a fault.

    A missing key is not reported beside a misspelt one that stands for it.
    """
    faults: list[Fault] = []
    missing: list[Fault] = []
    meant: set[Path] = set()
    for detail in error.errors(include_url=False):
        fault = _fault(detail, tree)
        if fault.code == "missing_key":
            missing.append(fault)
            continue
        if fault.code == "list_empty" and tree.items(*fault.path):
            continue  # Pydantic counts good entries; the bad ones are reported themselves.
        if fault.code == "unknown_key_similar":
            meant.add((*fault.path[:-1], fault.values["similar"]))
        faults.append(fault)
    return faults + [fault for fault in missing if fault.path not in meant]


def _fault(detail: ErrorDetails, tree: Node) -> Fault:
    place = place_of(detail["loc"])
    kind = detail["type"]
    if kind == "missing":
        return Fault("missing_key", place.path, {"key": str(place.path[-1])})
    if kind == "extra_forbidden":
        return _unknown_key(place.path, detail, tree)
    if detail["input"] is None:
        return Fault("empty_value", place.path)
    return _wrong_value(place, detail)


def _wrong_value(place: Place, detail: ErrorDetails) -> Fault:
    kind = detail["type"]
    values = {"value": short(detail["input"])}
    if kind in _PLAIN:
        return Fault(_PLAIN[kind], place.path, values)
    if kind in _LIMITS:
        sign, key = _LIMITS[kind]
        limit = f"{sign} {detail['ctx'][key]}"
        return Fault("out_of_range", place.path, {**values, "limit": limit})
    make = next((make for kinds, make in _SPECIAL if kind in kinds), None)
    if make:
        return make(place, detail)
    return Fault("not_accepted", place.path, {**values, "problem": detail["msg"]})


def _unknown_key(path: Path, detail: ErrorDetails, tree: Node) -> Fault:
    key = str(path[-1])
    parent = place_of(detail["loc"][:-1])
    allowed = keys_of(parent.kind)
    values = {"key": short(key), "allowed": ", ".join(allowed)}
    node = tree.at(path[:-1])
    if key == "<<":
        return Fault("merge_key", path, at_key=True)
    if parent.kind is Label and node and node.flow and detail["input"] is None:
        return Fault("unknown_key_text", path, values, at_key=True)
    similar = nearest(key, (name for name in allowed if not node or name not in node.keys))
    if similar:
        return Fault("unknown_key_similar", path, {**values, "similar": similar}, at_key=True)
    homes = homes_of(key)
    if homes:
        places = ", ".join(home or "(top)" for home in homes)
        return Fault("unknown_key_elsewhere", path, {**values, "places": places}, at_key=True)
    return Fault("unknown_key", path, values, at_key=True)


def _choice(place: Place, detail: ErrorDetails) -> Fault:
    """Wrong word of an enum, a literal, or `check` of a rule."""
    path, allowed = place.path, values_of(place.kind)
    value = str(detail["input"])
    if detail["type"] == "union_tag_invalid":
        path, value = (*path, "check"), str(detail["ctx"]["tag"])
    values = {"value": short(value), "allowed": ", ".join(allowed)}
    similar = nearest(value, allowed)
    if similar:
        return Fault("not_allowed_similar", path, {**values, "similar": similar})
    return Fault("not_allowed", path, values)


def _check_missing(place: Place, _detail: ErrorDetails) -> Fault:
    return Fault("missing_key", (*place.path, "check"), {"key": "check"})


def _mapping(place: Place, _detail: ErrorDetails) -> Fault:
    allowed = ", ".join(keys_of(place.kind)) or "…"
    return Fault("mapping_wanted", place.path, {"allowed": allowed})


def _date(place: Place, detail: ErrorDetails) -> Fault:
    text = str(detail["input"])
    found = _day_first(text)
    example = (found or datetime(2023, 9, 15)).date().isoformat()  # noqa: DTZ001 - a calendar day
    return Fault("date_wanted", place.path, {"value": short(text), "example": example})


def _time(place: Place, detail: ErrorDetails) -> Fault:
    text = str(detail["input"])
    example = (_day_first(text) or datetime(2023, 9, 15, 17)).isoformat()  # noqa: DTZ001 - local
    return Fault("time_wanted", place.path, {"value": short(text), "example": example})


def _day_first(text: str) -> datetime | None:
    """Read day/month/year as people write it, for the example only."""
    found = _DAY_FIRST.match(text)
    if not found:
        return None
    day, month, year, hour, minute = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - local time of the campaign
    except ValueError:
        return None


def _of_value(place: Place, detail: ErrorDetails) -> Fault:
    """An error a validator of ours raised: told by the key it stands at."""
    key = str(place.path[-1]) if place.path else ""
    value = str(detail["input"])
    values = {"value": short(value), "problem": short(detail["msg"].removeprefix("Value error, "))}
    if key in {"quorum", "threshold", "disagreement"}:
        return Fault("share_wanted", place.path, values)
    if key == "timezone":
        similar = nearest(value, available_timezones()) or "Asia/Ho_Chi_Minh"
        return Fault("timezone_unknown", place.path, {**values, "similar": similar})
    if key == "months":
        return Fault("months_rise", place.path)
    if place.path[:1] == ("reminders",) and key in {"before", "after"}:
        return Fault(f"days_{key}", place.path)
    if place.kind is datetime:
        return _time(place, detail) if value.isdigit() else Fault("time_offset", place.path, values)
    return Fault("not_accepted", place.path, values)


_SPECIAL: Final[tuple[tuple[frozenset[str], Callable[[Place, ErrorDetails], Fault]], ...]] = (
    (frozenset({"enum", "literal_error", "union_tag_invalid"}), _choice),
    (frozenset({"union_tag_not_found"}), _check_missing),
    (frozenset({"model_type", "model_attributes_type", "dict_type"}), _mapping),
    (
        frozenset(
            {
                "date_type",
                "date_parsing",
                "date_from_datetime_parsing",
                "date_from_datetime_inexact",
            }
        ),
        _date,
    ),
    (frozenset({"datetime_type", "datetime_parsing", "datetime_from_date_parsing"}), _time),
    (frozenset({"value_error"}), _of_value),
)


def without_repeats(faults: Iterable[Fault], known: Iterable[Fault]) -> list[Fault]:
    """Leave out what the schema says of a whole part when a check named the very line.

    A validator of a model can only point at the model; `playbook_parts` finds the same with its
    place.
    """
    places = [fault.path for fault in known]
    return [
        fault
        for fault in faults
        if fault.code != "not_accepted"
        or not any(path[: len(fault.path)] == fault.path for path in places)
    ]
