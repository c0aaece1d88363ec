"""What does the text of a playbook say, and on which line does each thing stand?

The text is read as a stream of YAML events and put together here, without YAML's constructors: no
tag is ever obeyed, every scalar stays text (the schema gives it its type), and the limits below
hold while reading, so that a hostile file costs little and executes nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from campaigns.rules.playbook.faults import Fault, Mark, Path, short

MAXIMUM_CHARACTERS: Final = 262_144
"""A real playbook has some 12,000; the reader takes about 3 seconds per million."""
MAXIMUM_NODES: Final = 20_000
"""Counted after aliases are expanded, so that an alias bomb does not go off."""
MAXIMUM_DEPTH: Final = 24

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_START: Final = Mark(1, 1)


@dataclass(slots=True)
class Node:
    """A value with its place: text, nothing, a list, or a mapping with the places of its keys."""

    value: str | list[Node] | dict[str, Node] | None
    mark: Mark
    keys: dict[str, Mark] = field(default_factory=dict)
    flow: bool = False
    size: int = 1
    height: int = 1

    def child(self, part: str | int) -> Node | None:
        """Return the value under a key or list position, if there is one."""
        if isinstance(part, str):
            return self.value.get(part) if isinstance(self.value, dict) else None
        is_there = isinstance(self.value, list) and 0 <= part < len(self.value)
        return self.value[part] if is_there else None  # type: ignore[index,return-value]

    def at(self, path: Path) -> Node | None:
        """Return the value a path leads to, if there is one."""
        node: Node | None = self
        for part in path:
            node = node.child(part) if node else None
        return node

    def text(self, *path: str | int) -> str | None:
        """Return the text a path leads to; None for anything else."""
        node = self.at(path)
        return node.value if node and isinstance(node.value, str) else None

    def items(self, *path: str | int) -> list[Node]:
        """Return the list a path leads to; an empty one for anything else."""
        node = self.at(path)
        return node.value if node and isinstance(node.value, list) else []

    def plain(self) -> object:
        """Return the value without places, as the schema reads it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def find(self, path: Path, *, at_key: bool = False) -> Mark:
        """Return the best place for a path: as deep as the text goes.

        A value that spans lines is found at its key, as is one that is missing below it.
        """
        node, mark = self, _START
        for part in path:
            child = node.child(part)
            if child is None:
                return mark
            key = node.keys.get(part) if isinstance(part, str) else None
            mark, node = key or child.mark, child
        is_scalar = path and isinstance(node.value, str)
        return node.mark if is_scalar and not at_key else mark


class _Unreadable(Exception):
    """Reading cannot go on."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def parse_tree(text: str) -> tuple[Node | None, list[Fault]]:
    """Read YAML text into nodes with places. No node where reading could not go on."""
    faults = _forbidden_characters(text)
    if faults:
        return None, faults
    builder = _Builder()
    try:
        for event in _events(text.removeprefix("\ufeff")):
            builder.take(event)
    except _Unreadable as stop:
        return None, [*builder.faults, stop.fault]
    if builder.root is None or builder.root.value is None:
        return None, [Fault("empty_file")]
    if not isinstance(builder.root.value, dict):
        return None, [*builder.faults, Fault("not_a_mapping", mark=builder.root.mark)]
    return builder.root, builder.faults


def _forbidden_characters(text: str) -> list[Fault]:
    if len(text) > MAXIMUM_CHARACTERS:
        return [Fault("too_large", values={"maximum": str(MAXIMUM_CHARACTERS // 1024)})]
    for position, character in enumerate(text):
        if _is_forbidden(character) and not (position == 0 and character == "\ufeff"):
            line = text.count("\n", 0, position) + 1
            column = position - text.rfind("\n", 0, position)
            values = {"character": f"U+{ord(character):04X}"}
            return [Fault("control_character", values=values, mark=Mark(line, column))]
    return []


def _is_forbidden(character: str) -> bool:
    if character in "\t\n\r\u0085":
        return False
    return unicodedata.category(character) in {"Cc", "Cs"} or character in "\ufeff\ufffe\uffff"


def _events(text: str) -> Iterator[Event]:
    """Yield the YAML events; a syntax error becomes `_Unreadable` with words people understand."""
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise _Unreadable(_syntax_fault(error)) from error
    except (YAMLError, ValueError, OverflowError) as error:
        # The last two: an escape such as "\UFFFFFFFF" names no character.
        raise _Unreadable(Fault("syntax", values={"problem": short(error)})) from error


_SYNTAX: Final = (
    ("'\\t'", "tab_indent"),
    ("mapping values are not allowed", "syntax_colon"),
    ("sequence entries are not allowed", "syntax_dash"),
    ("cannot start any token", "syntax_character"),
    ("could not find expected ':'", "syntax_no_colon"),
    ("expected <block end>", "syntax_indent"),
)


def _syntax_fault(error: MarkedYAMLError) -> Fault:
    problem, context = error.problem or "", error.context or ""
    here, opened = error.problem_mark, error.context_mark
    values = {"problem": short(problem), "line": str(here.line + 1) if here else "?"}
    if "quoted scalar" in context and "end of stream" in problem:
        return Fault("syntax_quote", mark=_mark(opened))
    if "flow" in context:
        return Fault("syntax_bracket", values=values, mark=_mark(opened))
    for words, code in _SYNTAX:
        if words in problem:
            return Fault(code, values=values, mark=_mark(here or opened))
    return Fault("syntax", values=values, mark=_mark(here or opened))


def _mark(mark: StringMark | None) -> Mark:
    return Mark(mark.line + 1, mark.column + 1) if mark else _START


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being read."""

    node: Node
    anchor: str | None = None
    key: str | None = None
    skipped: bool = False
    """The key stood there before: its second value is read and left out."""


