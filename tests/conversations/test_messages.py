"""Changing, removing and reacting: each said twice, each refused to those it is not for."""

from uuid import uuid4

import pytest

from mediation.conversations.actions import rooms
from mediation.conversations.actions.messages import edit_message, react, remove_message
from mediation.conversations.errors import (
    AlreadyRemoved,
    BadReaction,
    ChangedMeanwhile,
    EmptyText,
    NoReason,
    NotYours,
)
from mediation.conversations.models import Message, MessageVersion, Thread
from mediation.conversations.queries.history import page_before, versions
from mediation.core.errors import Forbidden, NotFound, Refused
from mediation.events.models import Event
from tests.cast import Cast


def events_of(thread: Thread) -> list[str]:
    return list(Event.objects.filter(topic_id=thread.pk).order_by("seq").values_list("type", flat=True))


def newest(user, thread: Thread) -> dict:
    return page_before(user=user, thread_id=thread.pk).messages[-1]


# --- editing -------------------------------------------------------------------------------------------------


def test_an_edit_keeps_what_was_said_before(cast: Cast) -> None:
    seq, joint = cast.say(cast.client, "Frist").seq, cast.joint
    edit_message(user=cast.client, thread_id=joint.pk, seq=seq, body="First", rev=1)
    edit_message(user=cast.client, thread_id=joint.pk, seq=seq, body="First.", rev=2)
    shown = newest(cast.freelancer, joint)
    assert (shown["text"], shown["rev"], shown["edited_at"] is None) == ("First.", 3, False)
    assert [v["text"] for v in versions(user=cast.freelancer, thread_id=joint.pk, seq=seq)] == ["Frist", "First"]
    assert events_of(joint) == ["thread.opened", "message.sent", "message.edited", "message.edited"]


def test_the_same_text_again_changes_nothing(cast: Cast) -> None:
    seq, joint = cast.say(cast.client, "Hello").seq, cast.joint
    for _ in range(2):
        edit_message(user=cast.client, thread_id=joint.pk, seq=seq, body="Hi")
    edit_message(user=cast.client, thread_id=joint.pk, seq=seq, body=" Hi\r\n", rev=1)
    assert events_of(joint).count("message.edited") == 1
    assert MessageVersion.objects.count() == 1


def test_an_edit_of_an_older_text_is_refused_with_the_newest(cast: Cast) -> None:
    seq, joint = cast.say(cast.client, "One").seq, cast.joint
    edit_message(user=cast.client, thread_id=joint.pk, seq=seq, body="Two", rev=1)
    with pytest.raises(ChangedMeanwhile) as refusal:
        edit_message(user=cast.client, thread_id=joint.pk, seq=seq, body="Three", rev=1)
    assert refusal.value.detail["newest"]["text"] == "Two"


def test_a_reaction_in_between_is_no_conflict(cast: Cast) -> None:
    seq, joint = cast.say(cast.client, "One").seq, cast.joint
    react(user=cast.freelancer, thread_id=joint.pk, seq=seq, reaction="heart", on=True)
    assert edit_message(user=cast.client, thread_id=joint.pk, seq=seq, body="Two", rev=1).body == "Two"


def test_only_the_author_edits(cast: Cast) -> None:
    cast.mediate()
    seq, joint = cast.say(cast.client, "Mine").seq, cast.joint.pk
    for who, refusal in (
        (cast.freelancer, NotYours),
        (cast.mediator, NotYours),
        (cast.supervisor, Forbidden),
        (cast.outsider, NotFound),
        (cast.admin, NotFound),
    ):
        with pytest.raises(refusal):
            edit_message(user=who, thread_id=joint, seq=seq, body="Theirs")


def test_an_edit_is_held_to_the_rules_of_sending(cast: Cast) -> None:
    seq, joint = cast.say(cast.client, "Mine").seq, cast.joint.pk
    with pytest.raises(EmptyText):
        edit_message(user=cast.client, thread_id=joint, seq=seq, body="  ")


# --- removing ------------------------------------------------------------------------------------------------


def test_a_removed_message_keeps_its_place_and_nothing_of_what_it_said(cast: Cast) -> None:
    seq, joint = cast.say(cast.client, "Regretted", mentions=(cast.freelancer.pk,)).seq, cast.joint
    edit_message(user=cast.client, thread_id=joint.pk, seq=seq, body="Still regretted")
    react(user=cast.freelancer, thread_id=joint.pk, seq=seq, reaction="sad", on=True)
    for _ in range(2):
        remove_message(user=cast.client, thread_id=joint.pk, seq=seq, reason="Too angry")
    shown = newest(cast.freelancer, joint)
    assert shown["removed"] == {"at": shown["removed"]["at"], "by": str(cast.client.pk), "reason": "Too angry"}
    assert (shown["html"], shown["text"], shown["mentions"], shown["reactions"]) == ("", "", [], {})
    assert versions(user=cast.freelancer, thread_id=joint.pk, seq=seq) == []
    assert events_of(joint).count("message.removed") == 1


