"""The stand-in rings at a real server of ours: signed, shuffled, repeated, late. Both go by the machine's clock."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from accounts.models import User
from mediation.disputes.models import Dispute
from mediation.zendesk.models import Ring, Stray
from tests.cast import Cast
from tests.live.conftest import running
from tests.live.server import LiveServer
from tests.zendesk.conftest import ANA, NINA, Sides, draft, mediation  # noqa: F401 (fixtures)
from tests.zendesk_standin import running as zendesk
from tests.zendesk_standin.running import Standin


@pytest.fixture
def web(transactional_db: None, django_db_blocker: Any, standin: Standin) -> Iterator[LiveServer]:
    """A server that knows of Zendesk."""
    known = {
        "ZENDESK_URL": standin.url,
        "ZENDESK_CLIENT_ID": zendesk.CLIENT_ID,
        "ZENDESK_CLIENT_SECRET": zendesk.CLIENT_SECRET,
        "ZENDESK_WEBHOOK_SECRET": zendesk.WEBHOOK_SECRET,
        "ZENDESK_WEBHOOK_ID": zendesk.WEBHOOK_ID,
        "ZENDESK_ACCOUNT_ID": str(zendesk.ACCOUNT_ID),
    }
    with running(django_db_blocker, **known) as server:
        yield server


@pytest.fixture
def real(web: LiveServer, cast: Cast, draft: Dispute, mediation: Any, standin: Standin, settings: Any) -> Sides:  # noqa: F811
    settings.ZENDESK = replace(
        settings.ZENDESK, url=standin.url, client_id=zendesk.CLIENT_ID, client_secret=zendesk.CLIENT_SECRET,
        requests_per_minute=100_000,
    )  # fmt: skip
    User.objects.filter(pk=cast.mediator.pk).update(email="ana@parley.example")
    sides = Sides(cast, draft, standin, mediation, None)
    sides.sync()
    standin.set(webhook_to=f"{web.origin}/zendesk/webhook/")
    return sides


def ring_out(sides: Sides) -> list[dict[str, Any]]:
    """Agents say things, and all the webhooks of it are delivered."""
    for number in range(4):
        sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment=f"Word {number}.", public=False)
    sides.standin.as_agent(who=NINA, ticket=sides.ticket, comment="A stranger's.", public=False, priority="high")

    def settled() -> list[dict[str, Any]]:
        found = sides.standin.webhooks()
        return found if all(one["state"] in ("taken", "given up") for one in found) else []

    return list(sides.standin.wait(settled))


def test_shuffled_repeated_and_late_webhooks_lose_and_double_nothing(real: Sides) -> None:
    real.standin.set(webhooks_twice=True, webhooks_shuffled=True, webhooks_late_seconds=0.5)
    delivered = ring_out(real)
    assert {status for one in delivered for status in one["statuses"]} == {200}
    assert all(one["tries"] == 2 for one in delivered)
    assert Ring.objects.count() == len(delivered)
    for _ in range(2):
        real.sync()
        assert real.notes() == [f"From Zendesk:\nWord {number}." for number in range(4)]
        assert list(Stray.objects.values_list("text", flat=True)) == ["A stranger's."]
    assert real.mirror.there["priority"] == "high"


def test_forged_ones_ring_nothing(real: Sides) -> None:
    """And so the test above is worth something: without a ring nobody hears of it here."""
    real.standin.set(webhooks_bad_signature=True, webhook_tries=1)
    assert {status for one in ring_out(real) for status in one["statuses"]} == {404}
    real.sync()
    assert Ring.objects.count() == 0
    assert real.notes() == []
