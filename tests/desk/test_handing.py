"""Giving a case to somebody: a supervisor assigns, a mediator gives back, and the next one reads what was promised."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import User
from mediation.conversations.actions.messages import remove_message
from mediation.conversations.models import Member, Message
from mediation.core import clock
from mediation.desk.actions.rows import refresh
from mediation.desk.actions.taking import claim
from mediation.desk.models import AgentProfile
from mediation.desk.queries.handing import newest_note
from mediation.disputes.errors import AgentFull, NotYours
from mediation.disputes.models import CaseEntry, Dispute, Policy
from tests.cast import Cast
from tests.desk.conftest import elsewhere
from tests.desk.test_taking import waiting
from tests.disputes.cases import Case, check_chains
from tests.disputes.ways import start
from tests.web.test_case_pages import text_of

pytestmark = pytest.mark.django_db


def page_of(user: User) -> Client:
    page = Client()
    page.force_login(user)
    return page


def brief(user: User, case: UUID) -> str:
    return text_of(page_of(user).get(f"/desk/cases/{case}/").content.decode())


def test_a_supervisor_gives_a_case_that_waits_to_an_agent(cast: Cast) -> None:
    case = Case(cast, waiting(cast))
    case.say(cast.supervisor, "assign", agent_id=cast.agent.pk, brief="She speaks Dutch.")
    assert (case.row.state, case.row.mediator) == ("mediating", cast.agent)
    assert Member.objects.filter(room=case.row.room_id, user=cast.agent, role="mediator", left_at=None).exists()
    assert "She speaks Dutch." in brief(cast.agent, case.id)


def test_nobody_else_assigns(cast: Cast) -> None:
    case = Case(cast, waiting(cast))
    with pytest.raises(NotYours):
        case.say(cast.agent, "assign", agent_id=cast.senior.pk)
    for person in (cast.client, cast.outsider):
        assert page_of(person).post(f"/cases/{case.id}/do/assign/", {"agent_id": cast.agent.pk}).status_code in (
            403,
            404,
        )
    assert Dispute.objects.get(pk=case.id).mediator is None


@pytest.mark.parametrize("command", ["assign", "reassign"])
def test_who_is_full_is_given_one_more_only_with_a_reason_that_is_kept(cast: Cast, command: str) -> None:
    Case(cast, waiting(cast, "one")).say(cast.agent, "claim")
    Policy.objects.update(terms={**Policy.objects.get().terms, "cases_at_once": 1})
    case, said = Case(cast, waiting(cast, "two")), {"agent_id": cast.agent.pk, "brief": "They wait."}
    if command == "reassign":
        case.say(cast.senior, "claim")
    with pytest.raises(AgentFull):
        case.say(cast.supervisor, command, **said)
    case.say(cast.supervisor, command, **said, override_reason="Nobody else speaks Dutch.")
    kept = CaseEntry.objects.get(dispute=case.id, type=f"dispute.{command}", audience="internal")
    assert kept.content["override_reason"] == "Nobody else speaks Dutch."
    check_chains(case.id)


def test_from_the_desk_one_comes_back_to_the_desk(cast: Cast) -> None:
    case = Case(cast, waiting(cast))
    page = page_of(cast.supervisor)
    html = page.get(f"/desk/cases/{case.id}/").content.decode()
    address = f"/cases/{case.id}/do/assign/?back=desk"
    assert address in html
    form = page.get(address).content.decode()
    assert 'name="back" value="desk"' in form
    said = {"agent_id": str(cast.agent.pk), "back": "desk"}
    answer = page.post(f"/cases/{case.id}/do/assign/", said, follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/"
    assert "Done: “Job one”." in text_of(answer.content.decode())
    assert case.row.mediator == cast.agent


def test_a_form_that_is_refused_keeps_its_words_and_what_is_promised(cast: Cast) -> None:
    case = Case(cast, waiting(cast))
    case.say(cast.agent, "claim")
    said = {"agent_id": str(cast.agent.pk), "brief": "Helen waits for me.", "back": "desk"}
    answer = page_of(cast.supervisor).post(f"/cases/{case.id}/do/reassign/", said)
    words = text_of(answer.content.decode())
    assert answer.status_code == 400
    assert "Helen waits for me." in words
    assert "Promised and waiting" in words


def test_the_next_one_reads_what_was_promised(cast: Cast) -> None:
    case = start(elsewhere(cast, "one"))
    for who, command in (
        (case.cast.client, "file"),
        (case.cast.freelancer, "decline"),
        (case.cast.client, "ask_mediator"),
    ):
        case.do(who, command)
    case.say(cast.agent, "claim")
    asked = {"asked_of": case.cast.client.pk, "kind": "document", "text": "The signed brief, page two."}
    case.say(cast.agent, "make_request", **asked, due_at=clock.now() + timedelta(days=2))
    case.do(case.cast.freelancer, "make_offer")
    case.say(cast.agent, "release", brief="I promised Mateo a call on Monday.")
    refresh([case.id])
    words = brief(cast.senior, case.id)
    for said in ("I promised Mateo a call on Monday.", "Priya Nair handed it over", "The signed brief, page two.",
                 "Open offer 1", "back", "Deadline"):  # fmt: skip
        assert said in words, said


def test_a_supervisor_reads_whom_it_suits_and_why_not(cast: Cast) -> None:
    case = waiting(cast)
    AgentProfile.objects.create(user=cast.agent, languages=["nl"])
    AgentProfile.objects.create(user=cast.ee, is_away=True)
    html = page_of(cast.supervisor).get(f"/desk/cases/{case}/").content.decode()
    words = text_of(html).split("Suggested")[1]
    assert "Sam Okafor" in words
    assert "Priya Nair" not in words
    assert "Eva Lind" not in words
    assert f"agent_id={cast.senior.pk}" in html
    form = text_of(page_of(cast.supervisor).get(f"/cases/{case}/do/assign/").content.decode())
    assert "Priya Nair · another language" in form
    assert "Eva Lind · away" in form
    assert "does not suit another language" in brief(cast.agent, case)


def test_who_is_full_is_led_from_the_brief_to_the_reason(cast: Cast) -> None:
    claim(user=cast.agent, dispute_id=waiting(cast, "one"))
    AgentProfile.objects.create(user=cast.agent, capacity=10)
    case, page = waiting(cast, "two"), page_of(cast.agent)
    html = page.get(f"/desk/cases/{case}/").content.decode()
    address = f"/cases/{case}/do/claim/?back=desk"
    assert address in html
    said = {"override_reason": "Nobody else speaks Dutch.", "back": "desk"}
    assert "Done: “Job two”." in text_of(page.post(address, said, follow=True).content.decode())
    assert Dispute.objects.get(pk=case).mediator == cast.agent


def test_a_note_that_was_taken_away_is_no_hand_over_any_more(cast: Cast) -> None:
    case = Case(cast, waiting(cast))
    case.say(cast.supervisor, "assign", agent_id=cast.agent.pk, brief="She speaks Dutch.")
    note = Message.objects.get(thread__audience="internal", body="She speaks Dutch.")
    assert newest_note(case.row) is not None
    remove_message(user=cast.supervisor, thread_id=note.thread_id, seq=note.seq, reason="It is wrong.")
    assert newest_note(case.row) is None
    assert "She speaks Dutch." not in brief(cast.agent, case.id)
