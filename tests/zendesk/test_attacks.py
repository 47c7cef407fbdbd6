"""What somebody may try, and what happens at the worst moment: nothing is doubled, lost, or taken for ours."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from mediation.conversations.models import Message
from mediation.conversations.rules.message import MAX_CHARACTERS
from mediation.core import clock
from mediation.disputes.models import Dispute
from mediation.zendesk import client
from mediation.zendesk.actions import backfilling, hearing, leases, sending, webhooks, working
from mediation.zendesk.actions.asking import Wait
from mediation.zendesk.models import Account, Allowance, Mirror, Outgoing, Person, Request, Stray
from mediation.zendesk.rules import pace
from tests.zendesk.conftest import ANA, NINA, Sides
from tests.zendesk.test_backfill import before as before  # noqa: PLC0414
from tests.zendesk.test_faults_going_out import POST, tickets
from tests.zendesk.test_faults_going_out import unopened as unopened  # noqa: PLC0414


@pytest.mark.parametrize("status", [429, 503])
def test_a_create_whose_answer_was_lost_is_one_ticket_after_a_long_outage(unopened: Sides, status: int) -> None:
    """A second try that surely was not taken says nothing about the first."""
    unopened.standin.faults({"what": "lose_answer", **POST})
    unopened.sync()
    unopened.standin.faults({"what": "status", "status": status, "times": 0, "path": "^/"})
    for _ in range(9):
        unopened.later(minutes=20)
    unopened.standin.clear_faults()
    unopened.until_in_step(minutes=1)
    assert len(tickets(unopened)) == 1


def test_a_line_said_before_the_end_is_on_the_ticket_though_it_is_heard_after(sides: Sides) -> None:
    sides.write(sides.cast.client, "My last word.")
    sides.pass_time(seconds=5)
    Dispute.objects.filter(pk=sides.case.pk).update(state="closed", closed_at=clock.now())
    sides.sync()
    assert "My last word." in sides.said_there()
    sides.pass_time(seconds=5)
    sides.write(sides.cast.client, "Bye.")
    sides.sync()
    assert "Bye." not in sides.said_there()


@pytest.mark.parametrize("who", [ANA, NINA])
def test_a_copied_mark_makes_nobody_us(sides: Sides, who: int) -> None:
    """Neither is the comment dropped for an echo, nor the line held to be there."""
    sides.write(sides.cast.client, "Is it there?")
    sides.hear()
    row = Outgoing.objects.get(done_at=None)
    mark = {"src": "parley", "ob": [str(row.pk)], "v": 1}
    sides.standin.as_agent(who=who, via="api", ticket=sides.ticket, comment="Copied.", public=False, metadata=mark)
    sides.ring()
    sides.until_in_step()
    assert sides.said_there().count("Is it there?") == 1
    assert [*sides.notes(), *Stray.objects.values_list("text", flat=True)] in (["From Zendesk:\nCopied."], ["Copied."])


def test_what_an_earlier_service_user_did_is_still_ours(sides: Sides) -> None:
    sides.write(sides.cast.client, "Before the change.")
    sides.sync()
    mine = Request.objects.filter(kind="comment").latest("made_at")
    assert mine.audit_id
    Mirror.objects.update(audit_id=0)
    Account.objects.update(service_user_id=NINA)
    sides.ring()
    assert (sides.notes(), Stray.objects.count()) == ([], 0)


def test_an_import_is_not_heard_as_if_others_had_said_it(before: Sides) -> None:
    backfilling.backfill()
    working.work_due()
    before.until_in_step()
    assert (before.notes(), Stray.objects.count()) == (["Aside."], 0)


def test_a_ring_while_the_ticket_is_held_is_answered_at_once(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits ten minutes for its own limit, and is read all the same."""
    post = sending._post

    def rings(mirror: Mirror, request: Request) -> Any:
        sides.pass_time(seconds=1)
        sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="Meanwhile.", public=False)
        webhooks.wake(sides.ticket)
        monkeypatch.setattr(sending, "_post", post)
        raise Wait(clock.now() + timedelta(minutes=10), "limit", is_everyones=False)

    monkeypatch.setattr(sending, "_post", rings)
    sides.write(sides.cast.client, "Much to say.")
    sides.sync()
    sides.work()
    assert sides.notes() == ["From Zendesk:\nMeanwhile."]


