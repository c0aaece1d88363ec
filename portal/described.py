"""In which language does the API describe itself? In the reader's, as its browser asks for it.

The texts are those of operations and models: docstrings and descriptions, in English, which bear no
mark. `portal.sentences` finds them for the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from language import Language
from language.prose import prose

SHOWN: Final = frozenset({"summary", "description"})
"""Keys whose texts people read."""
DATA: Final = frozenset({"default", "enum", "example", "examples"})
"""What stands below is data, whatever its keys are called."""


def described(document: Any, language: Language) -> Any:  # noqa: ANN401 - JSON
    """Return a description of an API (OpenAPI) with its texts in a language."""
    if isinstance(document, Mapping):
        return {
            key: prose(value, language)
            if key in SHOWN and isinstance(value, str)
            else (value if key in DATA else described(value, language))
            for key, value in document.items()
        }
    return (
        [described(one, language) for one in document] if isinstance(document, list) else document
    )
