"""R-12: the page's state after live events is the state of a fresh load, for every type of event there is."""

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from mediation.conversations.actions import files, messages, rooms, threads
from mediation.conversations.queries import history, replay
from mediation.conversations.queries.room import room_state
from mediation.core import clock
from mediation.events.catalogue import declared
from mediation.events.models import Event
from tests.cast import Cast

HERE = Path(__file__).parent
OURS = ("thread.", "message.", "file.", "member.", "help.", "room.")
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(shutil.which("node") is None, reason="needs node")]


def load(user: User, cast: Cast) -> dict[str, Any]:
    """What the page starts from, with every thread's lines."""
    state = room_state(user=user, room_id=cast.room.pk)
    pages = {}
    for thread in state["threads"]:
        page = history.page_before(user=user, thread_id=UUID(thread["id"]), limit=200)
        pages[thread["id"]] = {"messages": page.messages, "more": page.more}
    return {"room": state, "pages": pages}


def case(name: str, user: User, cast: Cast, before: dict[str, Any]) -> dict[str, Any]:
    """What happened since `before`, and what a fresh load shows now."""
    cursors = {UUID(thread["id"]): thread["head"] for thread in before["room"]["threads"]}
    frames = replay.room_frames(user=user, room_id=cast.room.pk, cursors=cursors)["frames"]
    return {"name": name, "me": str(user.pk), "before": before, "frames": frames, "after": load(user, cast)}


def differences(cases: list[dict[str, Any]]) -> list[str]:
    """Where playing events does not end at a fresh load."""
    command = ["node", str(HERE / "replay.mjs")]
    done = subprocess.run(command, input=json.dumps(cases), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (9, 99, 199)).save(out, "PNG")
    return SimpleUploadedFile("photo.png", out.getvalue(), "image/png")


def everything(cast: Cast) -> list[Callable[[], object]]:
    """One step for every type of event, in an order that can happen."""
    client, freelancer, mediator, room = cast.client, cast.freelancer, cast.mediator, cast.room.pk
    sent: dict[str, int] = {}
    made: dict[str, Any] = {}

    def send_picture() -> None:
        made["file"] = files.upload(user=freelancer, thread_id=cast.joint.pk, file=picture()).pk
        cast.say(freelancer, "A picture", files=(made["file"],))

    def topic() -> None:
        made["topic"] = threads.open_topic(user=freelancer, room_id=room, audience="joint", title="Dates").pk

    return [
        lambda: sent.update(first=cast.say(freelancer, "Hello **Helen**").seq),
        lambda: cast.say(client, "Hello Mateo", reply_to_seq=sent["first"]),
        lambda: messages.edit_message(user=freelancer, thread_id=cast.joint.pk, seq=sent["first"], body="Hello Helen"),
        lambda: messages.react(user=client, thread_id=cast.joint.pk, seq=sent["first"], reaction="heart", on=True),
        lambda: messages.remove_message(user=freelancer, thread_id=cast.joint.pk, seq=sent["first"], reason="again"),
        send_picture,
        lambda: files.make_thumbnail(attachment_id=made["file"]),
        topic,
        lambda: threads.rename_topic(user=client, thread_id=made["topic"], title="The dates"),
        lambda: threads.resolve_topic(user=client, thread_id=made["topic"]),
        lambda: threads.reopen_topic(user=freelancer, thread_id=made["topic"]),
        lambda: rooms.ask_for_mediator(user=client, room_id=room),
        lambda: rooms.cancel_ask(user=client, room_id=room),
        lambda: rooms.ask_for_mediator(user=freelancer, room_id=room, note="Please"),
        lambda: rooms.join_as_mediator(user=mediator, room_id=room),
        lambda: cast.say(mediator, "In private", audience="caucus_client"),
        lambda: rooms.leave_room(user=mediator, room_id=room),
        lambda: rooms.set_locked(room_id=room, locked=True, at=clock.now()),
        lambda: rooms.set_locked(room_id=room, locked=False, at=clock.now()),
    ]


@pytest.mark.parametrize("who", ["client", "freelancer"])
def test_every_event_played_onto_an_old_page_gives_a_fresh_one(cast: Cast, who: str) -> None:
    reader: User = getattr(cast, who)
    first = load(reader, cast)
    cases = []
    for number, step in enumerate(everything(cast)):
        before = load(reader, cast)
        step()
        cases.append(case(f"step {number}", reader, cast, before))
    cases.append(case("all", reader, cast, first))
    assert differences(cases) == []
    assert differences([{**cases[-1], "frames": []}]) != [], "the comparison is blind"


def test_no_type_of_event_is_without_its_case(cast: Cast) -> None:
    for step in everything(cast):
        step()
    happened = set(Event.objects.values_list("type", flat=True))
    assert {name for name in declared() if name.startswith(OURS)} - happened == set()