def test_nothing_happens_to_a_removed_message_any_more(cast: Cast) -> None:
    seq, joint = cast.say(cast.client, "Regretted").seq, cast.joint.pk
    remove_message(user=cast.client, thread_id=joint, seq=seq)
    for again in (
        lambda: edit_message(user=cast.client, thread_id=joint, seq=seq, body="Back"),
        lambda: react(user=cast.client, thread_id=joint, seq=seq, reaction="heart", on=True),
    ):
        with pytest.raises(AlreadyRemoved) as refusal:
            again()
        assert refusal.value.detail["newest"]["removed"]["reason"] == ""


def test_the_mediator_and_supervisors_remove_with_a_reason(cast: Cast) -> None:
    cast.mediate()
    joint = cast.joint.pk
    for who in (cast.mediator, cast.supervisor):
        seq = cast.say(cast.client, "My bank account is 1234").seq
        for bad in ("", "  ", "a" * 201, "nul \x00"):
            with pytest.raises(NoReason):
                remove_message(user=who, thread_id=joint, seq=seq, reason=bad)
        assert remove_message(user=who, thread_id=joint, seq=seq, reason="Bank details").removed_by == who


def test_nobody_else_removes(cast: Cast) -> None:
    cast.mediate()
    seq, joint = cast.say(cast.client, "Mine").seq, cast.joint.pk
    secret = cast.say(cast.client, "Ours", audience="caucus_client")
    for who, thread, target, refusal in (
        (cast.freelancer, joint, seq, NotYours),
        (cast.senior, joint, seq, Forbidden),
        (cast.qa, joint, seq, Forbidden),
        (cast.outsider, joint, seq, NotFound),
        (cast.supervisor, secret.thread_id, secret.seq, NotFound),
        (cast.freelancer, secret.thread_id, secret.seq, NotFound),
    ):
        with pytest.raises(refusal):
            remove_message(user=who, thread_id=thread, seq=target, reason="Because")
    assert not Message.objects.filter(removed_at__isnull=False).exists()


def test_lines_of_the_system_stand(cast: Cast) -> None:
    joint = cast.joint.pk
    for change in (
        lambda: edit_message(user=cast.client, thread_id=joint, seq=1, body="x"),
        lambda: remove_message(user=cast.client, thread_id=joint, seq=1, reason="x"),
        lambda: react(user=cast.client, thread_id=joint, seq=1, reaction="heart", on=True),
    ):
        with pytest.raises(Forbidden):
            change()


# --- reacting ------------------------------------------------------------------------------------------------


def test_a_reaction_said_twice_happened_once(cast: Cast) -> None:
    seq, joint = cast.say(cast.client, "Done!").seq, cast.joint
    for on in (True, True, False, False, True):
        react(user=cast.freelancer, thread_id=joint.pk, seq=seq, reaction="celebrate", on=on)
    react(user=cast.client, thread_id=joint.pk, seq=seq, reaction="celebrate", on=True)
    assert newest(cast.client, joint)["reactions"] == {"celebrate": [str(cast.freelancer.pk), str(cast.client.pk)]}
    assert events_of(joint).count("message.reacted") == 4
    for who in (cast.client, cast.freelancer):
        react(user=who, thread_id=joint.pk, seq=seq, reaction="celebrate", on=False)
    assert newest(cast.client, joint)["reactions"] == {}


def test_only_offered_reactions_and_only_from_those_who_write_here(cast: Cast) -> None:
    cast.mediate()
    seq, joint = cast.say(cast.client, "Done!").seq, cast.joint.pk
    with pytest.raises(BadReaction):
        react(user=cast.client, thread_id=joint, seq=seq, reaction="<script>", on=True)
    for who, refusal in ((cast.supervisor, Forbidden), (cast.outsider, NotFound)):
        with pytest.raises(refusal):
            react(user=who, thread_id=joint, seq=seq, reaction="heart", on=True)


# --- doors that are shut -------------------------------------------------------------------------------------


def test_a_mediator_who_left_changes_nothing_any_more(cast: Cast) -> None:
    cast.mediate()
    mine = cast.say(cast.mediator, "My words")
    rooms.leave_room(user=cast.mediator, room_id=cast.room.pk)
    for change in (
        lambda: edit_message(user=cast.mediator, thread_id=mine.thread_id, seq=mine.seq, body="x"),
        lambda: remove_message(user=cast.mediator, thread_id=mine.thread_id, seq=mine.seq, reason="x"),
        lambda: react(user=cast.mediator, thread_id=mine.thread_id, seq=mine.seq, reaction="heart", on=True),
    ):
        with pytest.raises(Refused):
            change()
    assert not Event.objects.filter(type__in=("message.edited", "message.removed", "message.reacted")).exists()


def test_somebody_who_was_deactivated_changes_nothing(cast: Cast) -> None:
    mine = cast.say(cast.client, "My words")
    cast.client.is_active = False
    with pytest.raises(NotFound):
        edit_message(user=cast.client, thread_id=mine.thread_id, seq=mine.seq, body="x")


def test_a_message_and_a_thread_that_are_not_there_answer_alike(cast: Cast) -> None:
    for thread, seq in ((cast.joint.pk, 99), (uuid4(), 1)):
        with pytest.raises(NotFound) as refusal:
            edit_message(user=cast.client, thread_id=thread, seq=seq, body="x")
        assert refusal.value.as_dict() == NotFound().as_dict()
