"""Cases that Upwork decides: found by who may, read and acted on without being in the room."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from mediation.conversations.actions import rooms
from mediation.disputes.actions import firing
from mediation.disputes.models import Dispute
from mediation.disputes.queries.undecided import undecided
from mediation.disputes.rules.states import State
from tests.cast import Cast, make_contract
from tests.disputes.conftest import Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414
from tests.disputes.stories import later
from tests.disputes.ways import case_in
from tests.web.test_case_pages import do, page, post, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def silence(cast: Cast, draft: Dispute, say: Say) -> Dispute:
    """Nobody answered, and the grace is over. No mediator was ever asked for, so staff do not read the room."""
    say(cast.client, "file")
    for days in (5, 7):
        with later(days=days, minutes=days):
            firing.sweep()
    draft.refresh_from_db()
    return draft


def test_it_waits_only_once_there_is_something_to_decide(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    assert not undecided(cast.agent)
    for days in (5, 7):
        with later(days=days, minutes=days):
            firing.sweep()
    for who in (cast.agent, cast.senior, cast.qa, cast.supervisor):
        assert list(undecided(who)) == [draft]
    cast.agent.is_active = False
    for who in (cast.agent, cast.analyst, cast.admin, cast.client, cast.outsider):
        assert not undecided(who)


def test_an_agent_finds_it_reads_it_and_decides_it(client: Client, cast: Cast, silence: Dispute) -> None:
    case = reverse("web:case", args=[silence.pk])
    waiting = page(client, cast.agent, reverse("web:waiting"))
    assert f'href="{case}"' in waiting
    assert "decide what the silence means" in text_of(waiting)
    alone = page(client, cast.agent, case)
    assert do(silence, "confirm_default") not in alone
    assert "Not yet Confirm that no answer came" in text_of(alone)
    silence.notices.update(handed_over_at=silence.filed_at)
    assert do(silence, "confirm_default") in page(client, cast.agent, case)
    room = reverse("web:room", args=[cast.room.pk])
    assert client.get(room).status_code == 404
    for path in (case, do(silence, "confirm_default"), reverse("web:case_brief", args=[silence.pk])):
        assert room not in page(client, cast.agent, path), path
    decided = client.post(do(silence, "confirm_default"), {"reason": "No answer."})
    assert decided.headers["Location"] == case
    assert not undecided(cast.agent)


def test_a_party_goes_on_from_the_room(client: Client, cast: Cast, silence: Dispute) -> None:
    room = reverse("web:room", args=[cast.room.pk])
    assert f'href="{room}"' in page(client, cast.client, do(silence, "withdraw"))
    assert post(client, cast.client, do(silence, "withdraw")) == 302
    assert f'href="{room}"' in page(client, cast.client, reverse("web:case", args=[silence.pk]))


def test_an_award_waits_for_seniors_alone(cast: Cast) -> None:
    case = case_in(cast, State.IN_ARBITRATION)
    for who in (cast.senior, cast.supervisor):
        assert list(undecided(who)) == [case.row]
    for who in (cast.agent, cast.qa):
        assert not undecided(who)


def test_what_is_on_hold_does_not_wait(cast: Cast, silence: Dispute, say: Say) -> None:
    say(cast.supervisor, "hold", reason="The police asked us to wait.")
    assert not undecided(cast.supervisor)
    say(cast.supervisor, "unhold")
    assert list(undecided(cast.supervisor)) == [silence]


def test_what_is_due_longest_comes_first_whatever_was_filed_first(cast: Cast, silence: Dispute) -> None:
    """A log review that was due before the silence was over, of a claim that was filed after it."""
    log = copy_of(silence, 1, state=State.LOG_REVIEW.value, filed_at=silence.filed_at + timedelta(days=1))
    log.timers.create(kind="log_review", due_at=silence.filed_at + timedelta(days=3))
    award = copy_of(silence, 2, state=State.IN_ARBITRATION.value)
    award.arbitration_steps.create(party=cast.client, kind="paid", at=silence.filed_at + timedelta(days=4))
    assert list(undecided(cast.senior)) == [log, award, silence]


def test_more_than_a_page_is_a_page_away(
    client: Client, cast: Cast, silence: Dispute, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediation.web.views.waiting.CASES_ON_A_PAGE", 1)
    later_due = copy_of(silence, 1)
    later_due.timers.create(kind="response", due_at=silence.filed_at + timedelta(days=60))
    address = reverse("web:waiting")
    links = [reverse("web:case", args=[one.pk]) for one in (silence, later_due)]
    first, second = (page(client, cast.agent, f"{address}?page={number}") for number in (1, 2))
    assert [link in first for link in links] == [True, False]
    assert [link in second for link in links] == [False, True]
    assert 'rel="next" href="?page=2#undecided"' in first
    assert 'rel="prev" href="?page=1#undecided"' in second
    assert "Page 2 of 2" in text_of(second)


def copy_of(case: Dispute, number: int, **changed: object) -> Dispute:
    """Another case of the same people, in a room of its own."""
    row = Dispute.objects.get(pk=case.pk)
    row.pk, row._state.adding = uuid4(), True
    row.room = rooms.open_room(contract=make_contract(case.filer, case.respondent))
    row.number = 9_000 + number
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    return row
