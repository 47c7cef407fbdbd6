"""What each person sees of a case: all that is theirs to see, nothing of what is not, in few queries."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.disputes import audience
from mediation.disputes.actions import claims
from mediation.disputes.models import Dispute
from mediation.disputes.queries.case import case_view
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.stories import ANSWER, recommend

MOST_QUERIES = 28  # the last one of seniors alone: what ties them to a party


def seen(dispute: Dispute, person: User) -> dict[str, Any]:
    """The case as that person sees it, through JSON and back."""
    return json.loads(json.dumps(case_view(audience.case_of(person, dispute.pk), person)))


def can(view: dict[str, Any]) -> set[str]:
    """The commands that are open."""
    return {one["command"] for one in view["actions"] if one["allowed"]}


def test_a_draft_is_its_filers_alone(cast: Cast, draft: Dispute) -> None:
    view = seen(draft, cast.client)
    assert (view["standing"]["ball"], view["standing"]["mine"], view["role"]) == ("filer", True, "filer")
    assert view["filing"]["ends_at"] == view["standing"]["due_at"]
    assert (view["standing"]["kind"], view["standing"]["otherwise"]) == ("draft", "draft_erased")
    assert {"file", "discard", "edit_draft"} <= can(view)
    for person in (cast.freelancer, cast.agent, cast.senior, cast.qa, cast.supervisor, cast.admin, cast.outsider):
        with pytest.raises(NotFound):
            audience.case_of(person, draft.pk)
    assert audience.open_case(cast.freelancer, cast.room.pk) is None


def test_an_erased_draft_is_nobody_elses(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "discard")
    for person in (cast.freelancer, cast.agent, cast.supervisor):
        with pytest.raises(NotFound):
            audience.case_of(person, draft.pk)
        with pytest.raises(NotFound):
            say(person, "ask_review", reason="x")
    assert audience.open_case(cast.client, cast.room.pk) is None


def test_an_outsider_finds_nothing(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    for person in (cast.outsider, cast.outside_freelancer, cast.analyst, cast.admin):
        with pytest.raises(NotFound):
            audience.case_of(person, draft.pk)
        with pytest.raises(NotFound):
            audience.open_case(person, cast.room.pk)
    with pytest.raises(NotFound):
        audience.case_of(cast.client, uuid4())
    cast.freelancer.is_active = False
    with pytest.raises(NotFound):
        audience.case_of(cast.freelancer, draft.pk)


def test_the_bar_says_who_acts_next_and_what_happens_otherwise(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    theirs, mine = seen(draft, cast.freelancer)["standing"], seen(draft, cast.client)["standing"]
    assert (theirs["ball"], theirs["mine"], mine["mine"]) == ("respondent", True, False)
    assert (theirs["kind"], theirs["otherwise"]) == ("response", "grace_given")
    assert theirs["due_at"] == mine["due_at"]
    say(cast.freelancer, "decline", **ANSWER)
    standing = seen(draft, cast.client)["standing"]
    assert (standing["where"], standing["ball"], standing["otherwise"]) == ("negotiating", "both", "mediator_asked")


def test_the_other_sides_statement_comes_with_ones_own(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    for person in (cast.freelancer, cast.agent, cast.supervisor, cast.qa):
        assert seen(draft, person)["statements"] == []
    say(cast.freelancer, "decline", **ANSWER)
    for person in (cast.client, cast.freelancer, cast.agent, cast.qa):
        assert len(seen(draft, person)["statements"]) == 2


def test_an_offer_can_be_answered_by_the_other_side_only(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    say(cast.freelancer, "decline", **ANSWER)
    expires_at = clock.now() + timedelta(days=2)
    say(cast.client, "make_offer", refund_minor=AMOUNT, release_minor=0, expires_at=expires_at)
    answers = {"accept_offer", "counter_offer", "decline_offer"}
    assert answers <= can(seen(draft, cast.freelancer))
    assert answers & can(seen(draft, cast.client)) == set()
    assert "withdraw_offer" in can(seen(draft, cast.client))
    refused = {one["command"]: one["why_not"] for one in seen(draft, cast.client)["actions"]}
    assert refused["accept_offer"]["code"] == "offer.own"


def test_a_sealed_answer_is_seen_by_who_gave_it(cast: Cast, draft: Dispute, mediation: Say) -> None:
    recommend(cast, mediation, draft)
    before = seen(draft, cast.client)
    mediation(cast.freelancer, "answer", is_yes=False)
    assert seen(draft, cast.client) == before, "not in text, number, order or version"
    theirs = seen(draft, cast.freelancer)
    assert (theirs["recommendation"]["my_answer"], theirs["standing"]["mine"]) == (False, False)
    for_mediator = seen(draft, cast.mediator)["recommendation"]
    assert for_mediator["are_in"] == [str(cast.freelancer.pk)]
    assert for_mediator["my_answer"] is None
    assert seen(draft, cast.supervisor)["recommendation"]["are_in"] is None


def test_private_turns_leave_the_other_sides_view_as_it_was(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    before = seen(draft, cast.client)
    asked = {"party": cast.freelancer.pk, "text": "I would take less.", "question": "May I share this?"}
    release = UUID(mediation(cast.mediator, "ask_release", **asked).data["release_id"])
    assert [one["id"] for one in seen(draft, cast.freelancer)["releases"]] == [str(release)]
    assert {"grant_release", "refuse_release"} <= can(seen(draft, cast.freelancer))
    assert seen(draft, cast.client) == before
    mediation(cast.freelancer, "refuse_release", release_id=release)
    mediation(cast.freelancer, "decline_mediation")
    assert seen(draft, cast.client) == before


def test_bids_are_in_or_not(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.mediator, "open_bidding")
    for person in (cast.client, cast.freelancer):
        mediation(person, "agree_to_bidding")
    before = seen(draft, cast.client)
    mediation(cast.freelancer, "bid", release_minor=200_000)
    assert seen(draft, cast.client) == before
    [mine] = seen(draft, cast.freelancer)["bidding"]["rounds"]
    assert (mine["mine_in"], mine["are_in"]) == (True, None)
    [known] = seen(draft, cast.mediator)["bidding"]["rounds"]
    assert known["are_in"] == [str(cast.freelancer.pk)]
    assert "200000" not in json.dumps(seen(draft, cast.mediator))


def test_why_a_case_is_held_is_for_staff(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.senior, "hold", reason="Payment fraud is looked at.")
    for person in (cast.client, cast.freelancer):
        view = seen(draft, person)
        assert view["standing"]["on_hold"]
        assert "fraud" not in json.dumps(view)
        assert can(view) == set()
    assert seen(draft, cast.senior)["overlays"][0]["reason"]
    assert can(seen(draft, cast.senior)) == {"unhold", "void", "level_up"}


@pytest.mark.parametrize("who", ["client", "freelancer", "mediator", "agent", "senior", "supervisor", "qa"])
def test_a_long_case_is_read_in_few_queries(who: str, cast: Cast, draft: Dispute, mediation: Say) -> None:
    recommend(cast, mediation, draft)
    person = getattr(cast, who)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        seen(draft, person)
    assert len(asked) <= MOST_QUERIES


def test_a_call_without_a_claim_is_a_case_too(cast: Cast) -> None:
    asked = claims.ask_without_claim(user=cast.freelancer, room_id=cast.room.pk, note="Please")
    case = audience.open_case(cast.client, cast.room.pk)
    assert case is not None
    assert case.pk == asked.dispute_id
    view = seen(case, cast.agent)
    assert (view["conflict"], view["standing"]["ball"]) == ("clear", "upwork")
    assert "claim" in can(view)
