"""The review of a week's hours by plain forms: any stretch of any day, kept while one writes on."""

import re
from datetime import date

import pytest
from django.test import Client

from mediation.conversations.models import Contract
from mediation.core import clock
from mediation.disputes.actions import ledger
from mediation.disputes.models import CaseEntry, Dispute
from mediation.disputes.rules.states import State, Track
from tests.cast import Cast
from tests.disputes.ways import case_in
from tests.web.test_case_pages import do, page, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(cast: Cast) -> str:
    """Thirty dollars an hour, in the week of Monday 16 November."""
    draft = case_in(cast, State.LOG_REVIEW, Track.HOURLY).row
    Contract.objects.update(hourly_rate_minor=3_000, kind="hourly")
    week = date(2026, 11, 16)
    Dispute.objects.update(week_starts=week)
    ledger.pay_hours(
        contract_id=draft.room.contract_id, week=week, currency="USD", amount_minor=504_000, at=clock.now()
    )
    return do(draft, "record_log_review")


def test_every_day_of_the_week_has_its_rows_and_more_can_be_had(client: Client, cast: Cast, door: str) -> None:
    first = page(client, cast.agent, door)
    assert "Monday" in first
    assert "Sunday" in first
    assert len(re.findall(r'name="from_6_', first)) == 2
    client.force_login(cast.agent)
    said = {"rows_6": "2", "from_6_1": "22:10", "to_6_1": "23:00", "upheld_6_1": "on", "sum_0_0": "x"}
    for rows in (6, 10):
        answer = client.post(door, said | {"more": "6"})
        assert answer.status_code == 200
        shown = answer.content.decode()
        assert len(re.findall(r'name="from_6_', shown)) == rows
        assert 'value="22:10"' in shown, "what was decided is kept"
        said["rows_6"] = str(rows)
    assert Dispute.objects.get().state == "log_review"


def test_the_sums_follow_from_the_rate_and_the_whole_week_can_be_decided(client: Client, cast: Cast, door: str) -> None:
    said: dict[str, object] = {f"rows_{day}": 2 for day in range(7)}
    said |= {f"from_{day}_0": "00:00" for day in range(7)} | {f"to_{day}_0": "12:00" for day in range(7)}
    said |= {f"from_{day}_1": "12:00" for day in range(7)} | {f"to_{day}_1": "00:00" for day in range(7)}
    said |= {f"upheld_{day}_{n}": "on" for day in range(7) for n in range(2)}
    del said["upheld_2_0"]
    assert post(client, cast.agent, door, **said) == 302
    assert Dispute.objects.get().settled_refund_minor == 12 * 3_000
    slots = CaseEntry.objects.get(type="dispute.record_log_review").content["slots"]
    assert len(slots) == 14
    assert slots[4] == {"slot": "2026-11-18 00:00–12:00", "amount_minor": 36_000, "is_upheld": False}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"from_0_0": "09:00"}, "Write from when until when"),
        ({"from_0_0": "10:00", "to_0_0": "09:00"}, "Write from when until when"),
        ({"from_0_0": "09:05", "to_0_0": "10:00"}, "Write from when until when"),
        ({"from_0_0": "09:00", "to_0_0": "10:00", "from_0_1": "09:50", "to_0_1": "11:00"}, "This overlaps"),
        ({"from_0_0": "09:00", "to_0_0": "10:00", "sum_0_0": "12.345"}, "Write the sum like"),
        ({"sum_0_0": "12"}, "Write from when until when"),
    ],
)
def test_a_row_that_is_wrong_says_so_and_nothing_is_lost(
    client: Client, cast: Cast, door: str, rows: dict[str, str], why: str
) -> None:
    client.force_login(cast.agent)
    answer = client.post(door, rows | {"from_3_0": "08:00", "to_3_0": "09:00"})
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert why in shown
    assert 'value="08:00"' in shown
    assert Dispute.objects.get().state == "log_review"


def test_a_review_of_nothing_or_of_more_than_the_week_says_what_to_do(client: Client, cast: Cast, door: str) -> None:
    client.force_login(cast.agent)
    empty = client.post(door, {})
    assert empty.status_code == 400
    assert "Fill in at least one row" in empty.content.decode()
    amount = Dispute.objects.get().amount_minor
    too_much = client.post(door, {"from_0_0": "09:00", "to_0_0": "10:00", "sum_0_0": f"{amount / 100 + 12.5:.2f}"})
    assert too_much.status_code == 400
    assert "is $12.50 more than was paid for the week" in too_much.content.decode()
    assert Dispute.objects.get().state == "log_review"
