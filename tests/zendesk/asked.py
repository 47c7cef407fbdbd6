"""Whether a request is one that Zendesk's own file describes, with nothing in it that the file does not name."""

import json
import re
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest

from tests.zendesk_standin import official

HOST = "https://example.zendesk.com"
_TEXT = {"type": "string"}
_TAGS = {"type": "object", "properties": {"tags": {"type": "array", "items": _TEXT}}, "required": ["tags"]}
_GRANT = ["grant_type", "client_id", "client_secret", "scope"]
# The file names these doors without saying what is sent there: that stands in Zendesk's guides.
_BODIES = {
    ("/api/v2/tickets/{ticket_id}/tags", "put"): _TAGS,
    ("/api/v2/tickets/{ticket_id}/tags", "delete"): _TAGS,
    ("/oauth/tokens", "post"): {"type": "object", "properties": dict.fromkeys(_GRANT, _TEXT), "required": _GRANT},
}
# The guide to exports has it; the file does not.
_PARAMETERS = {"/api/v2/incremental/tickets/cursor": {"per_page"}}
# All that our client asks. What is not among them is not asked, or is to be added with the scenario that asks it.
PATHS = (
    "/oauth/tokens",
    "/api/v2/tickets",
    "/api/v2/tickets/{ticket_id}",
    "/api/v2/tickets/{ticket_id}/tags",
    "/api/v2/tickets/{ticket_id}/audits",
    "/api/v2/tickets/{ticket_id}/comments/{ticket_comment_id}/make_private",
    "/api/v2/users/me",
    "/api/v2/users/{user_id}",
    "/api/v2/users/create_or_update",
    "/api/v2/incremental/tickets/cursor",
)


def check(asked: dict[str, Any]) -> str:
    """Fails for a request (as the stand-in saw it) that the file does not describe; gives what kind it is."""
    method, path = asked["method"], asked["path"]
    name = next((one for one in PATHS if re.fullmatch(re.sub(r"\{\w+\}", r"\\d+", one), path)), None)
    assert name, f"{method} {path} is none of the addresses that are known here"
    operation = _file()["paths"][name].get(method.lower())
    assert operation, f"Zendesk has no {method} {name}"
    query = dict(parse_qsl(asked["query"], keep_blank_values=True))
    _check_parameters(name, operation, query)
    headers = asked["headers"]
    if body := asked["body"]:
        assert "requestBody" in operation, f"{method} {name} takes no body"
        assert headers["Content-Type"] == "application/json"
        json.loads(body)
    request = MockRequest(
        HOST, method, path, args=query, headers=headers, data=body.encode() or None, content_type="application/json"
    )
    _reader().validate_request(request)
    return f"{method} {name}"


def _check_parameters(name: str, operation: dict[str, Any], query: dict[str, str]) -> None:
    """openapi-core lets unknown ones pass."""
    given = [*_file()["paths"][name].get("parameters", ()), *operation.get("parameters", ())]
    known = {_found(one)["name"] for one in given if _found(one)["in"] == "query"} | _PARAMETERS.get(name, set())
    unknown = {one.split("[")[0] for one in query} - known
    assert not unknown, f"{name} has no parameter {unknown}"


def _found(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    kind, name = node["$ref"].split("/")[-2:]
    found: dict[str, Any] = _file()["components"][kind][name]
    return found


@cache
def _reader() -> OpenAPI:
    """The file itself is not valid, so it is not asked whether it is."""
    return OpenAPI.from_dict(_file(), config=Config(spec_validator_cls=None))


@cache
def _file() -> dict[str, Any]:
    """The part of the file that is about our requests, its bodies closed."""
    whole = official.as_written()
    paths = {name: _without_answers(whole["paths"][name]) for name in PATHS}
    for (name, method), schema in _BODIES.items():
        paths[name][method]["requestBody"] = {"content": {"application/json": {"schema": _closed(schema)}}}
    paths["/oauth/tokens"]["post"]["security"] = []
    made: dict[str, Any] = {
        **whole,
        "paths": paths,
        "servers": [{"url": HOST}],
        "security": [{"bearer": []}],  # the file knows only the older way to be let in
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }
    waiting = _names(paths)
    while waiting:
        kind, name = waiting.pop()
        kept = made["components"].setdefault(kind, {})
        if name not in kept:
            kept[name] = _closed(whole["components"][kind][name])
            waiting |= _names(kept[name])
    # Pages by number or by cursor: openapi-core reads only one of them, and ours are by cursor.
    page = made["components"]["parameters"]["DualPaginationPage"]
    page["schema"] = next(one for one in page["schema"]["oneOf"] if one.get("type") == "object")
    return made


def _without_answers(path: dict[str, Any]) -> dict[str, Any]:
    """Answers are another checker's (`official.check`); examples are nobody's."""
    methods = {name: dict(one) for name, one in path.items() if isinstance(one, dict)}
    for one in methods.values():
        one["responses"] = {"200": {"description": "–"}}
        for content in one.get("requestBody", {}).get("content", {}).values():
            content.pop("examples", None)
    return {**path, **methods}


def _names(node: Any) -> set[tuple[str, str]]:
    """Every reference in there: (kind, name)."""
    if isinstance(node, list):
        return set().union(*map(_names, node))
    if not isinstance(node, dict):
        return set()
    if isinstance(reference := node.get("$ref"), str):
        kind, name = reference.split("/")[-2:]
        return {(kind, name)}
    return set().union(*map(_names, node.values()))


def _closed(node: Any) -> Any:
    """A key that is not listed is an error, wherever the file lists keys."""
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _closed(value) for key, value in node.items()}
    if isinstance(made.get("properties"), dict) and made.get("type", "object") == "object":
        made["additionalProperties"] = False
    return made
