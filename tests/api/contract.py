"""The OpenAPI file, and whether an answer is what it promises."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
from django.http import HttpResponse
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@cache
def openapi() -> dict[str, Any]:
    """The file as `manage.py spectacular` writes it."""
    return SchemaGenerator().get_schema(request=None, public=True)


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, method, operation) for everything in the file."""
    for path, item in openapi()["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


@cache
def strict() -> dict[str, Any]:
    """The same with `nullable` as JSON Schema says it, and no keys beside those described."""
    return _strict(openapi())


def _strict(found: Any) -> Any:
    if isinstance(found, list):
        return [_strict(inner) for inner in found]
    if not isinstance(found, dict):
        return found
    made = {key: _strict(inner) for key, inner in found.items() if key not in {"nullable", "readOnly"}}
    if found.get("type") == "object" and "properties" in found:
        made["additionalProperties"] = False
    return {"anyOf": [made, {"type": "null"}]} if found.get("nullable") is True else made


def assert_as_promised(answer: HttpResponse) -> str:
    """The status is described for this operation, and the body is what is described for it. Returns its name."""
    request = answer.wsgi_request
    route = "/" + resolve(request.path).route
    for part in route.split("/"):
        if part.startswith("<"):
            route = route.replace(part, "{" + part.strip("<>").partition(":")[2] + "}")
    described = strict()["paths"][route][request.method.lower()]
    responses = described["responses"]
    assert str(answer.status_code) in responses, f"{request.method} {route} answered {answer.status_code}"
    content = responses[str(answer.status_code)].get("content", {})
    if "application/json" in content:
        schema = content["application/json"]["schema"] | {"components": strict()["components"]}
        jsonschema.validate(answer.json(), schema)
    else:
        assert answer.streaming or answer.content == b""
    return described["operationId"]
