"""The faults of the design (section 3) that meet what we send, in its order and under its numbers."""

from dataclasses import replace
from typing import Any

import pytest

from mediation.zendesk.actions import asking, sending
from mediation.zendesk.actions.freezing import resync
from mediation.zendesk.models import Account, Allowance, Mirror, Outgoing, Person, Request
from tests.zendesk.conftest import ANA, Sides

PUT = {"method": "PUT", "path": r"^/api/v2/tickets/\d+$"}
POST = {"method": "POST", "path": r"^/api/v2/tickets$"}


@pytest.fixture
def unopened(sides: Sides) -> Sides:
    """The same case, whose ticket is yet to be made."""
    sides.standin.reset(limits=False)
    sides.standin.set_clock(sides.mirror.created_at.isoformat())
    Outgoing.objects.update(request=None, done_at=None)
    Request.objects.all().delete()
    Account.objects.all().delete()
    Allowance.objects.all().delete()
    Person.objects.all().delete()
    Mirror.objects.update(ticket_id=None, stamp="", audit_id=0, pushed={}, work_at=sides.mirror.created_at)
    return sides


def tickets(sides: Sides) -> list[dict[str, Any]]:
    with sides.standin.client() as client:
        asked = {"external_id": f"parley:dispute:{sides.case.pk}"}
        return list(client.get("tickets", params=asked).json()["tickets"])


def test_1_the_answer_to_a_create_is_lost(unopened: Sides) -> None:
    unopened.standin.faults({"what": "lose_answer", **POST})
    unopened.sync()
    assert unopened.mirror.ticket_id is None
    unopened.until_in_step()
    assert len(tickets(unopened)) == 1
    assert unopened.said_there().count("asked for a mediator") == 1


def test_2_the_same_when_zendesk_has_forgotten_the_key(unopened: Sides) -> None:
    unopened.standin.faults({"what": "lose_answer", **POST})
    unopened.sync()
    unopened.later(hours=3)
    unopened.until_in_step()
    assert len(tickets(unopened)) == 1
    assert unopened.ticket == tickets(unopened)[0]["id"]


def test_2b_it_was_not_applied_and_the_key_is_forgotten(unopened: Sides) -> None:
    unopened.standin.faults({"what": "status", "status": 503, **POST})
    unopened.sync()
    unopened.later(hours=3)
    unopened.until_in_step()
    assert len(tickets(unopened)) == 1


def test_3_two_creates_of_one_case_at_once(unopened: Sides) -> None:
    """The lease of the first runs out while it waits: the second sends the same bytes, by the same key."""
    real, calls = asking.client.ask, []

    def slow(*args: Any, **kwargs: Any) -> Any:
        calls.append(kwargs.get("key"))
        if kwargs.get("key") and calls.count(kwargs["key"]) == 1:
            Mirror.objects.update(leased_until=unopened.mirror.created_at)
            sending.settle(unopened.mirror, Request.objects.get())
        return real(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking.client, "ask", slow)
        unopened.sync()
    unopened.until_in_step()
    assert len(tickets(unopened)) == 1
    keys = [one for one in calls if one]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_3b_two_tickets_are_there_all_the_same(unopened: Sides) -> None:
    """Somebody made another by hand: the oldest is ours, and the other is marked."""
    unopened.standin.faults({"what": "lose_answer", **POST})
    unopened.sync()
    with unopened.standin.client() as somebody:
        made = {"external_id": f"parley:dispute:{unopened.case.pk}", "comment": {"body": "By hand", "public": False}}
        somebody.post("tickets", json={"ticket": made})
    unopened.later(hours=3)
    unopened.until_in_step()
    first, second = sorted(tickets(unopened), key=lambda one: one["id"])
    assert unopened.ticket == first["id"]
    assert "parley_duplicate" in second["tags"]


