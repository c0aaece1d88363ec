"""Do the parts of a playbook fit each other, and is every number within reason?

These checks read the text itself, not the validated model: so they hold while other parts are
still wrong, and every finding has its own line. What the schema says of a whole part (a validator
of `Stage dates`, `Rubric`, `Form`, `Playbook`) is found here first.
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from campaigns.rules.codes import folded, oddness
from campaigns.rules.eligibility import KINDS, Kind
from campaigns.rules.playbook import parts_approvals, parts_deadlines
from campaigns.rules.playbook.faults import Fault, Path, short
from campaigns.rules.playbook.shape import nearest
from campaigns.rules.playbook.tree import Node
from language.vietnamese import fold
from schemas.limits import LARGEST_VERSION
from schemas.playbook.form import ItemRole
from schemas.playbook.judging import name_of
from schemas.vocabulary import STAGES

_NEEDED_ROLES: Final = (
    ItemRole.CODE,
    ItemRole.NAME,
    ItemRole.UNIT,
    ItemRole.NOMINATED_BY,
    ItemRole.SUBJECT_KIND,
)
_ANY: Final = "*"
_BOUNDS: Final[tuple[tuple[tuple[str, ...], str, str], ...]] = (
    (("version",), "1", str(LARGEST_VERSION)),
    (("rules", _ANY, "version"), "1", str(LARGEST_VERSION)),
    (("form", "items", _ANY, "maximum_length"), "1", "1000000"),
    (("form", "items", _ANY, "minimum"), "-1e15", "1e15"),
    (("form", "items", _ANY, "maximum"), "-1e15", "1e15"),
    (("quota", "per_unit_kind", _ANY), "0", "1000000"),
    (("quota", "other"), "0", "1000000"),
    (("late", "grace_minutes"), "0", "525600"),
    (("late", "accept_days"), "0", "3650"),
    (("late", "penalty_per_day"), "0", "10000"),
    (("late", "penalty_maximum"), "0", "10000"),
    (("reminders", "before", _ANY), "1", "1000"),
    (("reminders", "after", _ANY), "1", "1000"),
    (("reminders", "escalate_after"), "1", "1000"),
    (("reminders", "stop_after"), "1", "1000"),
    (("rubric", "step"), "0.01", "10000"),
    (("rubric", "criteria", _ANY, "maximum"), "0.01", "10000"),
    (("rubric", "reviews_per_nomination"), "1", "1000"),
    (("rubric", "trim_from"), "1", "1000"),
    (("rubric", "minimum_total"), "0", "1000000"),
    (("calendar", "sessions", _ANY, "number"), "1", "10000"),
    (("approvals", _ANY, "required"), "1", "100"),
    (("approvals", _ANY, "steps", _ANY, "required"), "1", "100"),
    (("follow_up", "months", _ANY), "1", "1200"),
)
"""Constructed: far beyond any campaign, and near enough that no date or sum leaves its range."""

_KINDS: Final = {name_of(kind): kind for kind in KINDS}
_LIMITS: Final = {key: two for kind in KINDS for key, two in kind.limits.items()}
"""Of any number among the parameters of rules, whatever kind it stands at."""
_DAYS: Final = frozenset(
    key for kind in KINDS for key, field in kind.model_fields.items() if field.annotation is date
)
"""Days among the parameters of rules."""
_YEARS: Final = range(1950, 2100)
_EXPONENT: Final = re.compile(r"[+-]?[\d_.]+[eE][+-]?\d{3,}")
_NUMBER_SPEC: Final = re.compile(r"(0?\d)?d?")


def number_faults(tree: Node) -> list[Fault]:
    """Find numbers out of reason. They must not reach arithmetic: `1e-999999999` never ends."""
    faults = [
        Fault("exponent", path, {"value": short(node.value)})
        for path, node in _leaves(tree, ())
        if isinstance(node.value, str) and _EXPONENT.fullmatch(node.value.strip())
    ]
    known = {fault.path for fault in faults}
    for path, node, low, high in _bounded(tree):
        value = decimal_of(node.value)
        if path in known or value is None or Decimal(low) <= value <= Decimal(high):
            continue
        limit = f"{Decimal(low):f} … {Decimal(high):f}"
        faults.append(Fault("out_of_range", path, {"value": short(value), "limit": limit}))
    return faults


def part_faults(tree: Node) -> list[Fault]:
    """Find everything that does not fit together, whatever else is wrong."""
    return [fault for check in _CHECKS for fault in check(tree)]


def decimal_of(value: object) -> Decimal | None:
    """Return the finite number a text holds; None for anything else."""
    if not isinstance(value, str) or _EXPONENT.fullmatch(value.strip()):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _bounded(tree: Node) -> Iterator[tuple[Path, Node, str, str]]:
    """Yield every number that has bounds, with its least and its greatest value."""
    for pattern, low, high in _BOUNDS:
        for path, node in _matching(tree, pattern):
            yield path, node, low, high
    for number, rule in enumerate(tree.items("rules")):
        # A number is looked at as well where the kind is misspelt, or another's.
        for key, (low, high) in {**_LIMITS, **_kind_of(rule).limits}.items():
            for path, node in _matching(rule, (key,), ("rules", number)):
                yield path, node, low, high


def _kind_of(rule: Node) -> type[Kind]:
    """Return the kind of a rule; for a name that no kind has, what reads no box."""
    return _KINDS.get(rule.text("check") or "", Kind)


def _leaves(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _leaves(child, (*path, key))
    elif isinstance(node.value, list):
        for position, child in enumerate(node.value):
            yield from _leaves(child, (*path, position))
    else:
        yield path, node


def _matching(node: Node, pattern: Sequence[str], path: Path = ()) -> Iterator[tuple[Path, Node]]:
    if not pattern:
        yield path, node
        return
    wanted, rest = pattern[0], pattern[1:]
    children: Sequence[tuple[str | int, Node]] = ()
    if isinstance(node.value, dict):
        children = list(node.value.items())
    elif isinstance(node.value, list):
        children = list(enumerate(node.value))
    for part, child in children:
        if wanted in (_ANY, part):
            yield from _matching(child, rest, (*path, part))


def _moment(tree: Node, path: Path) -> datetime | None:
    """Return a local time of the text; None where it is missing or the schema refuses it."""
    text = tree.text(*path)
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo is None else None


# --- The id --------------------------------------------------------------------------------------


def _odd_id(tree: Node) -> Iterator[Fault]:
    """A playbook's id is a code like others; snapshots of earlier versions keep theirs."""
    text = (tree.text("playbook") or "").strip()
    odd = oddness(folded(text)) if text else None
    if odd is not None:
        code = "id_odd_meant" if odd.meant else "id_odd"
        values = {"value": short(text), "sign": odd.sign, "similar": odd.meant}
        yield Fault(code, ("playbook",), values)