class _Builder:
    """Puts nodes together from events, under the limits of this module."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._stack: list[_Frame] = []
        self._anchors: dict[str, Node | None] = {}
        self._nodes = 0
        self._documents = 0

    def take(self, event: Event) -> None:
        """Take the next event. `_Unreadable` where reading cannot go on."""
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _Unreadable(Fault("several_documents", mark=_mark(event.start_mark)))
        elif isinstance(event, AliasEvent):
            self._put(self._aliased(event))
        elif isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, CollectionStartEvent):
            self._open(event)
        elif isinstance(event, CollectionEndEvent):
            frame = self._stack.pop()
            if frame.anchor:
                self._anchors[frame.anchor] = frame.node
            self._put(frame.node)

    @property
    def _path(self) -> Path:
        parts: list[str | int] = []
        for frame in self._stack:
            if isinstance(frame.node.value, list):
                parts.append(len(frame.node.value))
            elif frame.key is not None:
                parts.append(frame.key)
        return tuple(parts)

    @property
    def _wants_key(self) -> bool:
        if not self._stack:
            return False
        frame = self._stack[-1]
        return isinstance(frame.node.value, dict) and frame.key is None

    def _stop(self, code: str, event: Event, **values: str) -> _Unreadable:
        return _Unreadable(Fault(code, self._path, values, mark=_mark(event.start_mark)))

    def _count(self, size: int, event: Event) -> None:
        self._nodes += size
        if self._nodes > MAXIMUM_NODES:
            raise self._stop("too_many_nodes", event, maximum=str(MAXIMUM_NODES))

    def _refuse_tag(self, event: NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            values = {"tag": short(tag)}
            self.faults.append(Fault("tag", self._path, values, mark=_mark(event.start_mark)))

    def _open(self, event: CollectionStartEvent) -> None:
        self._refuse_tag(event)
        self._count(1, event)
        if self._wants_key:
            raise self._stop("key_not_text", event)
        if len(self._stack) >= MAXIMUM_DEPTH:
            raise self._stop("too_deep", event, maximum=str(MAXIMUM_DEPTH))
        is_mapping = isinstance(event, MappingStartEvent)
        node = Node({} if is_mapping else [], _mark(event.start_mark), flow=bool(event.flow_style))
        if event.anchor:
            self._anchors[event.anchor] = None
        self._stack.append(_Frame(node, event.anchor))

    def _aliased(self, event: AliasEvent) -> Node:
        node = self._anchors.get(event.anchor)
        if node is None:
            raise self._stop("alias_unknown", event, name=short(event.anchor))
        if self._wants_key:
            raise self._stop("key_not_text", event)
        self._count(node.size, event)
        if len(self._stack) + node.height > MAXIMUM_DEPTH:
            raise self._stop("too_deep", event, maximum=str(MAXIMUM_DEPTH))
        return node

    def _scalar(self, event: ScalarEvent) -> None:
        self._refuse_tag(event)
        self._count(1, event)
        mark = _mark(event.start_mark)
        text = unicodedata.normalize("NFC", event.value)
        for character in text:
            if _is_forbidden(character):
                raise self._stop("control_character", event, character=f"U+{ord(character):04X}")
        if self._wants_key:
            self._take_key(text, mark)
            return
        node = Node(None if event.style is None and text in _NULLS else text, mark)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._put(node)

    def _take_key(self, key: str, mark: Mark) -> None:
        frame = self._stack[-1]
        first = frame.node.keys.get(key)
        frame.key, frame.skipped = key, first is not None
        if first:
            values = {"key": short(key), "line": str(first.line)}
            self.faults.append(Fault("duplicate_key", self._path, values, mark=mark))
        else:
            frame.node.keys[key] = mark

    def _put(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        frame = self._stack[-1]
        frame.node.size += node.size
        frame.node.height = max(frame.node.height, node.height + 1)
        value, key, skipped = frame.node.value, frame.key, frame.skipped
        frame.key = None
        if isinstance(value, list):
            value.append(node)
        elif isinstance(value, dict) and not skipped:
            value[str(key)] = node
