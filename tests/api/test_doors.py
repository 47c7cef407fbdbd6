"""Every door, for everybody, in every place, as the reviewed table says (S-03)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.api.door import ANY, Door
from tests.api.doors import DOORS, PREFIXES
from tests.api.grids import ROLES, STATUS
from tests.api.world import Place, World, address

pytestmark = pytest.mark.django_db
_TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")


def test_every_route_and_method_is_decided_once() -> None:
    decided = [str(door) for door in DOORS]
    assert sorted(set(decided)) == sorted(decided)
    open_routes = set(routes())
    known = set(decided) | {f"PAGE {door.route}" for door in DOORS if door.page}
    undecided = {
        route for route in open_routes - known if not route.startswith(tuple(f"PAGE {one}" for one in PREFIXES))
    }
    assert undecided == set(), "no row in tests/api/doors.py"
    gone = {str(door) for door in DOORS if not door.page} | {f"PAGE {door.route}" for door in DOORS if door.page}
    assert gone - open_routes == set(), "rows of doors that are gone"


def test_every_grid_decides_for_every_role() -> None:
    for door in DOORS:
        assert sorted(door.grid) == sorted(ROLES), str(door)


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_door(door: Door, world: World) -> None:
    check(door, world)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_door_under_a_prefix(prefix: str, world: World) -> None:
    decided = {door.route for door in DOORS}
    under = [route.partition(" ")[2] for route in routes() if route.startswith(f"PAGE {prefix}")]
    under = [route for route in under if route not in decided]
    assert under
    for route in under:
        check(Door("GET", route, PREFIXES[prefix], ANY, at="/" + re.sub(r"<[^>]+>|\(.*", "1", route), page=True), world)


def check(door: Door, world: World) -> None:
    """Knock as everybody, everywhere."""
    for role, row in door.grid.items():
        hidden = set()
        for name, cell in row.items():
            with transaction.atomic():
                answer = knock(door, world.clients[role], world.places[name])
                transaction.set_rollback(True)
            said = (
                f"{door}: {role} at {name}: {answer.status_code} {answer.get('Location', '')} {body_of(answer)[:300]!r}"
            )
            assert verdict(answer, door) in allowed(cell, door), said
            if cell == ".":
                hidden.add((body_of(answer), headers_of(answer)))
        assert len(hidden) <= 1, f"{door}: {role} can tell foreign from absent"


def verdict(answer: HttpResponse, door: Door) -> str:
    """The word of the grids for an answer."""
    if answer.status_code == 302 and door.page:
        if answer["Location"].startswith(("/accounts/login/?next=", "/admin/login/?next=")):
            return "in"
        return "ok" if door.ok in (302, ANY) else "go"
    words = {status: word for word, status in STATUS.items()}
    return words.get(answer.status_code) or ("ok" if door.ok in (answer.status_code, ANY) else "?")


def allowed(cell: str, door: Door) -> set[str]:
    """A page that does something tells of a refusal on the page it goes on to."""
    if cell == "ok" and door.ok == ANY:
        return {"ok", "ro", "."}
    if cell == "shut":
        return {"in", "ro"}
    return {cell, "ok"} if door.page and door.ok == 302 and cell in {"ro", "no"} else {cell}


def knock(door: Door, client: Client, place: Place) -> HttpResponse:
    """Go through the door as the client."""
    names = {key: value(place) if callable(value) else value for key, value in door.names.items()}
    url = door.at or "/" + "/".join(address(door.route, place, names))
    body = {key: value(place) if callable(value) else value for key, value in (door.body or {}).items()}
    if door.form:
        return client.post(url, body | ({"file": SimpleUploadedFile("note.txt", b"a note")} if "file" in body else {}))
    if door.method == "GET":
        return client.get(url, door.query)
    return getattr(client, door.method.lower())(url, body, content_type="application/json")


def body_of(answer: HttpResponse) -> bytes:
    """Without what differs in every page: the CSRF token, and the page's own address where it names itself."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return _TOKEN.sub(b"", body).replace(answer.wsgi_request.path.encode(), b"")


def headers_of(answer: HttpResponse) -> tuple[tuple[str, ...], ...]:
    """Without what differs in every answer: the request's own id; directives of the policy come in any order."""
    parts = [(name, *sorted(value.split("; "))) for name, value in answer.headers.items() if name != "X-Request-Id"]
    return tuple(sorted(parts))


def routes() -> Iterator[str]:
    """`METHOD route` for every endpoint that the resolver knows, `PAGE route` for every page."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for found in patterns:
        route = prefix + str(found.pattern).lstrip("^")
        if isinstance(found, URLResolver):
            yield from _walk(found.url_patterns, route)
        else:
            for method in _methods(found.callback):
                yield f"{method} {route}"


def _methods(view: Any) -> list[str]:
    endpoint = getattr(view, "cls", None)
    if endpoint is None:
        return ["PAGE"]
    return [name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(endpoint, name)] or ["GET"]