# --- Things that may stand once ------------------------------------------------------------------


def _twice(tree: Node) -> Iterator[Fault]:
    for place, key in (
        (("fields",), "id"),
        (("subject_kinds",), "id"),
        (("form", "items"), "id"),
        (("form", "items"), "role"),
        (("rules",), "id"),
        (("rubric", "criteria"), "code"),
        (("calendar", "sessions"), "number"),
    ):
        yield from _repeats("twice", tree, [(*place, n, key) for n in _positions(tree, place)])


def _headers_twice(tree: Node) -> Iterator[Fault]:
    paths: list[Path] = []
    for number in _positions(tree, ("form", "items")):
        path: Path = ("form", "items", number, "header")
        paths.append(path if tree.text(*path) else (*path, "vi"))
    yield from _repeats("header_twice", tree, paths)


def _positions(tree: Node, place: Path) -> range:
    return range(len(tree.items(*place)))


def _repeats(code: str, tree: Node, paths: Sequence[Path]) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for path in paths:
        text = tree.text(*path)
        if not text:
            continue
        key = fold(text) if code == "header_twice" else text.strip()
        if key in first:
            line = str(tree.find(first[key]).line)
            yield Fault(code, path, {"value": short(text), "line": line})
        first.setdefault(key, path)


# --- The form and the rules that read it ---------------------------------------------------------


def _roles_missing(tree: Node) -> Iterator[Fault]:
    items = tree.items("form", "items")
    roles = {item.text("role") for item in items}
    for role in _NEEDED_ROLES:
        if items and role.value not in roles:
            yield Fault("role_missing", ("form", "items"), {"role": role.value})


def _limits_crossed(tree: Node) -> Iterator[Fault]:
    for number, item in enumerate(tree.items("form", "items")):
        for low, high in (("minimum", "maximum"), ("earliest", "latest")):
            first, last = item.text(low), item.text(high)
            if not first or not last:
                continue
            if low == "minimum":
                least, most = decimal_of(first), decimal_of(last)
                is_crossed = least is not None and most is not None and least > most
            else:
                is_crossed = first > last
            if is_crossed:
                values = {"low": low, "value": first, "high": high, "other": last}
                yield Fault("limits_crossed", ("form", "items", number, low), values)


def _items_of_rules(tree: Node) -> Iterator[Fault]:
    types = {
        str(item.text("id")): str(item.text("type"))
        for item in tree.items("form", "items")
        if item.text("id")
    }
    for number, rule in enumerate(tree.items("rules")):
        for key, read in _kind_of(rule).reads.items():
            box = rule.text(key)
            if not box or not types:
                continue
            wanted = [kind.value for kind in read]
            path: Path = ("rules", number, key)
            if box not in types:
                yield _item_unknown(path, box, [name for name in types if types[name] in wanted])
            elif types[box] not in wanted:
                values = {"value": box, "type": types[box], "wanted": " / ".join(wanted)}
                yield Fault("item_type", path, values)


