"""Cases that were open before Zendesk was set up (fault 21 of the design: a job with rows that failed)."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mediation.zendesk import client
from mediation.zendesk.actions import backfilling, working
from mediation.zendesk.actions.asking import Wait
from mediation.zendesk.models import Allowance, Mirror, Request
from tests.zendesk.conftest import Sides

JOBS = r"^/api/v2/imports/tickets/create_many"


@pytest.fixture
def before(sides: Sides) -> Sides:
    """The case had its talk, and no ticket; who is in it is known there."""
    for number in range(3):
        sides.write(sides.cast.client, f"Word {number}.")
    sides.write(sides.cast.mediator, "Aside.", "internal")
    sides.hear()
    sides.standin.as_agent(do="delete", ticket=sides.ticket)
    Mirror.objects.all().delete()
    Allowance.objects.all().delete()
    return sides


def settled(sides: Sides) -> list[str]:
    working.work_due()
    sides.until_in_step()
    return [one["html_body"] for one in sides.comments()]


def test_the_past_is_imported_with_its_moments_and_goes_on_live(before: Sides) -> None:
    assert backfilling.backfill() == 1
    assert backfilling.backfill() == 0, "said twice, sent once"
    said = settled(before)
    assert ["Aside." in one for one in said] == [False, True]
    assert said[0].index("Word 0.") < said[0].index("Word 2.")
    assert before.comments()[0]["created_at"] == "2026-03-09T14:00:00Z"
    assert {one["public"] for one in before.comments()} == {False}
    before.write(before.cast.client, "And now.")
    before.sync()
    before.until_in_step()
    assert before.said_there().count("And now.") == 1


def test_a_row_of_the_job_failed_and_becomes_a_ticket_all_the_same(before: Sides) -> None:
    before.standin.faults({"what": "fail_rows", "rows": [0], "path": JOBS})
    assert backfilling.backfill() == 1
    assert "Word 2." in "".join(settled(before))
    assert Request.objects.filter(kind="open").count() == 1


@pytest.mark.parametrize("what", ["lose_answer", "refuse_before"])
def test_nobody_knows_the_job(before: Sides, what: str) -> None:
    before.standin.faults({"what": what, "path": JOBS})
    with pytest.raises(client.Unsure):
        backfilling.backfill()
    said = "".join(settled(before))
    assert said.count("Word 2.") == 1
    with before.standin.client() as somebody:
        named = {"external_id": f"parley:dispute:{before.case.pk}"}
        assert len(somebody.get("tickets", params=named).json()["tickets"]) == 1


def test_a_job_that_takes_its_time_and_one_that_is_forgotten(before: Sides) -> None:
    before.standin.set(job_seconds=60)
    backfilling.backfill()
    working.work_due()
    assert before.mirror.ticket_id is None
    Request.objects.update(job="unknown")
    assert "Word 2." in "".join(settled(before))


def test_what_was_refused_waits_for_the_next_time(before: Sides) -> None:
    before.standin.faults({"what": "status", "status": 429, "headers": {"Retry-After": "5"}, "path": JOBS})
    with pytest.raises(Wait):
        backfilling.backfill()
    assert "Word 2." in "".join(settled(before)), "the worker makes the ticket as any other"


def test_the_command(before: Sides, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("zendesk_backfill")
    assert "1 cases were sent" in capsys.readouterr().out
    before.standin.faults({"what": "status", "status": 503, "path": "^/"})
    Mirror.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("zendesk_backfill")
