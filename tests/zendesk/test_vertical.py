"""From the room to the ticket and back, when all is well."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mediation.conversations.actions.messages import edit_message, remove_message
from mediation.conversations.models import Message
from mediation.events.models import Event
from mediation.zendesk.actions.freezing import resync
from mediation.zendesk.models import Mirror, Outgoing, Request
from tests.zendesk.conftest import ANA, Sides


def test_what_is_said_to_everyone_stands_on_the_ticket_in_order(sides: Sides) -> None:
    for number in range(3):
        sides.write(sides.cast.client if number % 2 else sides.cast.freelancer, f"Word {number}.")
        sides.sync()
    said = sides.said_there()
    assert said.index("Word 0.") < said.index("Word 1.") < said.index("Word 2.")
    assert "Helen Sharp (client)" in said or "(client)" in said
    assert {one["public"] for one in sides.comments()} == {False}
    assert sides.waiting == 0


def test_a_line_of_the_system_is_a_sentence_in_the_language_of_the_tickets(sides: Sides, settings: object) -> None:
    assert "asked for a mediator" in sides.said_there()
    assert "dispute." not in sides.said_there(), "a code where a sentence should be"


def test_the_ticket_knows_how_the_case_stands(sides: Sides) -> None:
    with sides.standin.client() as client:
        ticket = client.get(f"tickets/{sides.ticket}").json()["ticket"]
    assert ticket["external_id"] == f"parley:dispute:{sides.case.pk}"
    assert ticket["status"] == "open"
    assert set(ticket["tags"]) == {"parley", "parley_mediating"}
    sides.say(sides.cast.client, "withdraw")
    sides.sync()
    with sides.standin.client() as client:
        ticket = client.get(f"tickets/{sides.ticket}").json()["ticket"]
    assert ticket["status"] == "solved"
    assert set(ticket["tags"]) == {"parley", "parley_closed"}


def test_a_note_of_staff_is_internal_and_says_so(sides: Sides) -> None:
    sides.write(sides.cast.mediator, "They both seem tired.", "internal")
    sides.sync()
    note = next(one for one in sides.comments() if "tired" in one["html_body"])
    assert note["public"] is False
    assert "Staff note" in note["html_body"]


def test_of_a_private_talk_only_that_it_took_place(sides: Sides) -> None:
    sides.say(sides.cast.mediator, "begin_caucus", party=sides.cast.client.pk)
    sides.write(sides.cast.mediator, "CANARY between us.", "caucus_client")
    sides.say(sides.cast.mediator, "end_caucus", party=sides.cast.client.pk)
    sides.sync()
    assert "CANARY" not in sides.everything_sent()
    assert sides.said_there().count("private") >= 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Outgoing.objects.filter(mirror=sides.mirror).update(visibility="caucus_client")


def test_an_agents_note_comes_into_the_room_once_and_does_not_go_back(sides: Sides) -> None:
    sides.standin.as_agent(who=ANA, ticket=sides.ticket, comment="I called the bank.", public=False)
    for _ in range(3):
        sides.ring()
    assert sides.notes() == ["From Zendesk:\nI called the bank."]
    assert "From Zendesk" not in sides.said_there()


def test_a_changed_message_says_so_and_one_taken_away_leaves_no_copy(sides: Sides) -> None:
    first = sides.write(sides.cast.client, "It costs 100.")
    second = sides.write(sides.cast.client, "My password is CANARY.")
    remove_message(user=sides.cast.client, thread_id=second.thread_id, seq=second.seq)
    sides.sync()
    edit_message(user=sides.cast.client, thread_id=first.thread_id, seq=first.seq, body="It costs 200.")
    sides.sync()
    said = sides.said_there()
    assert "It costs 100." in said
    assert "Changed" in said
    assert "It costs 200." in said
    assert "CANARY" not in sides.everything_sent()


def test_what_waits_together_goes_in_one_comment(sides: Sides) -> None:
    before = len(sides.comments())
    for number in range(12):
        sides.write(sides.cast.client, f"Line {number}.")
    sides.write(sides.cast.mediator, "Aside.", "internal")
    sides.write(sides.cast.client, "Line 12.")
    sides.sync()
    fresh = sides.comments()[before:]
    assert len(fresh) == 3, "a note never shares a comment with what both parties read"
    assert [f"Line {number}." in fresh[0]["html_body"] for number in range(12)] == [True] * 12


def test_handled_twice_it_is_on_the_ticket_once(sides: Sides) -> None:
    sides.write(sides.cast.client, "Only once.")
    sides.sync()
    Event.objects.update(handled_at=None)
    sides.sync()
    sides.ring()
    assert sides.said_there().count("Only once.") == 1
    assert Request.objects.filter(settled_at__isnull=True).count() == 0


def test_nothing_is_written_down_without_zendesk(sides: Sides, settings: object) -> None:
    settings.ZENDESK = replace(settings.ZENDESK, url="")
    before = Outgoing.objects.count()
    sides.write(sides.cast.client, "Unheard.")
    sides.sync()
    assert Outgoing.objects.count() == before
    assert Message.objects.filter(body="Unheard.").exists()


def test_what_was_said_before_the_case_is_none_of_the_tickets(sides: Sides) -> None:
    began = sides.mirror.began_at
    Mirror.objects.all().delete()
    Event.objects.filter(type="thread.opened").update(at=began - timedelta(days=3))
    Event.objects.update(handled_at=None)
    sides.hear()
    lines = Outgoing.objects.filter(mirror=sides.mirror)
    assert lines.count() > 5
    first = Event.objects.get(pk=lines.order_by("event_id").values_list("event_id", flat=True)[0])
    assert first.type != "thread.opened"


def test_public_comments_only_while_both_parties_and_nobody_else_read_them(sides: Sides, settings: Any) -> None:
    settings.ZENDESK = replace(settings.ZENDESK, joint_is_public=True)
    sides.write(sides.cast.client, "For both.")
    sides.sync()
    assert (sides.mirror.health, sides.mirror.why) == ("frozen", "audience"), "the ticket has one reader too few"
    assert "For both." not in sides.said_there()


def test_with_the_setting_what_both_read_is_public_and_notes_are_not(sides: Sides, settings: Any) -> None:
    settings.ZENDESK = replace(settings.ZENDESK, joint_is_public=True)
    sides.standin.as_agent(do="delete", ticket=sides.ticket)
    sides.ring()
    resync(sides.mirror)
    sides.write(sides.cast.mediator, "Aside.", "internal")
    sides.write(sides.cast.client, "For both.")
    sides.sync()
    sides.until_in_step()
    assert {one["public"] for one in sides.comments() if "Aside." not in one["html_body"]} == {True}
    assert {one["public"] for one in sides.comments() if "Aside." in one["html_body"]} == {False}
