"""The OpenAPI file is clean, complete and true."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.api.conftest import SignIn
from tests.api.contract import assert_as_promised, openapi, operations, strict
from tests.cast import Cast

OPERATIONS = list(operations())
NAMES = [operation["operationId"] for _, _, operation in OPERATIONS]


def test_the_file_is_valid_and_made_without_a_warning(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "openapi.yaml"))


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_is_described_for_people(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert len(operation["tags"]) == 1
    assert {"401", "403", "503"} <= operation["responses"].keys()
    if "{" in path:
        assert "404" in operation["responses"]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_body_has_an_example_that_is_true(path: str, method: str, operation: dict[str, Any]) -> None:
    described = strict()["paths"][path][method]
    bodies = [described.get("requestBody", {}), *described["responses"].values()]
    for body in bodies:
        for kind, content in body.get("content", {}).items():
            if kind != "application/json":
                continue
            assert content.get("examples"), f"no example for {operation['operationId']}"
            for example in content["examples"].values():
                jsonschema.validate(example["value"], content["schema"] | {"components": strict()["components"]})


def test_the_file_and_the_page_are_served_by_us(client: Client, db: None) -> None:
    answer = client.get(reverse("api-schema"))
    assert answer.json()["openapi"].startswith("3.")
    page = client.get(reverse("api-docs"))
    assert page.status_code == 200
    assert b"https://" not in page.content
    assert "'unsafe-inline'" in page["Content-Security-Policy"]
    assert "script-src 'self';" in page["Content-Security-Policy"] + ";"
    assert client.get(reverse("api-docs") + "?script=").status_code == 200
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


def test_every_answer_is_as_the_file_promises(cast: Cast, api: SignIn) -> None:
    """One walk through every operation; each answer, good or bad, is held against the file."""
    cast.mediate()
    client, mediator, outsider = api(cast.client), api(cast.mediator), api(cast.outsider)
    walked = set()

    def go(who: Client, method: str, path: str, said: object = None, *, form: bool = False, status: int = 0) -> Any:
        more = {} if said is None else {"data": said} | ({} if form else {"content_type": "application/json"})
        answer = getattr(who, method)(f"/api/{path}", **more)
        walked.add(assert_as_promised(answer))
        assert answer.status_code == (status or answer.status_code)
        return answer

    room, joint = f"rooms/{cast.room.pk}/", f"threads/{cast.joint.pk}/"
    file = go(client, "post", f"{joint}files/", {"file": _png()}, form=True, status=201).json()
    send = {"cid": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e2f", "text": "A draft", "files": [file["id"]]}
    seq = go(client, "post", f"{joint}messages/", send, status=201).json()["seq"]
    go(client, "post", f"{joint}messages/", send, status=200)
    go(client, "post", f"{joint}messages/", {"cid": "x"}, status=400)
    message = f"{joint}messages/{seq}/"
    go(client, "patch", message, {"text": "A better draft"}, status=204)
    go(client, "put", f"{message}reactions/eyes/", status=204)
    go(client, "get", f"{message}versions/", status=200)
    go(client, "put", f"{joint}read/", {"seq": seq}, status=200)
    go(client, "put", f"{joint}draft/", {"text": "Well"}, status=204)
    go(client, "get", "me/", status=200)
    for who in (client, mediator, outsider):
        for path in ("rooms/", "waiting/", "search/?q=draft", room, f"{room}events/", f"{joint}messages/", message):
            go(who, "get" if path != message else "delete", path, {"reason": "x"} if path == message else None)
    go(client, "delete", f"{message}reactions/eyes/")
    go(client, "delete", f"{joint}draft/", status=204)
    go(client, "post", f"{joint}typing/", {"on": True}, status=204)
    topic = go(client, "post", f"{room}threads/", {"audience": "joint", "title": "Draft"}, status=201).json()["id"]
    go(client, "patch", f"threads/{topic}/", {"resolved": True}, status=204)
    go(client, "patch", f"threads/{topic}/", {"title": "Homepage"}, status=204)
    go(client, "patch", f"threads/{topic}/", {"resolved": False}, status=204)
    go(client, "patch", f"threads/{topic}/", {}, status=400)
    go(client, "post", f"{room}help/", {"note": "Please"}, status=200)
    go(client, "delete", f"{room}help/", status=409)
    go(mediator, "post", f"{room}join/", status=204)
    go(mediator, "post", f"{room}leave/", status=204)
    go(client, "get", f"files/{file['id']}/")
    go(client, "get", f"files/{file['id']}/thumbnail/")
    walk_a_case(cast, client, outsider, go)
    assert set(NAMES) - walked == set()


def walk_a_case(cast: Cast, client: Client, outsider: Client, go: Callable[..., Any]) -> None:
    """Begin a claim, write it, and be refused."""
    disputes = f"rooms/{cast.room.pk}/disputes/"
    case = "disputes/" + go(client, "post", disputes, {"track": "B"}, status=200).json()["id"] + "/"
    say = {"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e2f", "expected_version": 0}
    go(client, "post", f"{case}commands/edit_draft/", say | {"statement": "It fails."}, status=200)
    go(client, "post", f"{case}commands/edit_draft/", say | {"statement": "It fails."}, status=200)
    go(client, "post", f"{case}commands/edit_draft/", say | {"statement": 5}, status=400)
    again = {"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e30"}
    go(client, "post", f"{case}commands/file/", again | {"expected_version": 7}, status=409)
    go(client, "get", disputes, status=200)
    go(client, "get", case, status=200)
    for method, path, said in (("get", disputes, None), ("get", case, None), ("post", f"{case}commands/file/", again)):
        go(outsider, method, path, said, status=404)


def _png() -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG")
    return SimpleUploadedFile("draft.png", data.getvalue(), "image/png")


def test_the_file_names_each_operation_once() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert openapi()["info"]["title"] == "Parley"
