"""What the daily look and the export find, and comments from people who are no agents of ours."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediation.zendesk import tasks
from mediation.zendesk.actions import outbox, pulling, reconciling, webhooks
from mediation.zendesk.models import Account, Mirror, Person, Ring, Stray
from mediation.zendesk.rules import audits
from tests.zendesk.conftest import ANA, Sides

AUDITS = {"method": "GET", "path": "/audits$"}


@pytest.fixture
def due(sides: Sides) -> Sides:
    """The ticket's daily look is due."""
    sides.later(minutes=10)
    return sides


def test_each_ticket_is_compared_once_a_day(due: Sides) -> None:
    assert tasks.check() == 1
    assert tasks.check() == 0
    due.later(hours=25)
    assert tasks.check() == 1


def test_a_comment_of_ours_that_is_public_is_made_private_and_stops_the_mirror(due: Sides) -> None:
    with due.standin.client() as client:
        said = {"body": "x", "public": True}
        items = [str(pk) for pk in due.mirror.outgoing.values_list("pk", flat=True)[:1]]
        meta = {"src": "parley", "ob": items, "v": 1}
        client.put(f"tickets/{due.ticket}", json={"ticket": {"comment": said, "metadata": meta}})
    tasks.check()
    assert (due.mirror.health, due.mirror.why) == ("frozen", "privacy")
    assert {one["public"] for one in due.comments()} == {False}


def test_another_ticket_of_the_case_is_told_of(due: Sides, caplog: pytest.LogCaptureFixture) -> None:
    with due.standin.client() as client:
        made = {"external_id": f"parley:dispute:{due.case.pk}", "comment": {"body": "x", "public": False}}
        client.post("tickets", json={"ticket": made})
    tasks.check()
    assert "more than one ticket" in caplog.text


def test_a_deleted_ticket_is_found(due: Sides) -> None:
    with due.standin.client() as client:
        client.delete(f"tickets/{due.ticket}")
    due.standin.faults({"what": "status", "status": 404, "body": {"error": "RecordNotFound"}, "times": 0, **AUDITS})
    tasks.check()
    assert due.mirror.health == "gone"


def test_a_look_that_fails_is_made_again(due: Sides) -> None:
    due.standin.faults({"what": "status", "status": 503, **AUDITS})
    assert tasks.check() == 0
    assert due.mirror.lease is None
    assert tasks.check() == 1


def test_the_export_fails_and_goes_on(due: Sides) -> None:
    due.standin.faults({"what": "status", "status": 503, "path": "incremental"})
    assert tasks.read_changes() == 0
    due.standin.faults({"what": "status", "status": 429, "path": "incremental", "headers": {"Retry-After": "5"}})
    assert tasks.read_changes() == 0
    due.later(seconds=30)
    assert tasks.read_changes() >= 1
    assert Account.objects.get().exported_at is not None


def test_nothing_is_asked_without_zendesk(due: Sides, settings: Any) -> None:
    settings.ZENDESK = replace(settings.ZENDESK, url="")
    seen = len(due.standin.requests())
    assert [tasks.check(), tasks.read_changes(), tasks.work()] == [0, 0, 0]
    assert len(due.standin.requests()) == seen


def test_old_rings_are_forgotten(due: Sides) -> None:
    webhooks.ring(invocation="one", ticket_id=due.ticket)
    due.later(days=3)
    webhooks.ring(invocation="two", ticket_id=due.ticket)
    assert webhooks.forget_old() == 1
    assert list(Ring.objects.values_list("pk", flat=True)) == ["two"]


def test_a_party_who_answers_by_mail_speaks_for_no_agent(sides: Sides) -> None:
    shadow = Person.objects.get(is_shadow=True)
    sides.standin.as_agent(who=shadow.zendesk_id, via="email", ticket=sides.ticket, comment="I reply by mail.")
    sides.ring()
    assert [one.text for one in Stray.objects.all()] == ["I reply by mail."]
    assert sides.notes() == []
    sides.later(days=2)
    sides.standin.as_agent(who=shadow.zendesk_id, via="email", ticket=sides.ticket, comment="Again.")
    sides.ring()
    assert Person.objects.get(is_shadow=True).pk == shadow.pk
    assert Stray.objects.count() == 2


def test_an_agent_who_may_not_write_notes_here_is_for_a_person_to_decide(sides: Sides) -> None:
    type(sides.cast.mediator).objects.filter(pk=sides.cast.mediator.pk).update(role="analyst")
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="I only count.", public=False)
    sides.ring()
    assert [one.text for one in Stray.objects.all()] == ["I only count."]
    Mirror.objects.update(audit_id=0)
    sides.ring()
    assert Stray.objects.count() == 1


def test_a_user_whom_zendesk_does_not_know_any_more(sides: Sides) -> None:
    sides.standin.faults({"what": "status", "status": 404, "body": {"error": "RecordNotFound"}, "path": "/users/904"})
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="Hello.", public=False)
    sides.ring()
    assert sides.mirror.health == "on"
    assert Stray.objects.get().author.endswith("(deleted)")


def test_the_export_wakes_only_what_changed(due: Sides) -> None:
    tasks.read_changes()
    due.sync()
    assert due.mirror.work_at is None
    due.later(minutes=3)
    reconciling.read_changes()
    assert not due.mirror.is_rung


def test_what_was_said_while_zendesk_was_off_is_told_by_the_daily_look(due: Sides, settings: Any) -> None:
    on = settings.ZENDESK
    settings.ZENDESK = replace(on, url="")
    due.write(due.cast.client, "Nobody listens.")
    due.hear()
    settings.ZENDESK = on
    tasks.check()
    due.until_in_step()
    assert due.said_there().count("Nobody listens.") == 1


def test_a_comment_that_is_gone_does_not_take_the_ticket_along(sides: Sides) -> None:
    event = {"id": 1, "type": "CommentPrivacyChange", "comment_id": 999_999, "public": True}
    pulling._mind_privacy(sides.mirror, audits.read({"id": 9, "author_id": ANA, "events": [event]}))
    assert sides.mirror.health == "frozen"


def test_the_daily_look_asks_little_where_nothing_is_missing(due: Sides) -> None:
    mirror = due.mirror
    with CaptureQueriesContext(connection) as asked:
        assert outbox.catch_up(mirror, due.case) == 0
    assert len(asked) == 1
