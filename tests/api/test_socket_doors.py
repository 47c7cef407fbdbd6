"""Every command of the socket, from everybody, in every place, as the reviewed table says (S-03)."""

from typing import Any

import orjson
import pytest
from django.db import transaction

from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.queries.room import room_state
from mediation.core.errors import Refused
from mediation.live import protocol as p
from mediation.live.commands import SessionEnded, perform
from tests.api.doors import COMMANDS, UNANSWERED
from tests.api.grids import STATUS
from tests.api.world import Place, World

pytestmark = pytest.mark.django_db


def test_every_command_is_decided() -> None:
    assert COMMANDS.keys() | UNANSWERED == p.COMMANDS.keys()
    assert not COMMANDS.keys() & UNANSWERED


@pytest.mark.parametrize("name", COMMANDS)
def test_command(name: str, world: World) -> None:
    grid, fields = COMMANDS[name]
    for role, row in grid.items():
        hidden = set()
        for place, cell in row.items():
            with transaction.atomic():
                answer = say(name, fields, world, role, world.places[place])
                transaction.set_rollback(True)
            assert answer[0] == cell, f"{name}: {role} at {place}: {answer}"
            if cell == ".":
                hidden.add(answer)
        assert len(hidden) <= 1, f"{name}: {role} can tell foreign from absent"


def say(name: str, fields: dict[str, Any], world: World, role: str, place: Place) -> tuple[str, str]:
    """The word of the grids for the answer, and the refusal itself."""
    frame = {key: value(place) if callable(value) else value for key, value in fields.items()}
    command = p.decode(orjson.dumps({"t": name} | frame))
    session = world.clients[role].session.session_key or "nobody"
    try:
        _do(command, session, world, role)
    except SessionEnded:
        return "in", ""
    except Refused as refusal:
        words = {status: word for word, status in STATUS.items()}
        return words.get(refusal.status, "?"), str(refusal.as_dict())
    return "ok", ""


def _do(command: p.Command, session: str, world: World, role: str) -> None:
    person = world.somebody(role)
    if isinstance(command, p.SendMessage | p.Hello):
        if person is None:
            raise SessionEnded  # the connection is closed before any command is heard: tests/live/test_doors.py
        if isinstance(command, p.Hello):
            assert command.room is not None
            room_state(user=person, room_id=command.room)
        else:
            send_message(Send(author_id=person.pk, thread_id=command.thread, client_id=command.cid, body=command.text))
    else:
        perform(session, command)
