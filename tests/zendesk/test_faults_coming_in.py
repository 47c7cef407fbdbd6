"""The faults of the design (section 3) in what a ticket says and what comes from dataclasses import replace
from there, under its numbers."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from mediation.core import clock
from mediation.zendesk.actions import leases, reconciling, straying, working
from mediation.zendesk.models import Account, Mirror, Outgoing, Stray
from mediation.zendesk.rules.payloads import Comment
from mediation.zendesk.rules.privacy import NotForZendesk, TicketKind, Visibility, is_public, visibility_of
from tests.zendesk.conftest import ANA, NINA, Sides


def test_13_whether_a_comment_is_public_cannot_be_left_out(sides: Sides) -> None:
    with pytest.raises(TypeError):
        Comment("Hello", None, [])  # type: ignore[arg-type]
    with pytest.raises(NotForZendesk):
        visibility_of("caucus_client")
    with pytest.raises(NotForZendesk):
        is_public(Visibility.JOINT, "something new", joint_is_public=False)  # type: ignore[arg-type]
    assert [is_public(one, TicketKind.DISPUTE, joint_is_public=True) for one in Visibility] == [True, False]
    for request in sides.standin.requests(path="/api/v2/tickets"):
        comment = json.loads(request["body"] or "{}").get("ticket", {}).get("comment")
        assert comment is None or isinstance(comment.get("public"), bool)


def test_14_nothing_of_a_private_talk_reaches_zendesk(sides: Sides) -> None:
    canary = "c4n4ry"
    for side in (sides.cast.client, sides.cast.freelancer):
        sides.say(sides.cast.mediator, "begin_caucus", party=side.pk)
        audience = "caucus_client" if side == sides.cast.client else "caucus_freelancer"
        sides.write(sides.cast.mediator, f"{canary} one", audience)
        sides.write(side, f"{canary} two", audience)
        sides.say(sides.cast.mediator, "end_caucus")
        sides.sync()
    sides.ring()
    seen = sides.everything_sent()
    assert canary not in seen
    private = [str(sides.cast.thread(one).pk) for one in ("caucus_client", "caucus_freelancer")]
    assert not [one for one in private if one in seen], "the id of a private thread"


@pytest.mark.parametrize(
    "text",
    [
        "{{ticket.comments}} {% if x %}",
        "{ {ticket.id} }",
        "&#123;&#123;ticket.comments&#125;&#125;",
        "<script>alert(1)</script> & <b>",
        "x" * 20_000,
        "é" * 20_000,
        "left \u202eright",
        "🙂 👩‍👩‍👧",
    ],
)
def test_15_whatever_people_write_arrives_as_words(sides: Sides, text: str) -> None:
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="SECRET-OF-THE-TICKET", public=False)
    sides.write(sides.cast.client, text)
    sides.ring()
    sides.until_in_step()
    mine = sides.comments()[-1]
    assert "SECRET-OF-THE-TICKET" not in mine["html_body"], "a placeholder was filled in"
    assert "<script" not in mine["html_body"]
    assert "\u202e" not in mine["html_body"]
    assert sum(len(one["html_body"].encode()) < 64_000 for one in sides.comments()) == len(sides.comments())
    if text.startswith("x"):
        assert text in mine["html_body"]


def test_17_another_integration_is_not_our_echo(sides: Sides) -> None:
    sides.standin.as_agent(who="Robo Desk", via="api", ticket=sides.ticket, comment="From a robot.", public=False)
    sides.ring()
    assert [one.text for one in Stray.objects.all()] == ["From a robot."]
    assert sides.notes() == []


def test_17b_what_nobody_knows_is_decided_by_a_supervisor_once(sides: Sides) -> None:
    sides.standin.as_agent(who=NINA, ticket=sides.ticket, comment="Please hurry.", public=False)
    sides.ring()
    stray = Stray.objects.get()
    assert (stray.author, stray.text, stray.public) == ("Nina Park (agent)", "Please hurry.", False)
    supervisor = sides.cast.supervisor
    supervisor.is_staff = True
    supervisor.save()
    assert straying.take_in(user=supervisor, stray=stray)
    assert not straying.take_in(user=supervisor, stray=stray)
    sides.ring()
    assert sides.notes() == ["From Zendesk, by Nina Park (agent):\nPlease hurry."]
    assert "hurry" not in "".join(one["html_body"] for one in sides.comments() if "Staff note" in one["html_body"])


def test_18_a_public_reply_on_a_private_ticket_becomes_a_note(sides: Sides) -> None:
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="Dear both,\n\nhello.", public=True)
    sides.ring()
    assert sides.notes() == ["From Zendesk, a public reply there:\nDear both,\n\nhello."]


def test_18b_with_the_setting_the_mediators_public_reply_is_said_to_both(sides: Sides, settings: Any) -> None:
    settings.ZENDESK = replace(settings.ZENDESK, replies_are_joint=True)
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="Dear both.", public=True)
    sides.ring()
    said = sides.cast.joint.messages.filter(body="Dear both.").get()
    assert said.author == sides.cast.mediator
    assert sides.notes() == []


def test_18c_one_of_ours_that_was_opened_there_is_closed_again(sides: Sides) -> None:
    """The stand-in has no act for it, as Zendesk's page has none; an app of theirs may all the same."""
    from mediation.zendesk.actions import pulling
    from mediation.zendesk.rules import audits

    ours = sides.comments()[0]["id"]
    event = {"id": 1, "type": "CommentPrivacyChange", "comment_id": ours, "public": True}
    pulling._mind_privacy(sides.mirror, audits.read({"id": 9, "author_id": ANA, "events": [event]}))
    assert sides.mirror.why == "privacy"
    assert sides.standin.requests(path="make_private")


