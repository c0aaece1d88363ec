"""Which keys and values does the schema allow at a place of the playbook?

Answered from the Pydantic models themselves, so that hints never fall behind the schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from types import NoneType
from typing import Annotated, Any, Final, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from campaigns.rules.playbook.faults import Path
from language import LANGUAGES
from schemas.playbook.judging import Rule, rule_kinds
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import label

_NEAR: Final = 60


class Place(NamedTuple):
    """A place of the schema: the path in the data and the type wanted there."""

    path: Path
    kind: Any
    """A model class, an enum, `tuple[...]`, `Literal[...]`; None where the schema knows none."""


def place_of(location: Iterable[str | int]) -> Place:
    """Turn Pydantic's location of an error into a place; the tags of unions are not in the data."""
    kind: Any = Playbook
    path: list[str | int] = []
    for part in location:
        tagged = _members(kind)
        if str(part) in tagged:
            kind = tagged[str(part)]
            continue
        path.append(part)
        kind = _below(kind, part)
    return Place(tuple(path), kind)


def keys_of(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any annotation
    """Return the keys a mapping of this kind may hold; none for anything but a model."""
    tagged = _members(kind)
    if tagged:
        return tuple(dict.fromkeys(key for model in tagged.values() for key in model.model_fields))
    return tuple(kind.model_fields) if _is_model(kind) else ()


def values_of(kind: object) -> tuple[str, ...]:
    """Return the words allowed for an enum, a literal, or the tag of a union of models."""
    kind = _bare(kind)
    if get_origin(kind) is Literal:
        return tuple(str(value) for value in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(member.value) for member in kind)
    return tuple(str(tag) for tag in _members(kind))


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that was probably meant, also where its label was written (`lãnh đạo`)."""
    folded = word.strip().casefold().replace("-", "_")
    known = {name.casefold().replace("-", "_"): name for name in words}
    for name in known.values():
        if folded in (label(name, language).casefold() for language in LANGUAGES):
            return name
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where something is misspelt

    near = process.extractOne(folded, known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return known[near[0]] if near else None


def homes_of(key: str) -> tuple[str, ...]:
    """Return the dotted places of the schema where this key belongs, lists written `rules[]`."""
    return _homes().get(key, ())


@cache
def _homes() -> dict[str, tuple[str, ...]]:
    homes: dict[str, tuple[str, ...]] = {}
    for where, name in _walk(Playbook, ""):
        if where not in homes.get(name, ()):
            homes[name] = (*homes.get(name, ()), where)
    return homes


def _walk(kind: Any, where: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any annotation
    kind = _bare(kind)
    if get_origin(kind) is tuple:
        yield from _walk(get_args(kind)[0], f"{where}[]")
    for model in _members(kind).values() or ([kind] if _is_model(kind) else []):
        for name, field in model.model_fields.items():
            yield where, name
            yield from _walk(field.annotation, f"{where}.{name}" if where else name)


def _bare(kind: Any) -> Any:  # noqa: ANN401 - any annotation
    """Strip `Annotated` and `| None`."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    options = [option for option in get_args(kind) if option is not NoneType]
    if NoneType in get_args(kind) and len(options) == 1:
        return _bare(options[0])
    return kind


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _members(kind: object) -> Mapping[str, type[Rule]]:
    """Return the kinds a part is of, by the name in `check`; rules alone have kinds."""
    return rule_kinds() if _bare(kind) is Rule else {}


def _below(kind: Any, part: str | int) -> Any:  # noqa: ANN401 - any annotation
    kind = _bare(kind)
    if _is_model(kind):
        field = kind.model_fields.get(str(part))
        return _bare(field.annotation) if field else None
    if get_origin(kind) is tuple:
        return _bare(get_args(kind)[0])
    return _bare(get_args(kind)[1]) if get_origin(kind) is dict else None
