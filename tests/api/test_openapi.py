"""The OpenAPI file is clean, complete and true."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import Team
from mediation.conversations.actions import files
from mediation.core import clock
from mediation.core.clock import iso
from mediation.desk.actions.default_rules import add_defaults
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import Award, Evidence
from tests.api.conftest import SignIn
from tests.api.contract import assert_as_promised, openapi, operations, strict
from tests.cast import Cast
from tests.desk.test_taking import waiting
from tests.disputes.funds import held_milestone

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
    go(mediator, "get", f"{joint}macros/", status=200)
    go(client, "get", f"{joint}macros/", status=404)
    go(mediator, "post", f"{room}leave/", status=204)
    go(client, "get", f"files/{file['id']}/")
    go(client, "get", f"files/{file['id']}/thumbnail/")
    walk_a_case(cast, client, outsider, go)
    walk_a_milestone(cast, client, outsider, go)
    walk_a_look(cast, api, go)
    walk_the_desk(cast, api(cast.agent), outsider, go)
    walk_the_rules(api(cast.supervisor), outsider, go)
    assert set(NAMES) - walked == set()


def walk_the_desk(cast: Cast, agent: Client, outsider: Client, go: Callable[..., Any]) -> None:
    """Take a case, lay it aside, see what is due, be away."""
    case = waiting(cast, "walked")
    offered = go(agent, "get", "desk/next/", status=200).json()
    assert offered["dispute"] == str(case)
    not_now = {"command_id": str(uuid4()), "reason": "other"}
    go(agent, "post", f"desk/cases/{case}/decline/", not_now, status=400)
    go(agent, "post", f"desk/cases/{case}/decline/", not_now | {"words": "In an hour."}, status=204)
    go(agent, "get", "desk/next/", status=409)
    taken = go(agent, "post", "desk/next/", {"command_id": str(uuid4()), "dispute": str(case)}, status=200).json()
    assert taken["dispute"] == str(case)
    go(agent, "post", "desk/next/", {"command_id": str(uuid4())}, status=409)
    go(agent, "put", f"desk/cases/{case}/snooze/", {"until": iso(clock.now() + timedelta(hours=2))}, status=204)
    go(agent, "get", "desk/agenda/", status=200)
    go(agent, "put", f"desk/cases/{case}/snooze/", {"on_word": False}, status=400)
    go(agent, "delete", f"desk/cases/{case}/snooze/", status=204)
    go(agent, "put", "desk/away/", {"is_away": True}, status=204)
    walk_the_team(cast, agent, outsider, case, go)
    go(outsider, "get", "desk/agenda/", status=404)


def walk_a_case(cast: Cast, client: Client, outsider: Client, go: Callable[..., Any]) -> None:
    """Begin a claim, write it, and be refused."""
    disputes = f"rooms/{cast.room.pk}/disputes/"
    about = held_milestone(cast.room.contract, 220_000, position=2).pk
    case = (
        "disputes/"
        + go(client, "post", disputes, {"track": "A", "milestone_id": str(about)}, status=200).json()["id"]
        + "/"
    )
    say = {"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e2f", "expected_version": 0}
    go(client, "post", f"{case}commands/edit_draft/", say | {"statement": "It fails."}, status=200)
    go(client, "post", f"{case}commands/edit_draft/", say | {"statement": "It fails."}, status=200)
    go(client, "post", f"{case}commands/edit_draft/", say | {"statement": 5}, status=400)
    pick = {"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e32", "kind": "term", "title": "It says so"}
    go(client, "post", f"{case}commands/pick_evidence/", pick | {"excerpt": "Two rounds."}, status=200)
    go(client, "post", f"{case}commands/pick_evidence/", pick | {"excerpt": 5}, status=400)
    again = {"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e30"}
    go(client, "post", f"{case}commands/file/", again | {"expected_version": 7}, status=409)
    go(client, "get", disputes, status=200)
    go(client, "get", case, status=200)
    kept = files.upload(user=cast.client, thread_id=cast.joint.pk, file=_png())
    Evidence.objects.create(
        dispute_id=UUID(case.split("/")[1]), number=1, kind="file", title="The draft", sha256=kept.sha256,
        attachment=kept, submitted_by=cast.client, submitted_at=clock.now(),
    )  # fmt: skip
    go(client, "get", f"{case}evidence/1/file/", status=200)
    go(outsider, "get", f"{case}evidence/1/file/", status=404)
    Award.objects.create(
        dispute_id=UUID(case.split("/")[1]), refund_minor=1, release_minor=2, document=kept, entered_by=cast.senior,
        entered_at=clock.now(), confirmed_by=cast.supervisor, confirmed_at=clock.now(),
    )  # fmt: skip
    go(client, "get", f"{case}awards/1/file/", status=200)
    go(client, "get", f"{case}awards/2/file/", status=404)
    for method, path, said in (("get", disputes, None), ("get", case, None), ("post", f"{case}commands/file/", again)):
        go(outsider, method, path, said, status=404)


def walk_a_milestone(cast: Cast, client: Client, outsider: Client, go: Callable[..., Any]) -> None:
    """Look at the milestones, and be refused; end the contract, once."""
    cast.room.contract.milestones.create(position=1, title="Sketches", amount_minor=48_000, status="submitted")
    milestones = f"rooms/{cast.room.pk}/milestones/"
    said = {"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e31"}
    go(client, "get", milestones, status=200)
    go(client, "post", f"{milestones}1/approve/", said, status=409)
    go(client, "post", f"{milestones}1/submit/", said, status=403)
    go(client, "post", f"{milestones}1/return/", said, status=400)
    go(client, "post", f"{milestones}1/eat/", said, status=404)
    go(outsider, "get", milestones, status=404)
    go(outsider, "post", f"{milestones}1/approve/", said, status=404)
    end, why = f"rooms/{cast.room.pk}/end/", {"reason": "The shop is sold."}
    go(client, "post", end, why, status=400)
    go(client, "post", end, why | {"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e32"}, status=200)
    go(client, "post", end, why | {"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e33"}, status=409)
    go(outsider, "post", end, why | {"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e34"}, status=404)


def walk_a_look(cast: Cast, api: SignIn, go: Callable[..., Any]) -> None:
    """Sue asks to read what Helen said in private, Sam agrees, and Sue reads it until she has read enough."""
    sue, sam, mediator = api(cast.supervisor), api(cast.senior), api(cast.mediator)
    case = claims.ask_without_claim(user=cast.client, room_id=cast.room.pk).dispute_id
    transition(actor=cast.mediator, dispute_id=case, command="claim")
    file = files.upload(user=cast.client, thread_id=cast.id_of("caucus_client"), file=_png())
    cast.say(cast.client, "Between us", audience="caucus_client", files=(file.pk,))
    looks, said = f"disputes/{case}/looks/", {"command_id": str(uuid4()), "ground": "law", "reason": "A court asks."}
    go(sue, "post", looks, said, status=400)
    asked = go(sue, "post", looks, said | {"party": str(cast.client.pk)}, status=201).json()["id"]
    go(sue, "post", looks, said | {"party": str(cast.client.pk)}, status=201)
    go(sam, "get", looks, status=200)
    go(mediator, "get", looks, status=404)
    look = f"{looks}{asked}/"

    def act(who: Client, name: str, status: int) -> None:
        go(who, "post", f"{look}{name}/", {"command_id": str(uuid4())}, status=status)

    go(sue, "get", f"{look}messages/", status=409)
    act(sue, "approve", 403)
    act(sam, "approve", 200)
    act(sam, "eat", 404)
    act(sue, "open", 200)
    page = go(sue, "get", f"{look}messages/", status=200).json()
    go(sue, "get", f"{look}messages/?thread={page['thread']}&before=1", status=200)
    go(sue, "get", f"{look}messages/?before=x", status=400)
    go(sue, "get", f"{look}files/{file.pk}/", status=200)
    go(mediator, "get", f"{look}files/{file.pk}/", status=404)
    act(sue, "end", 200)
    act(sue, "end", 409)
    go(sue, "get", f"{look}messages/", status=403)


def _png() -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG")
    return SimpleUploadedFile("draft.png", data.getvalue(), "image/png")


def test_the_file_names_each_operation_once() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert openapi()["info"]["title"] == "Parley"


def walk_the_team(cast: Cast, agent: Client, outsider: Client, case: UUID, go: Callable[..., Any]) -> None:
    """Talk to colleagues, and do the same with several cases."""
    team = Team.objects.create(name="Walked")
    team.members.set([cast.agent, cast.senior])
    said = {"team": str(team.pk), "text": "Hello, @Sam Okafor.", "client_id": str(uuid4())}
    go(agent, "post", "desk/team/", said, status=201)
    go(outsider, "post", "desk/team/", said, status=404)
    question = {"person": str(cast.senior.pk), "text": "Have you met them?", "client_id": str(uuid4())}
    go(agent, "post", f"desk/cases/{case}/ask/", question, status=204)
    own = f"desk/cases/{case}/"
    go(agent, "put", f"{own}priority/", {"priority": "high"}, status=200)
    go(agent, "put", f"{own}priority/", {"priority": "soon"}, status=400)
    go(agent, "post", f"{own}tags/", {"tags": "vip refund"}, status=200)
    go(agent, "post", f"{own}tags/", {"tags": "not, this"}, status=400)
    go(agent, "post", f"{own}untag/", {"tags": "vip"}, status=200)
    go(outsider, "post", f"{own}untag/", {"tags": "vip"}, status=404)
    go(agent, "get", "desk/team/", status=200)
    go(agent, "post", "desk/team/seen/", status=200)
    cases, press = {"cases": [str(case)]}, {"command_id": str(uuid4())}
    go(agent, "post", "desk/several/assign/", cases | press | {"agent_id": str(cast.senior.pk)}, status=200)
    go(agent, "post", "desk/several/note/", cases | press | {"text": "Ask for the files."}, status=200)
    go(agent, "post", "desk/several/tags/", cases | {"tags": "vip"}, status=200)
    go(agent, "post", "desk/several/untag/", cases | {"tags": "vip"}, status=200)
    go(agent, "post", "desk/several/priority/", cases | {"priority": None}, status=200)
    go(agent, "post", "desk/several/snooze/", cases, status=200)
    go(outsider, "post", "desk/several/snooze/", cases, status=404)


def walk_the_rules(lead: Client, outsider: Client, go: Callable[..., Any]) -> None:
    """Out and in, with a slip, and for who has nothing there."""
    add_defaults()
    for kind in ("triggers", "automations"):
        said = go(lead, "get", f"rules/{kind}/", status=200).json()
        go(lead, "put", f"rules/{kind}/", said, status=200)
        go(lead, "put", f"rules/{kind}/", said | {"version": 2}, status=400)
        go(outsider, "get", f"rules/{kind}/", status=404)
        go(outsider, "put", f"rules/{kind}/", said, status=404)
