"""How does a check say what it found in a playbook, before it is put into words?

A `Fault` carries a code, a place and the values of the message. `told` turns it into the
`PlaybookProblem` people read, with the words of `playbook_words` and `playbook_advice_words`, and
those of the rule kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from campaigns.rules.eligibility import KINDS
from campaigns.rules.playbook.words_approvals import APPROVING
from campaigns.rules.playbook.words_checking import CHECKING
from campaigns.rules.playbook.words_reading import READING
from language import Advice, Language
from schemas.playbook.problems import PlaybookProblem

Path = tuple[str | int, ...]
"""Keys and list positions from the root, e.g. `("approvals", "launch", "roles", 0)`."""

_SHOWN: Final = 60

WORDS: Final[dict[str, Advice]] = {
    **READING,
    **CHECKING,
    **APPROVING,
    **{code: words for kind in KINDS for code, words in kind.words.items()},
}
"""Every code of a problem, with its words."""


class Mark(NamedTuple):
    """A place in the text, both from 1 on."""

    line: int
    column: int


class Fault(NamedTuple):
    """One finding; `mark` overrides the place that `path` leads to."""

    code: str
    path: Path = ()
    values: Mapping[str, str] = {}
    level: Literal["error", "warn"] = "error"
    mark: Mark | None = None
    at_key: bool = False
    """Point at the key instead of its value."""


def short(value: object) -> str:
    """Return a value as a message shows it: one line, at most 60 characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def dotted(path: Path) -> str:
    """Write a path as people read it: `approvals.launch.roles[0]`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{short(part)}" if text else short(part)
    return text


def told(fault: Fault, mark: Mark, file: str, language: Language) -> PlaybookProblem:
    """Put a fault into the reader's words."""
    words = WORDS[fault.code]
    return PlaybookProblem(
        file=file,
        line=mark.line,
        column=mark.column,
        path=dotted(fault.path),
        level=fault.level,
        code=fault.code,
        message=words.message.say(language, **fault.values),
        suggestion=words.remedy.say(language, **fault.values),
    )
