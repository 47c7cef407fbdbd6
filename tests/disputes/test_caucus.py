"""Private talks: both see that one took place, nobody what was said, and who hears one side hears the other."""

from typing import Any

import pytest

from accounts.models import User
from mediation.disputes import errors
from mediation.disputes.audience import case_of
from mediation.disputes.models import Caucus, Dispute
from mediation.disputes.queries.case import case_view
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import recommend


def talks(draft: Dispute, person: User) -> list[dict[str, Any]]:
    view: list[dict[str, Any]] = case_view(case_of(person, draft.pk), person)["caucuses"]
    return view


def test_a_talk_with_one_side_offers_one_to_the_other(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    assert [one["with_me"] for one in talks(draft, cast.client)] == [True]
    assert [(one["with_me"], bool(one["began_at"])) for one in talks(draft, cast.freelancer)] == [
        (False, True),
        (True, False),
    ]
    with pytest.raises(errors.CaucusRunning):
        mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    mediation(cast.mediator, "end_caucus")
    assert all(one["ended_at"] for one in talks(draft, cast.client))
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    mediation(cast.mediator, "end_caucus")
    assert Caucus.objects.filter(began_at__isnull=False, ended_at__isnull=False).count() == 2


def test_nothing_is_recommended_or_given_up_before_both_were_heard(cast: Cast, draft: Dispute, mediation: Say) -> None:
    for person in (cast.client, cast.freelancer):
        mediation(person, "decline_mediation")
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    with pytest.raises(errors.CaucusRunning):
        mediation(cast.mediator, "declare_impasse")
    mediation(cast.mediator, "end_caucus")
    with pytest.raises(errors.CaucusOwed) as refusal:
        mediation(cast.mediator, "declare_impasse")
    assert refusal.value.detail == {"party": str(cast.client.pk)}
    with pytest.raises(errors.CaucusOwed):
        recommend(cast, mediation, draft)


def test_a_side_may_do_without_and_the_other_never_learns_of_it(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    mediation(cast.mediator, "end_caucus")
    version, seen, head = Dispute.objects.get(pk=draft.pk).version, talks(draft, cast.client), cast.joint.head_seq
    with pytest.raises(errors.NothingOpen):
        mediation(cast.client, "decline_caucus")
    mediation(cast.freelancer, "decline_caucus")
    assert (Dispute.objects.get(pk=draft.pk).version, talks(draft, cast.client)) == (version, seen)
    assert cast.joint.head_seq == head
    recommend(cast, mediation, draft)
    assert Dispute.objects.get(pk=draft.pk).state == "recommended"


def test_when_the_other_side_was_offered_its_talk_is_not_told(cast: Cast, draft: Dispute, mediation: Say) -> None:
    """Who declined the first offer is offered another when the next talk begins; who said yes at once is not."""
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    mediation(cast.mediator, "end_caucus")
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    offered = Caucus.objects.get(party=cast.freelancer)
    assert offered.began_at is not None
    assert offered.offered_at < offered.began_at
    seen = {one["party"]: one for one in talks(draft, cast.client)}[str(cast.freelancer.pk)]
    assert seen["offered_at"] == seen["began_at"]
    own = {one["party"]: one for one in talks(draft, cast.freelancer)}[str(cast.freelancer.pk)]
    assert own["offered_at"] < own["began_at"]


def test_a_talk_ends_with_the_mediation(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    mediation(cast.client, "withdraw")
    assert not Caucus.objects.filter(ended_at__isnull=True).exists()
