"""The mediator's columns: the checklist of each phase, and whether both sides are heard alike."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from mediation.core import clock
from mediation.disputes import audience
from mediation.disputes.models import Dispute, Policy
from mediation.disputes.queries import mediating
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules.checklist import Progress, checks
from mediation.disputes.rules.evenness import Said, heard, is_even, measure
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Phase
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import later, offer, recommend

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA, HELEN, MATEO = uuid4(), uuid4(), uuid4()
NOTHING = Progress(
    has_claim=True, greeted=0, stated=0, points=0, positions=0, confirmed=0, talks_offered=0, talks_owed=0, evidence=0,
    evidence_answered=0, requests=0, requests_ended=0, offering=0, is_evidence_closed=False, found=0,
)  # fmt: skip


def said(author: UUID, minutes: int, words: int = 1, only: UUID | None = None) -> Said:
    return Said(author, NOON + timedelta(minutes=minutes), words, only)


def test_words_in_private_are_heard_for_that_side_alone() -> None:
    written = [said(HELEN, 0, 5), said(MATEO, 20, 7), said(ANA, 30, 3, HELEN), said(ANA, 100, 2)]
    helen, mateo = heard(written, HELEN, ANA), heard(written, MATEO, ANA)
    assert (helen.reply, mateo.reply) == (timedelta(minutes=30), timedelta(minutes=80))
    assert (helen.words_to, helen.words_of) == (5, 5)
    assert (mateo.words_to, mateo.words_of) == (2, 7)


def test_who_wrote_last_waits_from_the_first_word_that_nobody_answered() -> None:
    written = [said(HELEN, 0), said(ANA, 5), said(HELEN, 10), said(HELEN, 15), said(ANA, 20, 1, MATEO)]
    assert heard(written, HELEN, ANA).waiting_since == NOON + timedelta(minutes=10)
    assert heard(written, MATEO, ANA).waiting_since is None
    assert heard([], HELEN, ANA).reply is None


def test_who_wrote_before_the_mediator_came_waits_from_then_on() -> None:
    """Nobody answers for a time in which somebody else had the case, or nobody."""
    came = NOON + timedelta(minutes=60)
    written = [said(HELEN, 0, 5), said(ANA, 10, 3), said(HELEN, 20, 4), said(MATEO, 70), said(ANA, 80, 2, MATEO)]
    helen, mateo = heard(written, HELEN, ANA, came), heard(written, MATEO, ANA, came)
    assert (helen.waiting_since, helen.reply) == (came, None)
    assert (mateo.waiting_since, mateo.reply) == (None, timedelta(minutes=10))
    assert (helen.words_of, helen.words_to) == (9, 3)


@pytest.mark.parametrize(
    ("name", "client", "freelancer", "even"),
    [
        ("reply", 600, 1500, True), ("reply", 600, 1501, False), ("reply", None, 9999, True),
        ("words", 100, 200, True), ("words", 99, 200, False), ("words", 0, 100, True),
        ("requests", 1, 2, True), ("requests", 0, 2, False), ("private", 0, 901, False), ("written", 0, 9999, True),
    ],
)  # fmt: skip
def test_half_as_much_is_even_and_so_is_a_small_difference(
    name: str, client: int | None, freelancer: int | None, even: bool
) -> None:
    assert measure(name, client, freelancer, Terms()).is_even is even
    assert measure(name, freelancer, client, Terms()).is_even is even
    assert is_even([measure(name, client, freelancer, Terms()), measure("words", 5, 5, Terms())]) is even


@pytest.mark.parametrize(
    ("name", "client", "freelancer", "terms"),
    [
        ("reply", 0, 1800, Terms(even_reply_minutes=30)), ("private", 0, 1800, Terms(even_private_minutes=30)),
        ("words", 0, 300, Terms(even_words=300)), ("requests", 0, 3, Terms(even_requests=3)),
        ("words", 200, 800, Terms(even_least_percent=25)),
    ],
)  # fmt: skip
def test_what_is_small_is_a_number_of_the_policy(name: str, client: int, freelancer: int, terms: Terms) -> None:
    assert measure(name, client, freelancer, terms).is_even
    assert not measure(name, client, freelancer, Terms()).is_even
    assert not measure(name, client, freelancer * 2 + 1, terms).is_even


def test_each_phase_has_lines_and_what_there_is_nothing_of_is_left_out() -> None:
    names = {phase: [one.name for one in checks(phase, NOTHING)] for phase in Phase}
    assert names == {
        Phase.OPENING: ["greeted", "stated"],
        Phase.ISSUES: ["points"],
        Phase.EXPLORING: ["confirmed", "talks_offered"],
        Phase.OPTIONS: ["offers"],
        Phase.DRAFTING: ["closed", "found"],
    }
    assert not any(one.is_done for phase in Phase for one in checks(phase, NOTHING))


def seen(cast: Cast, draft: Dispute) -> Progress:
    """How far it is, as the mediator sees it."""
    dispute = audience.case_of(cast.mediator, draft.pk)
    written = mediating.written(dispute, cast.mediator)
    hearing = mediating.hearing(dispute, written, cast.mediator.pk)
    return mediating.progress(dispute, case_view(dispute, cast.mediator), hearing)


@pytest.mark.django_db
def test_a_new_mediator_is_waited_for_since_they_took_the_case(cast: Cast, draft: Dispute, mediation: Say) -> None:
    cast.say(cast.client, "Is anybody here?")
    with later(hours=30):
        mediation(cast.supervisor, "reassign", brief="She is ill.", agent_id=cast.agent.pk)
        came = clock.now()
    with later(hours=31):
        dispute = audience.case_of(cast.agent, draft.pk)
        hearing = mediating.hearing(dispute, mediating.written(dispute, cast.agent), cast.agent.pk)
    since = hearing["client"].waiting_since
    assert since is not None
    assert abs(since - came) < timedelta(minutes=1)


@pytest.mark.django_db
def test_the_checklist_follows_what_is_done(cast: Cast, draft: Dispute, mediation: Say) -> None:
    before = seen(cast, draft)
    assert (before.greeted, before.stated, before.points, before.positions, before.confirmed) == (0, 2, 1, 2, 1)
    assert (before.talks_offered, before.offering, before.evidence) == (0, 0, 0)
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    cast.say(cast.mediator, "Good morning.", audience="caucus_client")
    talking = seen(cast, draft)
    assert (talking.greeted, talking.talks_offered, talking.talks_owed) == (1, 2, 2)
    mediation(cast.mediator, "end_caucus")
    mediation(cast.freelancer, "decline_caucus")
    offer(cast, mediation, draft)
    due_at = clock.now() + timedelta(days=1)
    asked = {"asked_of": cast.client.pk, "kind": "document", "text": "The contract?", "due_at": due_at}
    mediation(cast.mediator, "make_request", **asked)
    recommend(cast, mediation, draft)
    after = seen(cast, draft)
    assert (after.talks_offered, after.talks_owed, after.offering) == (2, 0, 1)
    assert (after.requests, after.evidence, after.evidence_answered, after.found) == (1, 1, 1, 1)
    assert after.is_evidence_closed


@pytest.mark.django_db
def test_private_words_count_only_for_who_may_read_them(cast: Cast, draft: Dispute, mediation: Say) -> None:
    cast.say(cast.client, "one two")
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    cast.say(cast.mediator, "one two three", audience="caucus_client")
    cast.say(cast.mediator, "never counted", audience="internal")
    dispute = audience.case_of(cast.mediator, draft.pk)
    for reader, words in ((cast.mediator, 3), (cast.agent, 0)):
        hearing = mediating.hearing(dispute, mediating.written(dispute, reader), cast.mediator.pk)
        assert (hearing["client"].words_to, hearing["freelancer"].words_to) == (words, 0)
        assert hearing["client"].words_of == 2


@pytest.mark.django_db
def test_time_in_private_and_requests_are_counted_by_side(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    with later(minutes=18):
        mediation(cast.mediator, "end_caucus")
    dispute = audience.case_of(cast.mediator, draft.pk)
    view = case_view(dispute, cast.mediator)
    hearing = mediating.hearing(dispute, [], cast.mediator.pk)
    found = {one.name: (one.client, one.freelancer) for one in mediating.measures(dispute, view, hearing)}
    assert found["reply"] == (None, None)
    assert found["private"][0] == 0
    assert 18 * 60 <= (found["private"][1] or 0) <= 18 * 60 + 5
    assert found["requests"] == (0, 0)


@pytest.mark.django_db
def test_other_contracts_and_cases_and_the_mediators_own(cast: Cast, draft: Dispute, mediation: Say) -> None:
    dispute = audience.case_of(cast.mediator, draft.pk)
    assert mediating.histories(dispute) == {"client": (0, 0), "freelancer": (0, 0)}
    assert mediating.own_cases(cast.mediator) == [cast.room.pk]
    assert mediating.own_cases(cast.agent) == []


@pytest.mark.django_db
def test_a_case_that_was_opened_again_is_looked_at_anew(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    cast.say(cast.mediator, "Good morning.", audience="caucus_client")
    mediation(cast.mediator, "end_caucus")
    mediation(cast.freelancer, "decline_caucus")
    asked = {"asked_of": cast.client.pk, "kind": "document", "text": "The contract?"}
    mediation(cast.mediator, "make_request", **asked, due_at=clock.now() + timedelta(days=1))
    offer(cast, mediation, draft)
    recommend(cast, mediation, draft)
    mediation(cast.client, "withdraw")
    with later(hours=1):
        again = {"terms_not_kept": True, "reason": "Not kept.", "agent_id": cast.mediator.pk}
        mediation(cast.supervisor, "reopen", **again)
        now = seen(cast, draft)
        assert (now.greeted, now.talks_offered, now.evidence, now.requests, now.offering) == (0, 0, 0, 0, 0)
        assert (now.points, now.confirmed, now.stated) == (1, 1, 2), "what they disagree about is the same"
        dispute = audience.case_of(cast.mediator, draft.pk)
        hearing = mediating.hearing(dispute, mediating.written(dispute, cast.mediator), cast.mediator.pk)
        measures = mediating.measures(dispute, case_view(dispute, cast.mediator), hearing)
        assert {(one.client or 0, one.freelancer or 0) for one in measures} == {(0, 0)}
        mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
        mediation(cast.freelancer, "submit_evidence", kind="term", title="The contract", excerpt="Two rounds.")
        cast.say(cast.mediator, "Welcome back.")
        now = seen(cast, draft)
        assert (now.greeted, now.talks_offered, now.talks_owed, now.evidence, now.evidence_answered) == (2, 2, 2, 1, 0)


@pytest.mark.django_db
def test_a_case_is_weighed_by_the_policy_it_began_under(cast: Cast, draft: Dispute, mediation: Say) -> None:
    asked = {"asked_of": cast.client.pk, "kind": "document", "text": "The contract?"}
    for days in (1, 2):
        mediation(cast.mediator, "make_request", **asked, due_at=clock.now() + timedelta(days=days))

    def even() -> dict[str, bool]:
        dispute = audience.case_of(cast.mediator, draft.pk)
        hearing = mediating.hearing(dispute, [], cast.mediator.pk)
        return {
            one.name: one.is_even for one in mediating.measures(dispute, case_view(dispute, cast.mediator), hearing)
        }

    assert even()["requests"] is False
    Policy.objects.filter(pk=draft.policy_id).update(terms={"even_requests": 2})
    assert even()["requests"] is True
