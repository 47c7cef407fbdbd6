"""In arbitration the room is read only but for notices: at every door of its members, and never for staff's notes."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from mediation.conversations.actions import files, messages, reading, rooms, threads
from mediation.conversations.actions.send import Send, Sent, send_messages
from mediation.conversations.errors import RoomLocked
from mediation.conversations.models import Message, Room
from mediation.conversations.queries.room import room_state
from mediation.core import clock
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.states import State
from tests.at_once import at_once
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in

WRITERS = (("client", "joint"), ("freelancer", "joint"), ("mediator", "joint"), ("client", "caucus_client"),
           ("freelancer", "caucus_freelancer"), ("mediator", "caucus_client"))  # fmt: skip

Act = Callable[[Cast, User, str, int], Any]
WAYS: dict[str, Act] = {
    "say": lambda cast, who, where, seq: cast.say(who, "One more thing", audience=where),
    "reply": lambda cast, who, where, seq: cast.say(who, "One more thing", audience=where, reply_to_seq=seq),
    "edit": lambda cast, who, where, seq: messages.edit_message(
        user=who, thread_id=cast.id_of(where), seq=seq, body="Otherwise"
    ),
    "react": lambda cast, who, where, seq: messages.react(
        user=who, thread_id=cast.id_of(where), seq=seq, reaction="thanks", on=True
    ),
    "upload": lambda cast, who, where, seq: files.upload(
        user=who, thread_id=cast.id_of(where), file=SimpleUploadedFile("a.txt", b"One more thing")
    ),
    "draft": lambda cast, who, where, seq: reading.save_draft(user=who, thread_id=cast.id_of(where), body="One more"),
    "open a topic": lambda cast, who, where, seq: threads.open_topic(
        user=who, room_id=cast.room.pk, audience=where, title="One more thing"
    ),
}


@pytest.fixture
def arbitrated(cast: Cast) -> Case:
    """Both have paid; before, everybody wrote wherever they could."""
    case = case_in(cast, State.MEDIATING)
    case.do(cast.mediator, "begin_caucus")
    for who, where in WRITERS:
        cast.say(getattr(cast, who), f"First, {who}", audience=where)
    case.do(cast.mediator, "end_caucus")
    case.do(cast.freelancer, "decline_caucus")
    arbitrate(case)
    return case


def arbitrate(case: Case) -> None:
    for party in (case.cast.client, case.cast.freelancer):
        case.do(party, "decline_mediation")
    case.do(case.cast.mediator, "declare_impasse")
    for command in ("elect", "pay_share"):
        for party in (case.cast.client, case.cast.freelancer):
            case.do(party, command)
    assert case.row.state == State.IN_ARBITRATION


def own(who: User, where: str, cast: Cast) -> int:
    """The line they wrote before."""
    return Message.objects.get(thread=cast.thread(where), author=who, kind="text").seq


def stored() -> tuple[int, int]:
    return Message.objects.count(), sum(Message.objects.values_list("rev", flat=True))


@pytest.mark.parametrize("way", WAYS)
def test_nobody_in_the_room_writes_to_everyone_or_in_private(arbitrated: Case, way: str) -> None:
    cast, before = arbitrated.cast, stored()
    for who, where in WRITERS:
        with pytest.raises(RoomLocked):
            WAYS[way](cast, getattr(cast, who), where, own(getattr(cast, who), where, cast))
    assert stored() == before


def test_a_topic_of_before_is_read_only_too(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    topic = threads.open_topic(user=cast.client, room_id=cast.room.pk, audience="joint", title="The logo")
    arbitrate(case)
    for act in (threads.resolve_topic, threads.reopen_topic, partial(threads.rename_topic, title="The sign")):
        with pytest.raises(RoomLocked):
            act(user=cast.client, thread_id=topic.pk)
    with pytest.raises(RoomLocked):
        cast.say(cast.freelancer, "One more thing", thread=topic)


def test_own_words_are_not_taken_from_it_and_staff_still_may(arbitrated: Case) -> None:
    cast = arbitrated.cast
    seq = own(cast.client, "joint", cast)
    with pytest.raises(RoomLocked):
        messages.remove_message(user=cast.client, thread_id=cast.id_of("joint"), seq=seq)
    for who, author in ((cast.mediator, cast.client), (cast.supervisor, cast.freelancer)):
        seq = own(author, "joint", cast)
        messages.remove_message(user=who, thread_id=cast.id_of("joint"), seq=seq, reason="An address.")
        assert Message.objects.get(thread=cast.joint, seq=seq).removed_at


def test_staff_note_on_enter_the_award_and_it_is_told_to_everyone(arbitrated: Case) -> None:
    cast = arbitrated.cast
    cast.say(cast.mediator, "Waiting for the award.", audience="internal")
    cast.say(cast.senior, "So am I.", audience="internal")
    files.upload(user=cast.senior, thread_id=cast.id_of("internal"), file=SimpleUploadedFile("award.txt", b"So."))
    arbitrated.do(cast.senior, "enter_award")
    arbitrated.do(cast.supervisor, "record_award")
    assert Message.objects.filter(thread=cast.joint, code="dispute.record_award").exists()


def codes(cast: Cast) -> list[str]:
    return list(Message.objects.filter(thread=cast.joint, kind="system").order_by("seq").values_list("code", flat=True))


def award(case: Case) -> None:
    cast = case.cast
    files.upload(user=cast.senior, thread_id=cast.id_of("internal"), file=SimpleUploadedFile("award.txt", b"So."))
    case.do(cast.senior, "enter_award")
    case.do(cast.supervisor, "record_award")


@pytest.mark.parametrize(
    ("leave", "code"),
    [(award, "dispute.record_award"), (lambda case: case.do(case.cast.senior, "void"), "dispute.void")],
)
def test_the_room_says_when_it_closes_and_opens_with_the_state(
    arbitrated: Case, leave: Callable[[Case], None], code: str
) -> None:
    cast = arbitrated.cast
    assert codes(cast)[-2:] == ["dispute.both_paid", "room.locked"]
    leave(arbitrated)
    said = codes(cast)
    assert said[said.index(code) + 1 :].count("room.unlocked") == 1
    assert Room.objects.get(pk=cast.room.pk).locked_at is None
    for who in (cast.client, cast.freelancer):
        cast.say(who, "And now?")


def test_on_hold_it_stays_read_only_and_a_case_that_is_opened_again_is_not(arbitrated: Case) -> None:
    cast = arbitrated.cast
    arbitrated.do(cast.senior, "hold")
    with pytest.raises(RoomLocked):
        cast.say(cast.client, "And now?")
    arbitrated.do(cast.senior, "void")
    arbitrated.do(cast.supervisor, "reopen")
    assert arbitrated.row.state == State.MEDIATING
    cast.say(cast.client, "And now?")
    assert codes(cast).count("room.locked") == codes(cast).count("room.unlocked") == 1


def test_said_twice_it_is_told_once(cast: Cast) -> None:
    for locked in (True, True, False, False):
        rooms.set_locked(room_id=cast.room.pk, locked=locked, at=clock.now())
    assert codes(cast)[-2:] == ["room.locked", "room.unlocked"]


def test_others_of_a_batch_are_not_held_up_and_a_repeat_gets_its_first_result(arbitrated: Case) -> None:
    cast = arbitrated.cast
    first = Message.objects.get(thread=cast.joint, seq=own(cast.client, "joint", cast))
    said = [
        Send(cast.client.pk, cast.id_of("joint"), first.client_id, first.body),
        Send(cast.client.pk, cast.id_of("joint"), uuid4(), "One more thing"),
        Send(cast.mediator.pk, cast.id_of("internal"), uuid4(), "A note"),
    ]
    again, refused, note = send_messages(said)
    assert (again.seq, again.repeated) == (first.seq, True)
    assert isinstance(refused, RoomLocked)
    assert isinstance(note, Sent)


def test_sending_asks_the_database_no_more_than_before(cast: Cast) -> None:
    """Lock, who writes, insert with the event, heads: and the flag comes with who writes."""
    said = Send(cast.client.pk, cast.id_of("joint"), uuid4(), "Hello")
    with CaptureQueriesContext(connection) as asked:
        send_messages([said])
    reads = [one["sql"] for one in asked if one["sql"].split()[0] == "SELECT"]
    assert [("conversations_thread" in one, "locked_at" in one) for one in reads] == [(True, False), (True, True)]


@pytest.mark.parametrize("door", ["api", "page", "upload", "typing", "topic", "react", "edit", "remove", "draft"])
def test_every_door_says_why(client: Client, arbitrated: Case, door: str) -> None:
    cast, before = arbitrated.cast, stored()
    thread, seq = cast.id_of("joint"), own(cast.client, "joint", cast)
    client.force_login(cast.client)
    if door == "page":
        said = {"thread": thread, "client_id": uuid4(), "text": "One more thing"}
        answer = client.post(f"/rooms/{cast.room.pk}/send/", said)
        assert "can only be read while the arbitrator decides" in answer.content.decode()
        form = answer.content.decode().partition('<form class="composer"')[2]
        assert " hidden" not in form[: form.index(">")], "what was written can be copied"
        assert "One more thing" in form
    else:
        line = f"/api/threads/{thread}/messages/{seq}/"
        method, path, body = {
            "api": ("post", f"/api/threads/{thread}/messages/", {"cid": str(uuid4()), "text": "One more thing"}),
            "upload": ("post", f"/api/threads/{thread}/files/", None),
            "typing": ("post", f"/api/threads/{thread}/typing/", {"on": True}),
            "topic": ("post", f"/api/rooms/{cast.room.pk}/threads/", {"title": "One more", "audience": "joint"}),
            "react": ("put", f"{line}reactions/heart/", {}),
            "edit": ("patch", line, {"text": "Otherwise"}),
            "remove": ("delete", line, {}),
            "draft": ("put", f"/api/threads/{thread}/draft/", {"text": "One more"}),
        }[door]
        if body is None:
            answer = client.post(path, {"file": SimpleUploadedFile("a.txt", b"One more thing")})
        else:
            answer = getattr(client, method)(path, body, content_type="application/json")
        assert answer.json()["code"] == "room.locked", answer.content
    assert answer.status_code == 409
    assert stored() == before


def test_the_state_of_the_room_says_so(arbitrated: Case) -> None:
    cast = arbitrated.cast

    def state(who: User) -> Any:
        return room_state(user=who, room_id=cast.room.pk)

    assert all(state(who)["locked_at"] for who in (cast.client, cast.freelancer, cast.mediator, cast.senior))
    assert [state(who)["can"]["open_topic"] for who in (cast.client, cast.mediator)] == [[], ["internal"]]
    award(arbitrated)
    assert state(cast.client)["locked_at"] is None
    assert state(cast.client)["can"]["open_topic"] == ["caucus_client", "joint"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "While the arbitrator decides, this room can only be read."),
        ("es", "Mientras decide el arbitraje, esta sala solo se puede leer."),
        ("nl", "Zolang de arbiter beslist, kun je deze ruimte alleen lezen."),
    ],
)
def test_the_page_says_why_without_any_script(client: Client, arbitrated: Case, language: str, words: str) -> None:
    cast = arbitrated.cast
    User.objects.filter(pk=cast.client.pk).update(language=language)
    client.force_login(User.objects.get(pk=cast.client.pk))

    def shown() -> tuple[bool, bool]:
        page = client.get(f"/rooms/{cast.room.pk}/").content.decode()
        assert words in page
        lane = page[page.index('<form class="composer"') :]
        notice = page[page.index('data-part="locked"') :]
        return " hidden" in lane[: lane.index(">")], " hidden" in notice[: notice.index(">")]

    assert shown() == (True, False)
    award(arbitrated)
    assert shown() == (False, True)


def test_the_bar_says_so_too(client: Client, arbitrated: Case) -> None:
    assert case_view(arbitrated.row, arbitrated.cast.client)["standing"]["where"] == "in_arbitration"
    client.force_login(arbitrated.cast.freelancer)
    User.objects.update(language="en")
    page = client.get(f"/rooms/{arbitrated.cast.room.pk}/").content.decode()
    assert "Until then this room can only be read" in page


def test_nothing_is_stored_after_the_line_that_says_so(live_cast: Cast) -> None:
    """Real threads: both pay at the moment in which others write."""
    cast, case = live_cast, case_in(live_cast, State.NON_RESOLUTION)
    for party in (cast.client, cast.freelancer):
        case.do(party, "elect")
    case.do(cast.client, "pay_share")
    jobs = [partial(cast.say, who, f"{number}") for number in range(4) for who in (cast.client, cast.freelancer)]
    at_once(*jobs[:4], partial(case.do, cast.freelancer, "pay_share"), *jobs[4:])
    assert case.row.state == State.IN_ARBITRATION
    said = list(Message.objects.filter(thread=cast.joint).order_by("seq").values_list("kind", "code"))
    assert "text" not in [kind for kind, _code in said[said.index(("system", "room.locked")) :]]
