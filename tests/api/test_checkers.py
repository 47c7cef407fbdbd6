"""The checkers are checked: a planted fault turns them red."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from mediation.conversations import audience
from mediation.conversations.models import Attachment, Room, Thread
from mediation.conversations.rules.access import AUDIENCES
from tests.api import test_doors
from tests.api.door import Door
from tests.api.doors import DOORS
from tests.api.test_doors import check
from tests.api.world import World

pytestmark = pytest.mark.django_db
Plant = Callable[[pytest.MonkeyPatch], None]


def _everybody_reads_every_thread(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(audience, "thread_to_read", lambda person, thread_id: Thread.objects.get(pk=thread_id))
    patch.setattr(audience, "check_may_read", lambda person, thread_id: None)


def _everybody_is_at_home_in_every_room(patch: pytest.MonkeyPatch) -> None:
    everything = frozenset(AUDIENCES)
    patch.setattr(audience, "standing", lambda person, room_id: audience.Standing("mediator", everything, everything))


def _foreign_is_told_from_absent(patch: pytest.MonkeyPatch) -> None:
    look = audience.thread_to_read

    def tells(person: Any, thread_id: UUID) -> Thread:
        if not Thread.objects.filter(pk=thread_id).exists():
            raise audience.NotFound("There is no such thread.")
        return look(person, thread_id)

    patch.setattr(audience, "thread_to_read", tells)


def _files_are_given_to_anybody(patch: pytest.MonkeyPatch) -> None:
    from mediation.conversations.queries import files

    patch.setattr(files, "download", lambda user, attachment_id: Attachment.objects.get(pk=attachment_id))


@pytest.mark.parametrize(
    ("plant", "name"),
    [
        (_everybody_reads_every_thread, "GET api/threads/<uuid:thread>/messages/"),
        (_everybody_is_at_home_in_every_room, "POST api/rooms/<uuid:room>/threads/"),
        (_everybody_is_at_home_in_every_room, "PATCH api/threads/<uuid:thread>/"),
        (_foreign_is_told_from_absent, "PUT api/threads/<uuid:thread>/read/"),
        (_files_are_given_to_anybody, "GET api/files/<uuid:file>/"),
    ],
)
def test_a_planted_fault_is_found(plant: Plant, name: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    door = next(door for door in DOORS if str(door) == name)
    check(door, world)
    plant(monkeypatch)
    # A lookup that finds nothing where the rule was taken out is as good a proof.
    with pytest.raises((AssertionError, Thread.DoesNotExist, Attachment.DoesNotExist, Room.DoesNotExist)):
        check(door, world)


def test_a_door_without_a_row_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for missing in DOORS[:3]:
        monkeypatch.setattr(test_doors, "DOORS", [door for door in DOORS if door is not missing])
        with pytest.raises(AssertionError, match="no row"):
            test_doors.test_every_route_and_method_is_decided_once()


def test_a_row_without_a_door_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_doors, "DOORS", [*DOORS, Door("GET", "api/nothing/here/", DOORS[0].grid)])
    with pytest.raises(AssertionError, match="gone"):
        test_doors.test_every_route_and_method_is_decided_once()
