"""A case whose clocks hear what happens, with the time in the test's hand."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from mediation.disputes.models import Dispute
from mediation.events.dispatch import dispatch
from mediation.sla.models import Clock
from tests.cast import Cast
from tests.disputes.conftest import draft, milestone, say  # noqa: F401 (fixtures)

MONDAY = datetime(2026, 3, 9, 14, tzinfo=UTC)  # ten in the morning in New York


class World:
    """`at(hours)` goes on; `clock("NRT", person)` is the newest of that kind."""

    def __init__(self, cast: Cast, dispute: Dispute, speak: Callable, traveller: Any) -> None:
        self.cast, self.dispute, self.do, self.traveller = cast, dispute, speak, traveller

    @property
    def case(self) -> Dispute:
        """As it is stored now."""
        return Dispute.objects.get(pk=self.dispute.pk)

    def at(self, **since_monday: float) -> "World":
        """Go to a moment after Monday, ten o'clock, and let the clocks hear what happened before."""
        self.hear()
        self.traveller.move_to(MONDAY + timedelta(**since_monday), tick=False)
        return self

    def hear(self) -> None:
        while dispatch():
            pass

    def clock(self, metric: str, person: object = None) -> Clock:
        self.hear()
        found = Clock.objects.filter(dispute=self.dispute, metric=metric)
        found = found.filter(person=person) if person else found
        return found.order_by("-activated_at", "-pk").first()

    def ask(self) -> None:
        """Helen files, Mateo declines, Helen asks for a mediator."""
        self.do(self.cast.client, "file")
        self.do(self.cast.freelancer, "decline", reason="disagree", statement="I delivered what we agreed.")
        self.do(self.cast.client, "ask_mediator", note="We cannot agree.")


@pytest.fixture
def traveller() -> Iterator[Any]:
    with time_machine.travel(MONDAY, tick=False) as moment:
        yield moment


@pytest.fixture
def world(traveller: Any, cast: Cast, draft: Dispute, say: Callable) -> World:  # noqa: F811
    return World(cast, draft, say, traveller)