def _item_unknown(path: Path, box: str, fitting: Sequence[str]) -> Fault:
    values = {"value": short(box), "allowed": ", ".join(fitting) or "–"}
    similar = nearest(box, fitting)
    if similar:
        return Fault("item_unknown_similar", path, {**values, "similar": similar})
    return Fault("item_unknown", path, values)


# --- Rubric and calendar -------------------------------------------------------------------------


def _steps(tree: Node) -> Iterator[Fault]:
    """Points are kept as whole hundredths, so a step has at most two decimals."""
    step = decimal_of(tree.text("rubric", "step") or "0.5")
    if not step or not Decimal("0.01") <= step <= Decimal(10000):
        return
    if step % Decimal("0.01"):
        values = {"value": str(step), "step": "0.01"}
        yield Fault("maximum_step", ("rubric", "step"), values)
        return
    for number, line in enumerate(tree.items("rubric", "criteria")):
        maximum = decimal_of(line.text("maximum"))
        if maximum and 0 < maximum <= Decimal(10000) and maximum % step:
            values = {"value": str(maximum), "step": str(step)}
            yield Fault("maximum_step", ("rubric", "criteria", number, "maximum"), values)


def _rubric_and_stage(tree: Node) -> Iterator[Fault]:
    has_rubric = _is_given(tree.at(("rubric",)))
    has_stage = _is_given(tree.at(("calendar", "appraisal")))
    if has_rubric and not has_stage and _is_given(tree.at(("calendar",))):
        yield Fault("rubric_without_appraisal", ("rubric",))
    if has_stage and not has_rubric:
        yield Fault("appraisal_without_rubric", ("calendar", "appraisal"))


def _is_given(node: Node | None) -> bool:
    return node is not None and node.value is not None


def _stage_dates(tree: Node) -> Iterator[Fault]:
    for stage in STAGES:
        for earlier, later in (("opens", "closes"), ("closes", "approval")):
            path: Path = ("calendar", stage.value, later)
            first = _moment(tree, ("calendar", stage.value, earlier))
            last = _moment(tree, path)
            if first and last and last < first:
                values = {"earlier": earlier, "other": f"{first}", "later": later}
                yield Fault("stage_dates", path, {**values, "value": f"{last}"})


def _stage_order(tree: Node) -> Iterator[Fault]:
    opened = [
        (stage.value, opens)
        for stage in STAGES
        if (opens := _moment(tree, ("calendar", stage.value, "opens")))
    ]
    for (earlier, first), (stage, last) in itertools.pairwise(opened):
        if last < first:
            values = {"earlier": earlier, "other": f"{first}", "value": f"{last}"}
            yield Fault("stage_order", ("calendar", stage, "opens"), values)


def _years(tree: Node) -> Iterator[Fault]:
    patterns = (
        ("calendar", _ANY, _ANY),
        ("calendar", "results_released"),
        ("calendar", "sessions", _ANY, "starts"),
        ("calendar", "extra_holidays", _ANY),
        ("calendar", "extra_working_days", _ANY),
        *(("rules", _ANY, key) for key in sorted(_DAYS)),
        ("form", "items", _ANY, "earliest"),
        ("form", "items", _ANY, "latest"),
    )
    for pattern in patterns:
        for path, _node in _matching(tree, pattern):
            moment = _moment(tree, path)
            if moment and moment.year not in _YEARS:
                limit = f"{_YEARS.start} … {_YEARS.stop - 1}"
                yield Fault("out_of_range", path, {"value": str(moment.year), "limit": limit})


# --- The decision's number -----------------------------------------------------------------------


def _number_format(tree: Node) -> Iterator[Fault]:
    """Nothing but plain places: a format can reach into objects, and pad to gigabytes."""
    path: Path = ("decision", "number_format")
    text = tree.text(*path)
    if text is None:
        return
    try:
        fields = [part[1:] for part in string.Formatter().parse(text) if part[1] is not None]
    except ValueError:
        fields = [(None, None, None)]
    if not all(_is_place(*field) for field in fields):
        yield Fault("number_format", path, {"value": short(text)})
    elif not any(name == "number" for name, _, _ in fields):
        yield Fault("number_without_number", path)


def _is_place(name: str | None, spec: str | None, conversion: str | None) -> bool:
    if name == "number":
        return not conversion and bool(_NUMBER_SPEC.fullmatch(spec or ""))
    return name in {"series", "year"} and not spec and not conversion


_CHECKS: Final[tuple[Callable[[Node], Iterator[Fault]], ...]] = (
    _odd_id,
    _twice,
    _headers_twice,
    _roles_missing,
    _limits_crossed,
    _items_of_rules,
    _steps,
    _rubric_and_stage,
    _stage_dates,
    _stage_order,
    _years,
    _number_format,
    *parts_approvals.CHECKS,
    *parts_deadlines.CHECKS,
)