def test_4_the_answer_to_a_comment_is_lost(sides: Sides) -> None:
    sides.standin.faults({"what": "lose_answer", **PUT})
    sides.write(sides.cast.client, "Said once.")
    sides.sync()
    sides.until_in_step()
    assert sides.said_there().count("Said once.") == 1
    sides.write(sides.cast.client, "And the next.")
    sides.sync()
    sides.until_in_step()
    assert sides.said_there().count("And the next.") == 1


def test_5_a_comment_is_refused_before_it_is_applied(sides: Sides) -> None:
    sides.standin.faults({"what": "refuse_before", **PUT})
    sides.write(sides.cast.client, "Said once.")
    sides.sync()
    sides.later(seconds=20)
    assert "Said once." not in sides.said_there(), "it was sent again without two looks half a minute apart"
    sides.until_in_step()
    assert sides.said_there().count("Said once.") == 1


def test_6_an_agent_was_faster(sides: Sides) -> None:
    sides.later(minutes=5)
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="Hello.", public=False, priority="high")
    sides.write(sides.cast.client, "Said once.")
    sides.sync()
    sides.until_in_step()
    assert sides.said_there().count("Said once.") == 1
    assert sides.notes() == ["From Zendesk:\nHello."]
    assert sides.mirror.there["priority"] == "high"


@pytest.mark.parametrize(
    ("headers", "kind", "wait"),
    [
        ({"Retry-After": "40"}, "application/json", 40),
        ({}, "text/plain", 60),
        ({"Retry-After": "93"}, "text/plain", 93),
    ],
)
def test_7_too_fast(sides: Sides, headers: dict[str, str], kind: str, wait: int) -> None:
    fault = {"what": "status", "status": 429, "body": "Rate limit", "content_type": kind, "headers": headers, **PUT}
    sides.standin.faults(fault)
    sides.write(sides.cast.client, "Said once.")
    sides.sync()
    asked = len(sides.standin.requests())
    sides.later(seconds=wait - 5)
    assert len(sides.standin.requests()) == asked + 0, "it was asked again too early"
    sides.until_in_step()
    assert sides.said_there().count("Said once.") == 1


def test_7b_the_limits_of_the_account_the_ticket_and_of_users_are_kept(sides: Sides) -> None:
    sides.standin.set(limits=True)
    for number in range(40):
        sides.write(sides.cast.client if number % 2 else sides.cast.mediator, f"Word {number:02}.")
        sides.later(seconds=3)
    sides.until_in_step()
    assert {one["status"] for one in sides.standin.requests()} <= {200, 201}, "a limit was met"
    said = sides.said_there()
    assert [said.count(f"Word {number:02}.") for number in range(40)] == [1] * 40


def test_8_an_error_page(sides: Sides) -> None:
    page = {"body": "<html>Sorry</html>", "content_type": "text/html"}
    sides.standin.faults({"what": "status", "status": 503, "times": 2, **page, **PUT})
    sides.write(sides.cast.client, "Said once.")
    sides.sync()
    sides.until_in_step()
    assert sides.said_there().count("Said once.") == 1


def test_9_the_token_ends_on_the_way(sides: Sides) -> None:
    sides.standin.advance(1801)
    sides.write(sides.cast.client, "Said once.")
    sides.sync()
    assert sides.said_there().count("Said once.") == 1
    assert len(sides.standin.requests(path="/oauth/tokens")) >= 2


@pytest.mark.parametrize(("status", "code", "why"), [(401, "token", ""), (403, "", "forbidden")])
def test_9b_we_are_not_let_in_and_do_not_hammer(sides: Sides, status: int, code: str, why: str) -> None:
    """A token that is not taken is the account's trouble; being forbidden one ticket is that ticket's."""
    sides.standin.faults({"what": "status", "status": status, "body": {"error": "x"}, "times": 0, "path": "^/api/"})
    sides.write(sides.cast.client, "Said once.")
    sides.sync()
    before = len(sides.standin.requests(path="/api/"))
    assert (Account.objects.get().trouble, sides.mirror.why) == (code, why)
    for _ in range(10):
        sides.later(seconds=60)
    assert len(sides.standin.requests(path="/api/")) == before, "it was asked while nobody can be let in"
    sides.standin.clear_faults()
    sides.until_in_step(minutes=2)
    assert sides.said_there().count("Said once.") == 1


