"""What is a sentence of the command line? The same one in both languages."""

from __future__ import annotations

from typing import NamedTuple

from language import Language


class Phrase(NamedTuple):
    """One sentence or heading in both languages, with the same places to fill in."""

    vi: str
    en: str

    def say(self, language: Language, **values: object) -> str:
        """Return it in a language, filled in."""
        return (self.vi if language == "vi" else self.en).format(**values)
