"""People who do things at the very same moment: every change is kept or refused, and the log has no holes."""

from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mediation.conversations.actions.files import make_thumbnail, upload
from mediation.conversations.actions.messages import edit_message, react, remove_message
from mediation.conversations.actions.reading import mark_read
from mediation.conversations.actions.rooms import leave_room
from mediation.conversations.actions.search_index import index_messages
from mediation.conversations.actions.threads import open_topic, rename_topic, resolve_topic
from mediation.conversations.errors import ChangedMeanwhile
from mediation.conversations.models import Attachment, Message, MessageVersion, ReadMark, Thread
from mediation.core.errors import Forbidden, Refused
from mediation.events.models import Event
from tests.at_once import at_once
from tests.cast import Cast
from tests.conversations.hostile_files import picture


def check_gapless(thread: Thread) -> None:
    seqs = list(Event.objects.filter(topic_id=thread.pk).order_by("id").values_list("seq", flat=True))
    thread.refresh_from_db()
    assert seqs == list(range(1, thread.head_seq + 1))


def test_everybody_reacts_at_once_and_nobody_is_forgotten(live_cast: Cast) -> None:
    live_cast.mediate()
    seq, joint = live_cast.say(live_cast.client, "Done!").seq, live_cast.joint
    people = (live_cast.client, live_cast.freelancer, live_cast.mediator)
    jobs = [
        partial(react, user=user, thread_id=joint.pk, seq=seq, reaction=name, on=True)
        for user in people
        for name in ("heart", "eyes")
        for _ in range(2)
    ]
    assert not [problem for problem in at_once(*jobs) if isinstance(problem, Exception)]
    message = Message.objects.get(thread=joint, seq=seq)
    assert {name: set(ids) for name, ids in message.reactions.items()} == {
        name: {str(user.pk) for user in people} for name in ("heart", "eyes")
    }
    assert message.rev == 7
    check_gapless(joint)


def test_two_edits_of_the_same_text_leave_one_winner(live_cast: Cast) -> None:
    seq, joint = live_cast.say(live_cast.client, "One").seq, live_cast.joint
    edit = partial(edit_message, user=live_cast.client, thread_id=joint.pk, seq=seq, rev=1)
    results = at_once(*(partial(edit, body=f"Text {number}") for number in range(4)))
    assert sum(isinstance(result, ChangedMeanwhile) for result in results) == 3
    assert MessageVersion.objects.get().body == "One"
    check_gapless(joint)


def test_a_message_removed_while_it_is_edited_and_liked_is_empty_in_the_end(live_cast: Cast) -> None:
    joint = live_cast.joint
    for _ in range(4):
        seq = live_cast.say(live_cast.client, "One").seq
        address = {"thread_id": joint.pk, "seq": seq}
        at_once(
            partial(edit_message, user=live_cast.client, body="Two", **address),
            partial(remove_message, user=live_cast.client, **address),
            partial(remove_message, user=live_cast.client, **address),
            partial(react, user=live_cast.freelancer, reaction="sad", on=True, **address),
        )
        message = Message.objects.get(thread=joint, seq=seq)
        assert (message.body, message.reactions, message.removed_at is None) == ("", {}, False)
        assert not MessageVersion.objects.exists()
    assert Event.objects.filter(type="message.removed").count() == 4
    check_gapless(joint)


def test_the_furthest_mark_wins_whatever_the_order(live_cast: Cast) -> None:
    joint = live_cast.joint
    for number in range(9):
        live_cast.say(live_cast.freelancer, f"Line {number}")
    at_once(*(partial(mark_read, user=live_cast.client, thread_id=joint.pk, seq=seq) for seq in (3, 9, 1, 10, 7, 2)))
    assert ReadMark.objects.get().seq == 10


def test_a_topic_opened_twice_at_once_is_one_topic(live_cast: Cast) -> None:
    job = partial(open_topic, user=live_cast.client, room_id=live_cast.room.pk, audience="joint", title="The logo")
    results = at_once(*[job] * 4)
    assert {getattr(result, "pk", result) for result in results} == {Thread.objects.get(title="The logo").pk}


def test_a_topic_resolved_and_renamed_at_once_has_each_event_once(live_cast: Cast) -> None:
    topic = open_topic(user=live_cast.client, room_id=live_cast.room.pk, audience="joint", title="The logo")
    at_once(
        *[partial(resolve_topic, user=user, thread_id=topic.pk) for user in (live_cast.client, live_cast.freelancer)],
        *[partial(rename_topic, user=live_cast.client, thread_id=topic.pk, title="The new logo")] * 2,
    )
    assert Event.objects.filter(topic_id=topic.pk).count() == 3
    check_gapless(topic)


def test_a_picture_is_drawn_once_and_not_at_all_when_it_is_removed(
    live_cast: Cast, tmp_path: Path, settings: pytest.FixtureRequest
) -> None:
    settings.MEDIA_ROOT = tmp_path
    joint = live_cast.joint
    for removes in (False, True):
        file = SimpleUploadedFile("a.png", picture())
        kept = upload(user=live_cast.client, thread_id=joint.pk, file=file)
        seq = live_cast.say(live_cast.client, "Look", files=(kept.pk,)).seq
        jobs = [partial(make_thumbnail, attachment_id=kept.pk)] * 3
        if removes:
            jobs.append(partial(remove_message, user=live_cast.client, thread_id=joint.pk, seq=seq))
        assert not [problem for problem in at_once(*jobs) if isinstance(problem, Exception)]
    assert Event.objects.filter(type="file.ready").count() <= 2
    assert Attachment.objects.count() == 1
    assert sum(1 for path in tmp_path.rglob("*") if path.is_file()) == 2
    check_gapless(joint)


def test_who_leaves_while_writing_either_wrote_before_or_not_at_all(live_cast: Cast) -> None:
    live_cast.mediate()
    notes, joint = live_cast.thread("internal"), live_cast.joint
    mine = live_cast.say(live_cast.mediator, "One")
    results = at_once(
        partial(leave_room, user=live_cast.mediator, room_id=live_cast.room.pk),
        *[
            partial(edit_message, user=live_cast.mediator, thread_id=joint.pk, seq=mine.seq, body=f"Text {number}")
            for number in range(3)
        ],
    )
    left = Event.objects.get(type="member.left").seq
    assert all(edit.seq < left for edit in Event.objects.filter(topic_id=joint.pk, type="message.edited"))
    assert all(isinstance(result, (Forbidden, Message)) for result in results[1:])
    for thread in (notes, joint):
        check_gapless(thread)


def test_the_index_is_kept_by_several_at_once(live_cast: Cast) -> None:
    addresses = [(live_cast.joint.pk, live_cast.say(live_cast.client, f"apples {n}").seq) for n in range(6)]
    results = at_once(*(partial(index_messages, part) for part in (addresses, addresses[::-1], addresses[2:5])))
    assert not [problem for problem in results if isinstance(problem, Exception) and not isinstance(problem, Refused)]
