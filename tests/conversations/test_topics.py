"""Topics."""

import pytest

from mediation.conversations.actions import rooms
from mediation.conversations.actions.threads import open_topic, rename_topic, reopen_topic, resolve_topic
from mediation.conversations.errors import BadTitle, MainThread, NoSuchLane
from mediation.conversations.models import Thread
from mediation.conversations.queries.history import page_before
from mediation.core.errors import Forbidden, NotFound
from mediation.events.models import Event
from tests.cast import Cast


def a_topic(cast: Cast, user=None, audience: str = "joint", title: str = "The logo") -> Thread:
    return open_topic(user=user or cast.client, room_id=cast.room.pk, audience=audience, title=title)


def events_of(thread: Thread) -> list[str]:
    return list(Event.objects.filter(topic_id=thread.pk).order_by("seq").values_list("type", flat=True))


def test_a_topic_begins_with_its_own_first_event(cast: Cast) -> None:
    topic = a_topic(cast)
    event = Event.objects.get(topic_id=topic.pk)
    assert (event.seq, event.type, event.data["thread"]["title"]) == (1, "thread.opened", "The logo")
    [line] = page_before(user=cast.freelancer, thread_id=topic.pk).messages
    assert (line["kind"], line["code"], line["params"]["title"]) == ("system", "thread.opened", "The logo")


def test_the_same_topic_again_is_the_same_topic(cast: Cast) -> None:
    assert a_topic(cast) == a_topic(cast, title=" The  logo ")
    assert a_topic(cast) != a_topic(cast, user=cast.freelancer)
    resolve_topic(user=cast.client, thread_id=a_topic(cast).pk)
    assert Thread.objects.filter(title="The logo").count() == 2
    a_topic(cast)
    assert Thread.objects.filter(title="The logo").count() == 3


def test_renaming_resolving_and_reopening_said_twice_happened_once(cast: Cast) -> None:
    topic = a_topic(cast)
    for _ in range(2):
        rename_topic(user=cast.freelancer, thread_id=topic.pk, title="The new logo")
    for _ in range(2):
        resolve_topic(user=cast.client, thread_id=topic.pk)
    for _ in range(2):
        reopen_topic(user=cast.freelancer, thread_id=topic.pk)
    assert events_of(topic) == ["thread.opened", "thread.renamed", "thread.resolved", "thread.reopened"]
    topic.refresh_from_db()
    assert (topic.title, topic.resolved_at, topic.head_seq) == ("The new logo", None, 4)


@pytest.mark.parametrize("title", ["", "   ", "a" * 81, "\x00", "\u202e\u200b"])
def test_a_title_is_one_short_line(cast: Cast, title: str) -> None:
    with pytest.raises(BadTitle):
        a_topic(cast, title=title)
    with pytest.raises(BadTitle):
        rename_topic(user=cast.client, thread_id=a_topic(cast).pk, title=title)


def test_direction_changing_characters_are_taken_out(cast: Cast) -> None:
    assert a_topic(cast, title="A\u202egpj.exe\nB").title == "Agpj.exe B"


def test_the_first_thread_keeps_its_name_and_stays_open(cast: Cast) -> None:
    for change in (rename_topic, resolve_topic, reopen_topic):
        extra = {"title": "x"} if change is rename_topic else {}
        with pytest.raises(MainThread):
            change(user=cast.client, thread_id=cast.joint.pk, **extra)


def test_private_topics_begin_with_a_mediator(cast: Cast) -> None:
    with pytest.raises(NoSuchLane):
        a_topic(cast, audience="caucus_client")
    cast.mediate()
    topic = a_topic(cast, audience="caucus_client")
    assert topic.audience == "caucus_client"
    assert a_topic(cast, user=cast.mediator, audience="internal").audience == "internal"


@pytest.mark.parametrize(
    ("who", "audience", "refusal"),
    [
        ("client", "caucus_freelancer", NoSuchLane),
        ("client", "internal", NoSuchLane),
        ("client", "nonsense", NoSuchLane),
        ("supervisor", "joint", NoSuchLane),
        ("qa", "internal", NoSuchLane),
        ("outsider", "joint", NotFound),
        ("analyst", "internal", NotFound),
        ("admin", "internal", NotFound),
    ],
)
def test_nobody_opens_a_topic_for_others(cast: Cast, who: str, audience: str, refusal: type) -> None:
    cast.mediate()
    with pytest.raises(refusal):
        a_topic(cast, user=getattr(cast, who), audience=audience)


def test_topics_are_changed_by_those_who_write_in_them(cast: Cast) -> None:
    cast.mediate()
    secret = a_topic(cast, audience="caucus_client")
    shared = a_topic(cast)
    for who, topic, refusal in (
        (cast.freelancer, secret, NotFound),
        (cast.supervisor, secret, NotFound),
        (cast.supervisor, shared, Forbidden),
        (cast.outsider, shared, NotFound),
    ):
        for change in (resolve_topic, reopen_topic):
            with pytest.raises(refusal):
                change(user=who, thread_id=topic.pk)
    rooms.leave_room(user=cast.mediator, room_id=cast.room.pk)
    with pytest.raises(NotFound):
        resolve_topic(user=cast.mediator, thread_id=secret.pk)