def test_who_waits_for_a_user_holds_up_no_ticket_that_is_there(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    new = Mirror.objects.get()
    ticket = new.ticket_id
    Mirror.objects.update(ticket_id=None, work_at=clock.now())
    Outgoing.objects.update(request=None, done_at=None)
    Request.objects.all().delete()
    Person.objects.all().delete()
    Allowance.objects.update_or_create(name="users", defaults={"full_at": clock.now() + timedelta(seconds=30)})
    wait = working.work(new.pk)
    assert wait is not None
    assert (wait.is_everyones, wait.is_of_new) == (False, True)
    assert leases.due(5) == [new.pk]
    assert leases.due(5, with_new=False) == []
    taken: list[bool] = []
    due = leases.due

    def noted(limit: int, *, with_new: bool = True) -> Any:
        taken.append(with_new)
        return due(limit, with_new=with_new)

    monkeypatch.setattr(leases, "due", noted)
    assert working.work_due() == 1
    assert taken == [True, False]
    Mirror.objects.update(ticket_id=ticket)
    assert leases.due(5, with_new=False) == [new.pk]


def test_a_change_of_state_that_nobody_woke_it_for_is_not_forgotten(sides: Sides) -> None:
    hold = leases.take(sides.mirror.pk)
    assert hold is not None
    Dispute.objects.filter(pk=sides.case.pk).update(state="recommended")
    leases.give_back(hold, next_at=None, is_well=True)
    assert leases.due(5) == [sides.mirror.pk]


def test_a_comment_of_64_kib_comes_in_and_says_where_the_rest_is(sides: Sides) -> None:
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="w" * 64_000, public=False)
    sides.standin.as_agent(who=NINA, ticket=sides.ticket, comment="v" * 64_000, public=False)
    sides.ring()
    [note] = sides.notes()
    assert len(note) == MAX_CHARACTERS
    assert note.endswith("www … The rest stands in Zendesk.")
    assert Stray.objects.get().text.startswith("vvv")


def test_an_end_user_with_an_agents_address_speaks_for_nobody(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = hearing.ask
    user = {"name": "Ana", "role": "end-user", "active": True, "email": "ana@parley.example"}
    monkeypatch.setattr(
        hearing,
        "ask",
        lambda method, path: client.Answer(200, {"user": user}) if path.endswith(f"/{ANA}") else ask(method, path),
    )
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="By mail.", public=True)
    sides.ring()
    assert (sides.notes(), Stray.objects.get().text) == ([], "By mail.")


def test_25_a_file_is_told_by_its_address_and_never_uploaded(sides: Sides) -> None:
    """So no token of an upload can be used twice, grow too old, or carry what a scanner refuses."""
    file = {"id": str(uuid4()), "name": "plan.pdf"}
    sent = sides.write(sides.cast.client, "See the plan.")
    Message.objects.filter(thread=sides.cast.joint, seq=sent.seq).update(files=[file])
    sides.sync()
    assert f"plan.pdf – {settings.PUBLIC_URL}/api/files/{file['id']}/" in sides.said_there()
    assert sides.standin.requests(path="/uploads") == []
    assert "uploads" not in sides.everything_sent()


def test_a_worker_that_lost_its_lease_on_the_way_says_nothing_twice(
    sides: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its request comes through after another worker looked for it in vain and sent it: the stamp refuses it."""
    post = sending._post

    def late(mirror: Mirror, request: Request) -> Any:
        monkeypatch.setattr(sending, "_post", post)
        for _ in range(6):
            sides.pass_time(seconds=pace.BETWEEN_LOOKS.total_seconds() + 10)
            working.work_due()
        assert sides.said_there().count("Only once.") == 1
        return post(mirror, request)

    monkeypatch.setattr(sending, "_post", late)
    sides.write(sides.cast.client, "Only once.")
    sides.sync()
    sides.until_in_step()
    for _ in range(4):
        sides.later(seconds=40)
    assert sides.said_there().count("Only once.") == 1
