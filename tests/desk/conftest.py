"""A case whose clocks run and whose row the desk keeps, with the time in the test's hand."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from mediation.conversations.actions import rooms
from tests.cast import Cast, make_contract, person
from tests.desk.receiver import Receiver, receiving
from tests.disputes.conftest import draft, mediation, milestone, say  # noqa: F401 (fixtures)
from tests.sla.conftest import traveller, world  # noqa: F401 (fixtures)


def elsewhere(cast: Cast, name: str) -> Cast:
    """The same people at Upwork, and a client of that name with a room of their own with Mateo."""
    client = person(f"Client {name}")
    room = rooms.open_room(contract=make_contract(client, cast.freelancer, title=f"Job {name}"))
    return replace(cast, client=client, room=room)


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """Somebody else's server, on this machine and so allowed by the setting."""
    settings.WEBHOOKS_TO_PRIVATE_ADDRESSES = True
    with receiving() as found:
        yield found
