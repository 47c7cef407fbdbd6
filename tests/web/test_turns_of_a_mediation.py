"""What a mediator asks is said to be somebody's turn wherever a case says whose turn it is, with the way to answer."""

import re

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from accounts.models import User
from mediation.disputes import audience
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.states import State
from mediation.web import case_page
from mediation.web.lists import room_list
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.ways import case_in
from tests.web.test_case_pages import do, page, post, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> Case:
    """In mediation, with nothing to answer."""
    found = case_in(cast, State.MEDIATING)
    User.objects.update(language="en")
    for who in (cast.client, cast.freelancer, cast.mediator, cast.agent):
        who.refresh_from_db()
    return found


def bar(client: Client, who: User, case: Case) -> str:
    """The words and links of the bar."""
    html = page(client, who, reverse("web:room", args=[case.cast.room.pk]))
    found = re.search(r'<section class="standing case-bar".*?</section>', html, re.DOTALL)
    assert found
    return found[0]


def panel(client: Client, who: User, case: Case) -> str:
    """What the case says beside the talk."""
    return text_of(page(client, who, reverse("web:room_case", args=[case.cast.room.pk])))


def group(who: User) -> tuple[str, str]:
    """Where the list of rooms has the room, and what it says."""
    [row] = [row for one in room_list(who, QueryDict()).groups for row in one["rows"]]
    return row.group, row.state


def test_a_point_is_confirmed_from_the_bar_and_then_it_waits_for_the_other(
    client: Client, cast: Cast, case: Case
) -> None:
    point = case.do(cast.mediator, "add_issue").data["issue_id"]
    link = f"{do(case.row, 'confirm_issue')}?issue_id={point}"
    for who in (cast.client, cast.freelancer):
        assert "You confirm a point to settle" in bar(client, who, case)
        assert f'href="{link}"' in bar(client, who, case)
        assert group(who) == ("needs_you", "Your turn")
    assert "Both sides confirm the points to settle" in bar(client, cast.mediator, case)
    assert "You confirm" not in bar(client, cast.agent, case)
    assert "2. A point" in text_of(page(client, cast.client, link))
    assert post(client, cast.client, do(case.row, "confirm_issue"), issue_id=point) == 302
    assert "Mateo confirms a point to settle" in bar(client, cast.client, case)
    assert "Mateo confirms a point to settle" in bar(client, cast.mediator, case)
    assert group(cast.client)[0] == "open"
    assert "Waits for Mateo to confirm it" in panel(client, cast.client, case)
    assert "Waits for you to confirm it" in panel(client, cast.freelancer, case)
    assert "Has to answer Confirm a point" in panel(client, cast.mediator, case)
    for who in (cast.client, cast.freelancer, cast.mediator):
        brief = text_of(page(client, who, reverse("web:case_brief", args=[case.row.pk])))
        assert "Mateo confirms a point to settle" in brief
        assert "Mateo has to answer Confirm a point" in brief


def test_a_point_that_is_settled_is_confirmed_by_nobody(client: Client, cast: Cast, case: Case) -> None:
    case.do(cast.mediator, "add_issue", title="Whose fonts")
    case.do(cast.mediator, "advance_phase")
    newest = case.row.issues.get(position=2)
    assert "Both have confirmed each point : not yet 1 of 2" in panel(client, cast.mediator, case)
    case.do(cast.mediator, "settle_issue", issue_id=newest.pk, status="parked")
    for who in (cast.client, cast.freelancer):
        assert "You confirm a point" not in bar(client, who, case)
        said = panel(client, who, case)
        assert "Waits for you to confirm it" not in said
        assert "Not confirmed by both yet" not in said
        assert "Set aside" in said
        html = page(client, who, reverse("web:room_case", args=[cast.room.pk]))
        assert f"{do(case.row, 'confirm_issue')}?issue_id={newest.pk}" not in html
    assert "Both have confirmed each point : done 2 of 2" in panel(client, cast.mediator, case)


def test_each_reads_a_private_talk_of_their_own_as_theirs(client: Client, cast: Cast, case: Case) -> None:
    case.do(cast.mediator, "begin_caucus", party=cast.client.pk)
    case.do(cast.mediator, "end_caucus")
    for who, begins, ends in (
        (cast.client, "The mediator and you begin a private talk.", "of the mediator and you is over."),
        (cast.mediator, "You and Helen begin a private talk.", "Your private talk with Helen is over."),
        (cast.freelancer, "The mediator and Helen begin a private talk.", "of the mediator and Helen is over."),
    ):
        said = text_of(page(client, who, reverse("web:room", args=[cast.room.pk])))
        assert begins in said
        assert ends in said


def test_no_deadline_is_made_of_what_has_none(client: Client, cast: Cast, case: Case) -> None:
    case.do(cast.mediator, "add_issue")
    for who in (cast.client, cast.mediator):
        said = text_of(bar(client, who, case))
        assert "No time is running" in said
        assert "Nothing ends by itself" in said
        assert "Mediation runs until" in said


def test_an_offered_talk_is_taken_or_done_without_from_the_bar(client: Client, cast: Cast, case: Case) -> None:
    case.do(cast.mediator, "begin_caucus", party=cast.client.pk)
    found = bar(client, cast.freelancer, case)
    assert "You are offered a private talk with Ana" in found
    assert "You can do without it" in found
    assert f"?thread={cast.id_of('caucus_freelancer')}" in found
    assert found.count(f'href="{do(case.row, "decline_caucus")}"') == 1
    assert group(cast.freelancer) == ("needs_you", "Your turn")
    assert "Ana offers you a private talk" in panel(client, cast.freelancer, case)
    offered = "Take a private talk or do without"
    assert offered in panel(client, cast.mediator, case)
    assert offered not in panel(client, cast.agent, case)
    assert group(cast.mediator)[0] == "needs_you", "the case does not wait for it"
    assert "You talk with Ana in private" in bar(client, cast.client, case)
    assert "Ana talks with Helen in private" in bar(client, cast.agent, case)
    brief = page(client, cast.client, reverse("web:case_brief", args=[case.row.pk]))
    assert "Ana guides the talk" in text_of(brief)
    assert post(client, cast.freelancer, do(case.row, "decline_caucus")) == 302
    assert "Ana talks with Helen in private" in bar(client, cast.freelancer, case)
    assert offered not in panel(client, cast.mediator, case)