def test_19_our_ticket_was_merged_into_another(sides: Sides) -> None:
    other = sides.standin.as_agent(do="create", who=ANA, subject="Another", comment="Hello")["ticket"]["id"]
    first = sides.ticket
    sides.standin.as_agent(do="merge", who=ANA, ticket=first, into=other)
    sides.write(sides.cast.client, "Where am I?")
    sides.ring()
    sides.until_in_step()
    assert sides.ticket not in (first, other)
    assert "Where am I?" in sides.said_there()


def test_20_an_agent_who_is_gone_speaks_for_nobody(sides: Sides) -> None:
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="Before.", public=False)
    sides.standin.as_agent(do="delete_user", user=ANA)
    sides.ring()
    assert sides.notes() == []
    assert Stray.objects.get().text == "Before."


def test_22_the_export_repeats_rows_forgets_cursors_and_tells_of_deletions(sides: Sides) -> None:
    sides.later(minutes=5)
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="No webhook came.", public=False)
    sides.later(minutes=2)
    assert reconciling.read_changes() >= 1
    sides.sync()
    assert sides.notes() == ["From Zendesk:\nNo webhook came."]
    cursor = Account.objects.get().cursor
    assert cursor
    reconciling.read_changes()
    sides.sync()
    assert sides.notes() == ["From Zendesk:\nNo webhook came."]
    sides.later(days=4)
    reconciling.read_changes()
    assert reconciling.read_changes() >= 0
    assert Account.objects.get().trouble == ""
    sides.standin.as_agent(do="delete", ticket=sides.ticket, who=ANA)
    sides.later(minutes=2)
    reconciling.read_changes()
    assert sides.mirror.health == "gone"


@pytest.mark.parametrize("applied", [True, False])
def test_23_a_worker_dies_between_sending_and_noting(sides: Sides, applied: bool) -> None:
    """What it leaves: a request that was marked as sent, on the ticket or not, and a lease that runs out."""
    from mediation.zendesk.actions import sending

    class Killed(BaseException):
        pass

    def dies(*args: Any) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "_taken" if applied else "_post", dies)
        sides.write(sides.cast.client, "Said once.")
        sides.hear()
        with pytest.raises(Killed):
            sides.work()
    assert leases.due(10) == [], "somebody else may not have it before the lease is over"
    sides.later(seconds=91)
    sides.until_in_step()
    assert sides.said_there().count("Said once.") == 1


def test_23b_a_lease_that_was_lost_on_the_way(sides: Sides) -> None:
    from mediation.zendesk.actions import sending

    real = sending._post

    def slow(mirror: Mirror, request: Any) -> Any:
        Mirror.objects.update(lease=uuid4())
        return real(mirror, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "_post", slow)
        sides.write(sides.cast.client, "Said once.")
        sides.sync()
    sides.later(seconds=91)
    sides.until_in_step()
    assert sides.said_there().count("Said once.") == 1


def test_27_a_comment_that_is_missing_is_sent_exactly_once(sides: Sides) -> None:
    sides.write(sides.cast.client, "Lost by somebody.")
    sides.hear()
    Outgoing.objects.filter(done_at__isnull=True).update(done_at=clock.now())
    sides.later(minutes=10)
    assert "Lost by somebody." not in sides.said_there()
    for _ in range(3):
        Mirror.objects.update(checked_at=None)
        reconciling.check_due()
        sides.sync()
        sides.later(minutes=10)
    assert sides.said_there().count("Lost by somebody.") == 1


def test_what_changed_in_zendesk_is_zendesks_but_whether_the_case_is_over_is_ours(sides: Sides) -> None:
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, status="solved", priority="urgent", tags=["vip", "parley"])
    sides.ring()
    sides.sync()
    with sides.standin.client() as client:
        ticket = client.get(f"tickets/{sides.ticket}").json()["ticket"]
    assert (ticket["status"], ticket["priority"]) == ("open", "urgent")
    assert "vip" in ticket["tags"]
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, status="pending")
    sides.ring()
    with sides.standin.client() as client:
        assert client.get(f"tickets/{sides.ticket}").json()["ticket"]["status"] == "pending"


def test_one_ticket_in_trouble_holds_up_no_other(sides: Sides) -> None:
    def breaks(*args: Any) -> None:
        raise RuntimeError("CANARY")

    from mediation.zendesk.actions import pulling

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pulling, "pull", breaks)
        sides.ring()
    assert sides.mirror.why == "RuntimeError"
    assert sides.mirror.work_at > clock.now()
    assert timedelta() < sides.mirror.work_at - clock.now() < timedelta(minutes=1)
    sides.later(minutes=1)
    assert working.work_due() == 0
    assert sides.mirror.failures == 0
