"""R-12: what the page makes of live events is what a fresh load shows, for every type of event there is."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import hypothesis
import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from accounts.models import User
from mediation.conversations import audience
from mediation.conversations.actions import files, messages, rooms, threads
from mediation.conversations.models import Message, Room
from mediation.conversations.queries.history import page_before
from mediation.conversations.queries.replay import room_frames
from mediation.conversations.queries.room import room_state
from mediation.core import clock
from mediation.events import catalogue
from mediation.events.models import Event
from tests.cast import Cast, make_cast
from tests.conversations.hostile_files import picture
from tests.js.node import node

REDUCER = Path(__file__).parent / "replay.mjs"
NODE = node()
needs_node = pytest.mark.skipif(NODE is None, reason="there is no node, not even Playwright's")


class Story:
    """Things that happen in the room of the cast; `people` wrote and saw them."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.room = cast, cast.room.pk
        self.topic = threads.open_topic(user=cast.client, room_id=self.room, audience="joint", title="The logo").pk
        self.said = [cast.say(cast.client, "Hello, **Mateo**."), cast.say(cast.freelancer, "Hello.")]

    def send(self) -> None:
        self.said.append(self.cast.say(self.cast.client, f"Line {len(self.said)}", reply_to_seq=self.said[0].seq))

    def open(self) -> None:
        threads.open_topic(user=self.cast.freelancer, room_id=self.room, audience="joint", title=f"T{len(self.said)}")
        self.send()

    def rename(self) -> None:
        threads.rename_topic(user=self.cast.freelancer, thread_id=self.topic, title=f"The logo, {len(self.said)}")

    def resolve(self) -> None:
        threads.resolve_topic(user=self.cast.client, thread_id=self.topic)

    def reopen(self) -> None:
        self.resolve()
        threads.reopen_topic(user=self.cast.client, thread_id=self.topic)

    def edit(self) -> None:
        mine = self._standing(self.cast.client)
        body = f"{mine.body} Or not."
        messages.edit_message(user=self.cast.client, thread_id=mine.thread_id, seq=mine.seq, body=body)

    def remove(self) -> None:
        self.send()
        mine = self._standing(self.cast.client)
        messages.remove_message(user=self.cast.client, thread_id=mine.thread_id, seq=mine.seq, reason="A mistake")

    def react(self) -> None:
        for reaction in ("heart", "eyes"):
            mine = self._standing(self.cast.client)
            on = str(self.cast.freelancer.pk) not in mine.reactions.get(reaction, [])
            messages.react(user=self.cast.freelancer, thread_id=mine.thread_id, seq=mine.seq, reaction=reaction, on=on)

    def send_picture(self) -> None:
        file = SimpleUploadedFile("a.png", picture())
        kept = files.upload(user=self.cast.client, thread_id=self.cast.joint.pk, file=file)
        self.said.append(self.cast.say(self.cast.client, "Look", files=(kept.pk,)))
        files.make_thumbnail(attachment_id=kept.pk)

    def ask(self) -> None:
        rooms.ask_for_mediator(user=self.cast.client, room_id=self.room, note="Please")

    def cancel(self) -> None:
        self.leave()
        self.ask()
        rooms.cancel_ask(user=self.cast.client, room_id=self.room)

    def join(self) -> None:
        self.ask()
        rooms.join_as_mediator(user=self.cast.mediator, room_id=self.room)

    def leave(self) -> None:
        if Room.objects.get(pk=self.room).members.filter(user=self.cast.mediator, left_at__isnull=True).exists():
            rooms.leave_room(user=self.cast.mediator, room_id=self.room)

    def lock(self) -> None:
        rooms.set_locked(room_id=self.room, locked=True, at=clock.now())

    def unlock(self) -> None:
        self.lock()
        rooms.set_locked(room_id=self.room, locked=False, at=clock.now())

    def join_and_leave(self) -> None:
        self.join()
        self.leave()

    def _standing(self, author: User) -> Message:
        own = Message.objects.filter(author=author, kind="text", removed_at__isnull=True, thread=self.cast.joint)
        return own.order_by("-seq").first()


