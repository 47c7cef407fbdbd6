"""Read marks and drafts."""

import pytest

from mediation.conversations.actions import reading, rooms
from mediation.conversations.models import Draft, ReadMark
from mediation.core.errors import Forbidden, Invalid, NotFound
from mediation.events.models import Event
from tests.cast import Cast


def test_a_mark_only_moves_forward_and_never_past_the_newest_event(cast: Cast) -> None:
    joint = cast.joint.pk
    for number in range(4):
        cast.say(cast.freelancer, f"Line {number}")
    assert reading.mark_read(user=cast.client, thread_id=joint, seq=3) == 3
    assert reading.mark_read(user=cast.client, thread_id=joint, seq=2) == 3
    assert reading.mark_read(user=cast.client, thread_id=joint, seq=3) == 3
    assert reading.mark_read(user=cast.client, thread_id=joint, seq=10**12) == 5
    assert reading.mark_read(user=cast.client, thread_id=joint, seq=-7) == 5
    assert ReadMark.objects.count() == 1


def test_only_readers_have_marks(cast: Cast) -> None:
    cast.mediate()
    for user, audience in ((cast.outsider, "joint"), (cast.client, "caucus_freelancer"), (cast.freelancer, "internal")):
        with pytest.raises(NotFound):
            reading.mark_read(user=user, thread_id=cast.id_of(audience), seq=1)


def test_a_draft_is_kept_replaced_and_thrown_away(cast: Cast) -> None:
    joint, before = cast.joint, Event.objects.count()
    reading.save_draft(user=cast.client, thread_id=joint.pk, body="First")
    reading.save_draft(user=cast.client, thread_id=joint.pk, body="Second", reply_to_seq=1)
    assert list(Draft.objects.values_list("body", "reply_to_seq")) == [("Second", 1)]
    assert reading.save_draft(user=cast.client, thread_id=joint.pk, body="  ") is None
    reading.discard_draft(user=cast.client, thread_id=joint.pk)
    assert not Draft.objects.exists()
    assert Event.objects.count() == before


def test_a_draft_needs_the_right_to_write(cast: Cast) -> None:
    cast.mediate()
    with pytest.raises(Forbidden):
        reading.save_draft(user=cast.supervisor, thread_id=cast.joint.pk, body="Hm")
    with pytest.raises(NotFound):
        reading.save_draft(user=cast.client, thread_id=cast.id_of("internal"), body="Hm")
    with pytest.raises(NotFound):
        reading.discard_draft(user=cast.outsider, thread_id=cast.joint.pk)
    with pytest.raises(Invalid):
        reading.save_draft(user=cast.client, thread_id=cast.joint.pk, body="Hm", reply_to_seq=999)


def test_a_mediator_who_left_has_no_private_thread_any_more(cast: Cast) -> None:
    cast.mediate()
    caucus = cast.id_of("caucus_client")
    rooms.leave_room(user=cast.mediator, room_id=cast.room.pk)
    with pytest.raises(NotFound):
        reading.mark_read(user=cast.mediator, thread_id=caucus, seq=1)
    with pytest.raises(NotFound):
        reading.save_draft(user=cast.mediator, thread_id=caucus, body="Hm")