def test_10_a_closed_ticket_is_followed_up(sides: Sides) -> None:
    first = sides.ticket
    sides.standin.as_agent(do="close", ticket=first, who=ANA)
    sides.write(sides.cast.client, "After it was closed.")
    sides.sync()
    sides.until_in_step()
    assert sides.ticket != first
    assert sides.mirror.earlier == [first]
    assert "After it was closed." in sides.said_there()


def test_10b_a_suspended_requester_stops_the_mirror_and_says_so(sides: Sides) -> None:
    refusal = {"error": "RecordInvalid", "details": {"requester": [{"description": "suspended"}]}}
    sides.standin.faults({"what": "status", "status": 422, "body": refusal | {"error": "UserSuspended"}, **PUT})
    sides.write(sides.cast.client, "Waits.")
    sides.sync()
    assert (sides.mirror.health, sides.mirror.why) == ("frozen", "suspended")
    resync(sides.mirror)
    sides.sync()
    sides.until_in_step()
    assert sides.said_there().count("Waits.") == 1


def test_10c_a_ticket_that_holds_all_it_can(sides: Sides) -> None:
    first = sides.ticket
    sides.standin.set(comments_per_ticket=len(sides.comments()))
    sides.write(sides.cast.client, "One more.")
    sides.sync()
    sides.until_in_step()
    assert sides.mirror.earlier == [first]
    assert "One more." in sides.said_there()


def test_10d_a_field_that_zendesk_does_not_know(sides: Sides, settings: Any) -> None:
    settings.ZENDESK = replace(settings.ZENDESK, state_field=999_999)
    sides.say(sides.cast.client, "withdraw")
    sides.sync()
    sides.until_in_step()
    assert sides.mirror.health == "on"
    assert sides.mirror.pushed["state"] == "closed"


def test_11_the_ticket_was_deleted(sides: Sides) -> None:
    sides.standin.as_agent(do="delete", ticket=sides.ticket, who=ANA)
    sides.write(sides.cast.client, "Into the void?")
    sides.sync()
    assert sides.mirror.health == "gone"
    resync(sides.mirror)
    sides.sync()
    sides.until_in_step()
    assert "Into the void?" in sides.said_there()
    assert "asked for a mediator" in sides.said_there(), "a new ticket has all that was said"


def test_12_a_comment_comes_back_public(sides: Sides) -> None:
    sides.standin.faults({"what": "wrong_public", **PUT})
    sides.write(sides.cast.client, "Meant for agents.")
    sides.sync()
    assert (sides.mirror.health, sides.mirror.why) == ("frozen", "privacy")
    assert {one["public"] for one in sides.comments()} == {False}, "it was not made private"


def test_6b_a_create_that_conflicts_over_and_over_is_not_hammered(unopened: Sides) -> None:
    unopened.standin.faults({"what": "status", "status": 409, "body": {"error": "Conflict"}, "times": 3, **POST})
    unopened.later(seconds=2)
    assert len(unopened.standin.requests(method="POST", path="/api/v2/tickets")) == 1
    unopened.until_in_step()
    assert len(tickets(unopened)) == 1


def test_what_could_not_be_read_is_read_the_next_time(sides: Sides) -> None:
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="Hello.", public=False)
    sides.standin.faults({"what": "status", "status": 503, "method": "GET", "path": "/audits$"})
    sides.ring()
    assert sides.notes() == []
    sides.later(seconds=10)
    assert sides.notes() == ["From Zendesk:\nHello."]