CASES: dict[str, Callable[[Story], None]] = {
    "thread.opened": Story.open,
    "thread.renamed": Story.rename,
    "thread.resolved": Story.resolve,
    "thread.reopened": Story.reopen,
    "message.sent": Story.send,
    "message.edited": Story.edit,
    "message.removed": Story.remove,
    "message.reacted": Story.react,
    "file.ready": Story.send_picture,
    "member.joined": Story.join,
    "member.left": Story.join_and_leave,
    "help.asked": Story.ask,
    "help.cancelled": Story.cancel,
    "help.taken": Story.join,
    "room.locked": Story.lock,
    "room.unlocked": Story.unlock,
}
# Whoever writes needs a room that is open.
STEPS = (*(step for step in CASES.values() if step is not Story.lock), Story.leave)


def pages(user: User, room: Room) -> dict[str, dict]:
    shown = audience.readable_threads(user).filter(room=room)
    found = {str(thread.pk): page_before(user=user, thread_id=thread.pk, limit=200) for thread in shown}
    return {thread: {"messages": page.messages, "more": page.more} for thread, page in found.items()}


def first_load(user: User, room: Room) -> dict:
    return {"room": room_state(user=user, room_id=room.pk), "pages": pages(user, room)}


class Watched:
    """What some viewers had before their eyes; `compare` holds what they end with against a fresh load."""

    def __init__(self, room: Room, *viewers: User) -> None:
        self.room, self.starts = room, {viewer: first_load(viewer, room) for viewer in viewers}

    def compare(self) -> None:
        """Run the page's reducer over the room's frames, in one process for all."""
        asked = [
            {
                "me": str(viewer.pk),
                "start": start,
                "frames": room_frames(user=viewer, room_id=self.room.pk, cursors={})["frames"],
                "now": first_load(viewer, self.room),
            }
            for viewer, start in self.starts.items()
        ]
        command = [NODE, str(REDUCER)]
        ran = subprocess.run(command, input=orjson.dumps(asked), capture_output=True, check=False, timeout=60)
        assert ran.returncode == 0, ran.stderr.decode()
        for viewer, states in zip(self.starts, orjson.loads(ran.stdout), strict=True):
            for way in ("followed", "repeated", "late", "welcomed"):
                assert states[way] == states["fresh"], f"{viewer}, {way}"


def test_every_type_of_event_has_a_case() -> None:
    ours = {
        name
        for name in catalogue.declared()
        if name.split(".")[0] in {"thread", "message", "file", "member", "help", "room"}
    }
    assert set(CASES) == ours


@needs_node
@pytest.mark.parametrize("type_", CASES)
def test_events_lead_to_what_a_fresh_load_shows(cast: Cast, tmp_path: Path, settings, type_: str) -> None:
    settings.MEDIA_ROOT = tmp_path
    story, watched = Story(cast), Watched(cast.room, cast.client, cast.freelancer)
    CASES[type_](story)
    assert Event.objects.filter(type=type_).exists()
    watched.compare()


@needs_node
def test_the_same_holds_for_staff(cast: Cast, tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    story = Story(cast)
    story.join()
    watched = Watched(cast.room, cast.mediator, cast.supervisor, cast.qa)
    cast.say(cast.client, "Between us", audience="caucus_client")
    cast.say(cast.senior, "A note", audience="internal")
    threads.open_topic(user=cast.mediator, room_id=cast.room.pk, audience="internal", title="A doubt")
    for step in (Story.open, Story.rename, Story.resolve, Story.edit, Story.react, Story.remove, Story.send_picture):
        step(story)
    watched.compare()


@needs_node
@given(steps=st.lists(st.sampled_from(STEPS), max_size=12), begin=st.integers(0, 6))
@hypothesis.settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_steps_from_any_moment(
    db: None, settings, tmp_path: Path, steps: list[Callable[[Story], None]], begin: int
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with transaction.atomic():
        cast = make_cast()
        story = Story(cast)
        for step in steps[:begin]:
            step(story)
        watched = Watched(cast.room, cast.client, cast.freelancer)
        for step in steps[begin:]:
            step(story)
        watched.compare()
        transaction.set_rollback(True)
