"""Zendesk's own description of its answers, where that file lies beside the project."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
_FILE = Path("shared") / "zendesk" / "support-openapi.yaml"


class _Loader(yaml.CSafeLoader):
    """The file has a bare `=` among its values, which YAML 1.1 has another use for."""


_Loader.add_constructor("tag:yaml.org,2002:value", lambda loader, node: loader.construct_scalar(node))


def file() -> Path | None:
    return next((folder / _FILE for folder in ROOT.parents if (folder / _FILE).is_file()), None)


@cache
def as_written() -> dict[str, Any]:
    """All of it as it stands in the file: not to be changed. Skips the test when the file is not there."""
    path = file()
    if path is None:
        pytest.skip(f"Zendesk's OpenAPI file is not beside the project ({_FILE})")
    read: dict[str, Any] = yaml.load(path.read_text(), Loader=_Loader)
    return read


@cache
def description() -> dict[str, Any]:
    """All of it, as JSON Schema understands it. Skips the test when the file is not there."""
    read: dict[str, Any] = _with_nulls(as_written())
    _widen(read["components"]["schemas"])
    return read


def _widen(schemas: dict[str, Any]) -> None:
    """Where the file is narrower than what Zendesk really answers, and says itself elsewhere."""
    # A field that nobody filled in has no value; tags are a list; a person may have no address.
    schemas["TicketFieldValueInput"]["properties"]["value"]["oneOf"].append({"type": "null"})
    for name in ("value", "previous_value"):
        schemas["AuditObject"]["properties"]["events"]["items"]["properties"].pop(name, None)
    for name in ("UserForAdmin", "UserForEndUser"):
        schemas[name]["properties"]["email"]["type"] = ["string", "null"]
    # The export shows deleted tickets. A failed row of a job has an index too, which makes it look like two things.
    schemas["TicketObject"]["properties"]["status"]["enum"].append("deleted")
    schemas["JobStatusResultObject"]["anyOf"] = schemas["JobStatusResultObject"].pop("oneOf")


def _with_nulls(node: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema has a type more."""
    if isinstance(node, list):
        return [_with_nulls(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _with_nulls(value) for key, value in node.items()}
    if made.get("nullable") is True and isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    return made


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Addresses without a parameter come first, as they do in a server."""
    paths = sorted(description()["paths"], key=lambda path: (path.count("{"), path))
    return [(re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path) for path in paths]


def schema_for(method: str, path: str, status: int) -> dict[str, Any] | None:
    """The schema of this answer; None where the file has none. Fails for an address that the file does not know."""
    path = path.removesuffix(".json")
    known = next((name for pattern, name in _patterns() if pattern.match(path)), None)
    assert known, f"Zendesk has no {path}"
    operation = description()["paths"][known].get(method.lower())
    assert operation, f"Zendesk has no {method} {known}"
    answer = operation["responses"].get(str(status))
    if answer is None:
        assert status >= 400, f"{method} {known} does not answer {status}: {sorted(operation['responses'])}"
        return None
    schema: dict[str, Any] | None = answer.get("content", {}).get("application/json", {}).get("schema")
    return schema


def check(answer: httpx.Response) -> None:
    """Fails when an answer is not as the file describes it."""
    answer.read()
    request = answer.request
    schema = schema_for(request.method, request.url.path, answer.status_code)
    if schema is None:
        return
    if not answer.content:
        assert schema.get("type") == "string", f"{request.url.path} answers nothing"
        return
    whole = {**schema, "components": description()["components"]}
    errors = list(jsonschema.Draft4Validator(whole).iter_errors(answer.json()))
    assert not errors, [f"{request.url.path} {error.json_path}: {error.message[:300]}" for error in errors]
