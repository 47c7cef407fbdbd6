"""An offer in direct talks: whose turn it is, who reads what is said, and what the form shows."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from mediation.disputes.models import Dispute
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.states import State
from mediation.web.lists import room_list
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in
from tests.web.test_case_pages import do, page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(cast: Cast) -> Case:
    """Mateo has made an offer, which stands shorter than the talks."""
    case = case_in(cast, State.NEGOTIATING)
    case.do(cast.freelancer, "make_offer")
    case.row.offers.update(expires_at=case.row.deadlines.get(kind="talks").due_at.replace(microsecond=0))
    return case


def rows(cast: Cast) -> dict[str, str]:
    """Of the client and of the freelancer: the group in which their list has the room."""
    found = {}
    for name in ("client", "freelancer"):
        [(group, _row)] = [
            (row.group, row) for one in room_list(getattr(cast, name), QueryDict()).groups for row in one["rows"]
        ]
        found[name] = group
    return found


def test_who_has_an_offer_to_answer_acts_next_and_the_other_waits(client: Client, cast: Cast, offered: Case) -> None:
    helen, mateo = (case_view(offered.row, who)["standing"] for who in (cast.client, cast.freelancer))
    assert (helen["mine"], helen["kind"], helen["otherwise"]) == (True, "offer", "offer_expires")
    assert (mateo["mine"], mateo["ball"]) == (False, helen["ball"])
    room = f"/rooms/{cast.room.pk}/"
    assert "You answer the offer of Mateo" in text_of(page(client, cast.client, room))
    assert "Helen responde a la oferta abierta" in text_of(page(client, cast.freelancer, room))
    assert rows(cast) == {"client": "needs_you", "freelancer": "open"}


def test_talks_that_end_before_the_offer_come_first(cast: Cast, offered: Case) -> None:
    talks = offered.row.deadlines.get(kind="talks")
    offered.row.offers.update(expires_at=talks.due_at.replace(year=talks.due_at.year + 1))
    offered.row.deadlines.filter(kind="offer").update(due_at=talks.due_at.replace(year=talks.due_at.year + 1))
    helen = case_view(offered.row, cast.client)["standing"]
    assert (helen["mine"], helen["kind"], helen["otherwise"]) == (True, "talks", "mediator_asked")


def test_without_an_offer_both_act_next(cast: Cast, offered: Case) -> None:
    offered.do(cast.freelancer, "withdraw_offer")
    for who in (cast.client, cast.freelancer):
        standing = case_view(offered.row, who)["standing"]
        assert (standing["mine"], standing["ball"], standing["kind"]) == (True, "both", "talks")
    assert rows(cast) == {"client": "needs_you", "freelancer": "needs_you"}


def test_accepting_shows_the_sums_and_no_number_to_be_changed(client: Client, cast: Cast, offered: Case) -> None:
    offer = offered.row.offers.get()
    html = page(client, cast.client, f"{do(offered.row, 'accept_offer')}?offer_id={offer.pk}")
    assert re.search(rf'<input type="hidden" name="offer_version" value="{offer.version}">', html)
    assert "Money moves once both of you have accepted its text." in html
    assert "This cannot be taken back" not in html


def test_a_form_names_everybody_else_who_reads_it(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    mediators = text_of(page(client, cast.mediator, do(case.row, "add_issue")))
    assert "Helen Marsh and Mateo Giraldo will read this" in mediators
    assert "Mateo Giraldo and Ana Duarte will read this" in text_of(
        page(client, cast.client, do(case.row, "make_offer"))
    )


def test_who_chose_arbitration_is_asked_for_the_share_and_then_waits(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    room = f"/rooms/{cast.room.pk}/"
    for command, said in (("", "You can choose"), ("elect", "You pay your share"), ("pay_share", "Mateo can still")):
        if command:
            case.do(cast.client, command)
        assert f"{said}" in text_of(page(client, cast.client, room)), command
    assert "Puedes elegir arbitraje" in text_of(page(client, cast.freelancer, room))
    assert rows(cast) == {"client": "open", "freelancer": "needs_you"}


def test_after_the_evidence_is_closed_the_recommendation_is_written(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    room = f"/rooms/{cast.room.pk}/"
    assert "Ana guides the talk" in text_of(page(client, cast.client, room))
    case.do(cast.mediator, "close_evidence")
    assert "Ana writes the recommendation" in text_of(page(client, cast.client, room))
    assert "You write the recommendation" in text_of(page(client, cast.mediator, room))


def test_when_the_time_to_choose_is_over_upwork_acts_whoever_paid(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.NON_RESOLUTION)
    for command in ("elect", "pay_share"):
        case.do(cast.client, command)
    Dispute.objects.update(is_overdue=True)
    assert "Upwork confirms what follows" in text_of(page(client, cast.client, f"/rooms/{cast.room.pk}/"))


def test_a_review_is_offered_in_the_bar_until_somebody_has_asked_for_one(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.CLOSED)
    room = f"/rooms/{cast.room.pk}/"
    assert "A review until" in text_of(page(client, cast.client, room))
    case.do(cast.client, "ask_review")
    assert "A review until" not in text_of(page(client, cast.client, room))
