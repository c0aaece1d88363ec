"""Which JSON Schema lets an editor complete and check a playbook while it is written?

Pydantic's schema, adjusted to what people write: a label may be plain Vietnamese text, times are
local and have no offset, a share is a fraction or a decimal number.
"""

from __future__ import annotations

import json
from typing import Any, Final

from campaigns.rules.playbook.meanings import meaning
from schemas.playbook.playbook import Playbook

_LABELS: Final = frozenset({"#/$defs/Label", "#/$defs/Caption"})
_LOCAL_TIME: Final = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$"


def json_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of a playbook as text."""
    schema: dict[str, Any] = Playbook.model_json_schema(mode="validation")
    for name, model in {**schema["$defs"], "Playbook": schema}.items():
        for key, value in model.get("properties", {}).items():
            value["description"] = meaning(name, key, value.get("description"))
    adjusted = _adjusted(schema)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Playbook of an emulation campaign",
    }
    return json.dumps({**adjusted, **head}, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _adjusted(part: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(part, list):
        return [_adjusted(item) for item in part]
    if not isinstance(part, dict):
        return part
    part = {key: _adjusted(value) for key, value in part.items()}
    if part.get("$ref") in _LABELS:
        reference = {"$ref": part.pop("$ref")}
        return {**part, "anyOf": [{"type": "string"}, reference]}
    if part.get("format") == "date-time":
        del part["format"]
        return {**part, "pattern": _LOCAL_TIME}
    return part
