"""A case and its ticket: the product on one side, the stand-in on the other, and both clocks in the test's hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from mediation.conversations.actions.send import Send, Sent, send_message
from mediation.conversations.models import Message
from mediation.disputes.models import Dispute
from mediation.events.dispatch import dispatch
from mediation.zendesk.actions import webhooks, working
from mediation.zendesk.models import Account, Mirror, Outgoing
from tests.cast import Cast
from tests.disputes.conftest import draft, mediation, milestone, say  # noqa: F401 (fixtures)
from tests.sla.conftest import traveller  # noqa: F401 (fixture)
from tests.zendesk_standin import running
from tests.zendesk_standin.running import Standin
from tests.zendesk_standin.running import standin as standin  # noqa: PLC0414

ANA, NINA = 904, 902  # the stand-in's; Nina is nobody of ours


class Sides:
    """Both sides of the mirror. `sync` brings them in step; `later` lets time pass on both."""

    def __init__(self, cast: Cast, case: Dispute, standin: Standin, speak: Callable[..., Any], moment: Any) -> None:
        self.cast, self.case, self.standin, self.say, self.traveller = cast, case, standin, speak, moment

    @property
    def mirror(self) -> Mirror:
        return Mirror.objects.get(dispute=self.case)

    @property
    def ticket(self) -> int:
        found = self.mirror.ticket_id
        assert found is not None
        return found

    def write(self, who: User, text: str, audience: str = "joint", **other: Any) -> Sent:
        """Somebody says something in the room."""
        return send_message(Send(who.pk, self.cast.thread(audience).pk, uuid4(), text, confirmed=True, **other))

    def hear(self) -> None:
        while dispatch():
            pass

    def work(self) -> None:
        """What a worker does now."""
        working.work_due()

    def sync(self) -> None:
        self.hear()
        self.work()

    def ring(self) -> None:
        """As if a webhook had come, and work."""
        webhooks.wake(self.ticket)
        self.sync()

    def later(self, **passes: float) -> None:
        """Let so much time pass on both sides, and work."""
        self.pass_time(**passes)
        self.sync()

    def pass_time(self, **passes: float) -> None:
        """The same, while the worker does nothing."""
        moment = datetime.now(UTC) + timedelta(**passes)
        self.traveller.move_to(moment, tick=False)
        self.standin.set_clock(moment.isoformat())

    def until_in_step(self, *, most: int = 60, **each: float) -> None:
        """Let time pass until nothing waits."""
        for _ in range(most):
            if not self.waiting:
                return
            self.later(**(each or {"seconds": 20}))
        raise AssertionError(f"{self.waiting} lines wait: {self.mirror.why}, {Account.objects.values().first()}")

    @property
    def waiting(self) -> int:
        return Outgoing.objects.filter(mirror__dispute=self.case, done_at__isnull=True).count()

    def comments(self, ticket: int | None = None) -> list[dict[str, Any]]:
        """As the ticket has them."""
        with self.standin.client() as client:
            answer = client.get(f"tickets/{ticket or self.ticket}/comments", params={"page[size]": 100})
        return list(answer.json()["comments"])

    def said_there(self) -> str:
        """Every comment of the ticket, one text."""
        return "\n".join(one["html_body"] for one in self.comments())

    def notes(self) -> list[str]:
        """What stands among the staff's notes."""
        rows = Message.objects.filter(thread=self.cast.thread("internal"), kind="text")
        return list(rows.order_by("seq").values_list("body", flat=True))

    def everything_sent(self) -> str:
        """All that the stand-in ever saw."""
        return "\n".join(
            f"{one['method']} {one['path']} {one['query']} {one['headers']} {one['body']}"
            for one in self.standin.requests()
        )


@pytest.fixture
def zendesk_on(settings: Any, standin: Standin, traveller: Any) -> None:  # noqa: F811
    """The product points at the stand-in, whose clock is the product's."""
    settings.ZENDESK = replace(
        settings.ZENDESK,
        url=standin.url,
        client_id=running.CLIENT_ID,
        client_secret=running.CLIENT_SECRET,
        webhook_secrets=[running.WEBHOOK_SECRET],
        webhook_id=running.WEBHOOK_ID,
        account_id=str(running.ACCOUNT_ID),
        requests_per_minute=100_000,
    )
    standin.set_clock(datetime.now(UTC).isoformat())


@pytest.fixture
def sides(zendesk_on: None, cast: Cast, draft: Dispute, mediation: Any, standin: Standin, traveller: Any) -> Sides:  # noqa: F811
    """Ana mediates between Helen and Mateo, and the ticket says so."""
    User.objects.filter(pk=cast.mediator.pk).update(email="ana@parley.example")
    found = Sides(cast, draft, standin, mediation, traveller)
    found.sync()
    return found
