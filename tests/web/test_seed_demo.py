"""The demo data: complete, believable, and the same after a second run."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from accounts.models import User
from accounts.rules import Role
from mediation.conversations import audience
from mediation.conversations.models import Attachment, Contract, Draft, HelpRequest, Message, ReadMark, Room, Thread
from mediation.core import clock
from mediation.desk.models import QueueRow, TriggerLog
from mediation.disputes.models import CaseEntry, Dispute, LedgerEntry
from mediation.disputes.queries import chains
from mediation.disputes.rules import claimable
from mediation.disputes.rules.states import State
from mediation.events.models import Event
from mediation.web.demo.people import PASSWORD, SIGN_INS
from mediation.web.demo.stage import HOURS_PAID_AT, SATURDAY, with_hours_to_claim

EVERYTHING = (
    User, Contract, Room, Thread, Message, Event, Attachment, ReadMark, Draft, HelpRequest, Dispute, CaseEntry,
    LedgerEntry,
)  # fmt: skip


@pytest.fixture(scope="module")
def said(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """What the command said when it filled the database, once for this file; undone after it."""
    out = StringIO()
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        outer = transaction.atomic()
        outer.__enter__()
        try:
            call_command("seed_demo", stdout=out)
        except Exception as problem:  # what it left must be nobody else's
            outer.__exit__(type(problem), problem, problem.__traceback__)
            raise
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield out.getvalue()
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.mark.parametrize("hour", range(7 * 24))
def test_at_every_hour_of_a_week_there_are_paid_hours_to_claim_about(hour: int) -> None:
    at = datetime(2026, 11, 23, 0, 40, tzinfo=UTC) + timedelta(hours=hour)
    chosen = with_hours_to_claim(at)
    assert chosen <= at
    assert at - chosen < timedelta(days=3, hours=6)
    assert claimable.last_week(chosen) + timedelta(days=7) == chosen.date() - timedelta(days=chosen.weekday())
    paid_at = datetime.combine(claimable.last_week(chosen) + timedelta(days=7), time(HOURS_PAID_AT), UTC)
    assert paid_at <= chosen, "last week's hours are paid"
    assert chosen.weekday() < SATURDAY, "last week's hours are looked at slot by slot until Friday"


@pytest.fixture
def demo(said: str, db: None) -> str:
    return said


def everything() -> list[list[object]]:
    return [list(model.objects.order_by("pk").values()) for model in EVERYTHING]


def test_it_shows_contracts_of_every_kind_in_three_languages(demo: str) -> None:
    assert Contract.objects.count() >= 12
    assert set(Contract.objects.values_list("status", flat=True)) == set(Contract.Status.values)
    assert set(Contract.objects.values_list("kind", flat=True)) == set(Contract.Kind.values)
    assert set(Contract.objects.values_list("currency", flat=True)) == {"USD", "EUR", "GBP"}
    assert set(User.objects.values_list("role", flat=True)) == {role.value for role in Role}
    assert set(User.objects.values_list("language", flat=True)) == {"en", "es", "nl"}


def test_a_trigger_has_fired_and_says_why(demo: str) -> None:
    line = TriggerLog.objects.get(has_fired=True)
    assert line.trigger.name == "A large sum is in dispute"
    assert all(one["holds"] for one in line.why)
    assert QueueRow.objects.get(pk=line.dispute_id).priority == "high"


def test_two_rooms_wait_for_a_mediator(demo: str) -> None:
    assert HelpRequest.objects.filter(taken_at=None, ended_at=None).count() == 2


def test_there_is_a_case_in_nearly_every_state_in_three_languages_and_every_chain_holds(demo: str) -> None:
    shown = set(Dispute.objects.values_list("state", flat=True))
    assert shown == {state.value for state in State} - {State.EXECUTING, State.IN_ARBITRATION}
    assert Dispute.objects.filter(state=State.CLOSED, outcome="settled").exists()
    assert set(Dispute.objects.values_list("filer__language", flat=True)) == {"en", "es", "nl"}
    for dispute in Dispute.objects.order_by("pk"):
        assert list(chains.breaks(dispute)) == []
        due = dispute.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True, due_at__lte=clock.now())
        assert not due.exists(), f"{dispute} would move by itself at once"


def test_a_second_run_changes_nothing(demo: str) -> None:
    before = everything()
    call_command("seed_demo", verbosity=0)
    assert everything() == before


def test_everything_happened_in_the_past_and_in_order(demo: str) -> None:
    assert not Event.objects.filter(at__gt=clock.now()).exists()
    for thread in Thread.objects.all():
        events = list(Event.objects.filter(topic_id=thread.pk).order_by("seq").values_list("seq", "at"))
        assert [seq for seq, _at in events] == list(range(1, thread.head_seq + 1))
        assert [at for _seq, at in events] == sorted(at for _seq, at in events)


def test_a_picture_and_a_pdf_are_attached(demo: str) -> None:
    kinds = dict(Attachment.objects.values_list("content_type", "name"))
    assert kinds == {"image/png": "checkout-iphone-27oct.png", "application/pdf": "Content hand-over, 19 Oct.pdf"}
    assert Attachment.objects.get(content_type="image/png").thumbnail


def test_outsiders_see_none_of_it(demo: str) -> None:
    olga = User.objects.get(email="olga@parley.example")
    assert [room.contract.title for room in audience.readable_rooms(olga)] == ["Garden plan, north slope"]


def test_everybody_on_the_list_can_sign_in(demo: str, client: Client) -> None:
    for email, _who in SIGN_INS:
        assert email in demo
        assert User.objects.get(email=email).is_active
    assert client.login(email=SIGN_INS[0][0], password=PASSWORD)


def test_it_refuses_to_run_in_production(db: None, settings: object) -> None:
    settings.PRODUCTION = True
    before = everything()
    with pytest.raises(CommandError):
        call_command("seed_demo")
    assert everything() == before