def test_who_has_written_to_the_mediator_has_taken_the_talk_and_can_still_do_without(
    client: Client, cast: Cast, case: Case
) -> None:
    case.do(cast.mediator, "begin_caucus", party=cast.client.pk)
    cast.say(cast.freelancer, "Gladly.", audience="caucus_freelancer")
    found = bar(client, cast.freelancer, case)
    assert "Ana talks with Helen in private" in found
    assert f'href="{do(case.row, "decline_caucus")}"' in found


def test_words_to_be_shared_and_bids_are_answered_from_the_bar(client: Client, cast: Cast, case: Case) -> None:
    case.do(cast.mediator, "begin_caucus", party=cast.client.pk)
    release = case.do(cast.mediator, "ask_release").data["release_id"]
    found = bar(client, cast.client, case)
    assert "You say whether your words may be shared" in found
    for command in ("grant_release", "refuse_release"):
        assert f'href="{do(case.row, command)}?release_id={release}"' in found
    case.do(cast.client, "refuse_release")
    case.do(cast.mediator, "open_bidding")
    assert "You say whether you agree to sealed bids" in bar(client, cast.client, case)
    case.do(cast.client, "agree_to_bidding")
    assert "Mateo says yes or no to sealed bids" in bar(client, cast.client, case)
    case.do(cast.freelancer, "agree_to_bidding")
    assert "You make your sealed bid" in bar(client, cast.client, case)
    before = bar(client, cast.freelancer, case)
    case.do(cast.client, "bid")
    assert text_of(bar(client, cast.freelancer, case)) == text_of(before)
    assert "You talk with Ana in private" in bar(client, cast.client, case)


def test_whoever_has_a_turn_in_a_mediation_has_a_button_for_it(cast: Cast, case: Case) -> None:
    for who, command, fields in (
        (cast.mediator, "add_issue", {}),
        (cast.mediator, "make_request", {}),
        (cast.client, "answer_request", {}),
        (cast.mediator, "begin_caucus", {}),
        (cast.mediator, "ask_release", {}),
        (cast.mediator, "open_bidding", {}),
        (cast.freelancer, "agree_to_bidding", {}),
        (cast.client, "make_offer", {}),
        (cast.freelancer, "decline_offer", {}),
        (cast.freelancer, "confirm_issue", {"issue_id": None}),
        (cast.client, "confirm_issue", {"issue_id": None}),
        (cast.client, "agree_to_bidding", {}),
        (cast.freelancer, "bid", {}),
    ):
        newest = case.row.issues.order_by("-position").first()
        case.do(who, command, **({"issue_id": newest.pk} if "issue_id" in fields and newest else fields))
        for party in (cast.client, cast.freelancer):
            drawn = case_page.drawn(audience.case_of(party, case.row.pk), party)
            assert drawn["standing"]["mine"] == bool(drawn["answers"]), (command, party.name)
            view = case_view(audience.case_of(party, case.row.pk), party)
            assert drawn["asks"] == next(
                (one["what"] for one in view["standing"]["asks"] if one["party"] == str(party.pk)), []
            )


def test_who_asks_for_a_mediator_reads_what_comes_and_no_hour(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.NEGOTIATING)
    User.objects.update(language="en")
    cast.client.refresh_from_db()
    assert "No hour is promised for that" in text_of(page(client, cast.client, do(case.row, "ask_mediator")))
    case.do(cast.client, "ask_mediator")
    said = text_of(bar(client, cast.client, case))
    assert "The next free mediator takes the case" in said
    assert "No hour is promised for that" in said
    assert "Once one has joined, the mediation has 30 days" in said
    case.do(cast.mediator, "claim")
    case.do(cast.mediator, "release")
    assert "Mediation runs until" in text_of(bar(client, cast.client, case))


def test_a_form_that_is_over_shows_what_was_written_in_it(client: Client, cast: Cast, case: Case) -> None:
    case.do(cast.freelancer, "make_offer")
    offer = case.row.offers.get()
    said = {"offer_id": offer.pk, "offer_version": offer.version, "refund_minor": "400", "release_minor": "1800",
            "expires_at": "2030-01-01T10:00", "note": "For the sake of peace.", "terms": "By Friday"}  # fmt: skip
    case.do(cast.freelancer, "withdraw_offer")
    client.force_login(cast.client)
    answer = client.post(do(case.row, "counter_offer"), said | {"command_id": offer.pk})
    html = answer.content.decode()
    assert '<form method="post" class="case-form"' not in html
    assert "For the sake of peace." in html
    assert "By Friday" in html
    assert "What you wrote was not sent." in html


def test_everybody_reads_who_talks_in_private_until_it_ends(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    case.do(cast.mediator, "begin_caucus", party=cast.client.pk)
    assert "You talk with Ana in private" in bar(client, cast.client, case)
    assert "You talk with Helen in private" in bar(client, cast.mediator, case)
    assert "Ana talks with Helen in private" in bar(client, cast.supervisor, case)
    case.do(cast.mediator, "end_caucus")
    for who in (cast.client, cast.mediator, cast.supervisor):
        assert "in private" not in bar(client, who, case).split("Ask Ana")[0]
