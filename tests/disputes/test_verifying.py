"""Every case file is looked at in its turn; one that does not hold is loud, and listed without a word of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mediation.core import clock
from mediation.disputes import tasks
from mediation.disputes.actions import verifying
from mediation.disputes.models import CaseEntry, ChainCheck, Dispute
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import later
from tests.disputes.ways import case_in


def test_an_open_case_is_looked_at_every_day_and_a_closed_one_in_its_turn(cast: Cast) -> None:
    closed, opened = case_in(cast, State.CLOSED), case_in(cast, State.NEGOTIATING)
    assert tasks.verify_cases() == 2
    assert tasks.verify_cases() == 0, "said again, nothing is left to look at"
    with later(days=1, minutes=1):
        assert tasks.verify_cases() == 1
        assert ChainCheck.objects.get(dispute=opened.id).checked_at == clock.now()
    with later(days=31):
        assert tasks.verify_cases() == 2
        assert ChainCheck.objects.get(dispute=closed.id).holds


def test_those_who_waited_longest_come_first(cast: Cast) -> None:
    closed, opened = case_in(cast, State.CLOSED), case_in(cast, State.NEGOTIATING)
    for case, days in ((opened, 3), (closed, 40)):
        with clock.at(clock.now() - timedelta(days=days)):
            verifying.verify(dispute_id=case.id)
    assert verifying.verify_due(limit=1) == 1
    waiting = ChainCheck.objects.get(checked_at__lt=clock.now() - timedelta(days=1))
    assert waiting.dispute_id == opened.id


def test_a_broken_chain_is_loud_and_stays_known_until_it_holds(
    cast: Cast, draft: Dispute, say: Say, caplog: pytest.LogCaptureFixture
) -> None:
    say(cast.client, "file")
    entry = CaseEntry.objects.get(dispute=draft, type="dispute.file")
    CaseEntry.objects.filter(pk=entry.pk).update(content=entry.content | {"amount_minor": 1})
    first = verifying.verify(dispute_id=draft.pk)
    assert (first.holds, first.broken_since) == (False, first.checked_at)
    assert [(one.levelname, "case 2001 does not hold" in one.getMessage()) for one in caplog.records] == [
        ("CRITICAL", True)
    ]
    with later(days=1):
        again = verifying.verify(dispute_id=draft.pk)
        assert (again.broken_since, again.checked_at) == (first.broken_since, clock.now())
    CaseEntry.objects.filter(pk=entry.pk).update(content=entry.content)
    assert verifying.verify(dispute_id=draft.pk).broken_since is None
    assert ChainCheck.objects.count() == 1


def test_the_admin_lists_what_does_not_hold_and_no_draft(client: Client, cast: Cast, draft: Dispute, say: Say) -> None:
    listed = reverse("admin:disputes_chaincheck_changelist")
    tasks.verify_cases()
    client.force_login(cast.admin)
    assert "Website redesign" not in client.get(listed).content.decode(), "when a claim was begun is its writer's alone"
    say(cast.client, "file")
    CaseEntry.objects.filter(dispute=draft, type="dispute.file").update(actor_id=cast.freelancer.pk)
    check = verifying.verify(dispute_id=draft.pk)
    page = client.get(listed, {"holds__exact": "0"}).content.decode()
    assert "2001" in page
    assert "Website redesign" in page
    change = reverse("admin:disputes_chaincheck_change", args=[check.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"holds": "on"}).status_code == 403
    client.force_login(cast.agent)
    assert client.get(listed).status_code in (302, 403)


def test_beat_knocks_on_it(settings: Any) -> None:
    assert (
        settings.CELERY_BEAT_SCHEDULE["look whether the case files hold"]["task"]
        == "mediation.disputes.tasks.verify_cases"
    )
