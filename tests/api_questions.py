"""What can be asked of the API? Every operation it describes, with values worth trying."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from tests.world import CODE, DISTRICT

_METHODS: Final = ("get", "put", "post", "delete", "patch")


class Question(NamedTuple):
    """One request."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path} {json.dumps(self.body)[:80]} {self.headers}"


def every_question(description: dict[str, Any], codes: Sequence[str]) -> Iterator[Question]:
    """Yield every operation, about the nominations of these codes."""
    for path, operations in sorted(description["paths"].items()):
        for method in _METHODS:
            if method in operations:
                yield from _questions(description, path, method, operations[method], codes)


def _questions(
    description: dict[str, Any], path: str, method: str, operation: dict[str, Any], codes: Any
) -> Iterator[Question]:
    """Yield an operation with every value worth trying in its path, its query and its body."""
    places: list[tuple[str, list[str]]] = []
    queries: list[str] = [""]
    for one in operation.get("parameters", []):
        schema = _resolved(description, one["schema"])
        if one["in"] == "path":
            places.append((one["name"], _values(one["name"], schema, codes)))
        elif one["in"] == "query":
            queries += [f"?{one['name']}={value}" for value in _values(one["name"], schema, codes)]
    if method != "get":
        del queries[1:]
    body = _body(description, operation, codes)
    headers: list[tuple[tuple[str, str], ...]] = [()]
    if any(one["name"].lower() == "if-match" for one in operation.get("parameters", [])):
        headers += [(("If-Match", "*"),)]
    for filled in _filled(path, places):
        for query in queries:
            for sent in headers:
                yield from (Question(method, filled + query, one, sent) for one in body)


def _filled(path: str, places: list[tuple[str, list[str]]]) -> Iterator[str]:
    if not places:
        yield path
        return
    (name, values), rest = places[0], places[1:]
    for value in values:
        yield from _filled(path.replace(f"{{{name}}}", value), rest)


_KNOWN: Final[dict[str, list[str]]] = {
    "code": [CODE],
    "number": ["1", "2"],
    "limit": ["1", "2"],
    "unit": [DISTRICT],
    "field": ["kinh-te"],
    "after": ["0", "30"],
}


def _values(name: str, schema: dict[str, Any], codes: Sequence[str]) -> list[str]:
    known = {**_KNOWN, "nomination": list(codes), "cursor": ["QQ"]}.get(name)
    if known is not None:
        return known
    for each in (schema, *schema.get("anyOf", [])):
        if "enum" in each:
            return [str(one) for one in each["enum"]]
        if each.get("type") in _PLAIN:
            return _PLAIN[each["type"]]
    return [str(one) for one in schema.get("examples", ["x"])]


_PLAIN: Final = {"boolean": ["true", "false"], "integer": ["1"]}


def _resolved(description: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        named = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return _resolved(description, named)
    if "anyOf" in schema:
        return {**schema, "anyOf": [_resolved(description, one) for one in schema["anyOf"]]}
    if "allOf" in schema:
        return _resolved(description, schema["allOf"][0])
    return schema


def _body(
    description: dict[str, Any], operation: dict[str, Any], codes: Sequence[str]
) -> list[dict[str, Any] | None]:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return [None]
    schema = _resolved(description, content["application/json"]["schema"])
    return [_made(description, schema, codes[0])]


def _made(description: dict[str, Any], schema: dict[str, Any], code: str) -> Any:
    """Make a value of a schema: its examples, with the nomination that is asked about."""
    schema = _resolved(description, schema)
    if "anyOf" in schema:
        return _made(description, schema["anyOf"][0], code)
    kind = schema.get("type")
    if kind == "object":
        return _made_object(description, schema, code)
    if kind == "array":
        return [_made(description, schema["items"], code)]
    if "examples" in schema or "enum" in schema:
        return copy.deepcopy([*schema.get("examples", []), *schema.get("enum", [])][0])
    return {"integer": 1, "number": 8, "boolean": True, "string": "x"}.get(str(kind), "x")


def _made_object(description: dict[str, Any], schema: dict[str, Any], code: str) -> dict[str, Any]:
    named = dict.fromkeys(("nomination", "nomination_code", "model_code"), code)
    known = {**named, "boxes": _boxes(code), "criterion": "C1"}
    wanted = {
        name: each
        for name, each in schema.get("properties", {}).items()
        if name != "command_id" and (name in schema.get("required", []) or "examples" in each)
    }
    return {
        name: known.get(name) or _made(description, each, code) for name, each in wanted.items()
    }


def _boxes(code: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"Mô hình {code} sửa",
        "kind": "model",
        "unit_id": DISTRICT,
        "field": "kinh-te",
        "rank": 1,
        "start_date": "2022-01-01",
        "registered": True,
        "party_opinion": True,
    }
