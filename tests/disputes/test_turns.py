"""The rarer turns of a case: pauses, holds, objections, arbitration, reviews, and a chain that holds."""

from datetime import timedelta

import pytest

from mediation.conversations.models import Member
from mediation.core.errors import Refused
from mediation.disputes import errors
from mediation.disputes.actions import claims, firing, payments
from mediation.disputes.models import CaseEntry, Dispute
from mediation.disputes.rules.chain import Link, first_break
from mediation.disputes.rules.states import State, Track
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import ANSWER, later, recommend, state
from tests.disputes.ways import case_in


def test_pauses_absences_and_extensions_move_the_deadline_of_both(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    due = draft.timers.get(kind="response").due_at
    say(cast.freelancer, "cool_off", hours=24)
    with pytest.raises(errors.CoolingOffAlready):
        say(cast.client, "cool_off", hours=12)
    say(cast.freelancer, "declare_absence", days=3)
    with pytest.raises(errors.AbsenceTooLong):
        say(cast.freelancer, "declare_absence", days=12)
    running = draft.timers.get(cancelled_at__isnull=True, fired_at__isnull=True)
    assert running.due_at == due + timedelta(days=4)
    ledger_lines = list(draft.deadlines.order_by("pk").values_list("reason", flat=True))
    assert ledger_lines == ["", "cooling_off", "absence"]


def test_a_hold_stops_every_clock_and_gives_the_time_back(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    cast.mediate()
    due = draft.timers.get(kind="response").due_at
    say(cast.senior, "hold", reason="Trust and safety looks at it.")
    with pytest.raises(errors.OnHold):
        say(cast.freelancer, "decline", **ANSWER)
    with later(days=20):
        assert firing.sweep() == 0
        say(cast.senior, "unhold")
        assert draft.timers.get(cancelled_at__isnull=True, fired_at__isnull=True).due_at >= due + timedelta(days=20)


def test_an_upheld_objection_brings_another_mediator(cast: Cast, draft: Dispute, mediation: Say) -> None:
    mediation(cast.freelancer, "object_to_mediator", reason="She knows Helen.")
    with pytest.raises(errors.ObjectionOpen):
        mediation(cast.client, "object_to_mediator", reason="Me too.")
    assert mediation(cast.senior, "decide_objection", is_upheld=True, reason="To be safe.").state == "escalated"
    with pytest.raises(errors.ConflictOfInterest):
        mediation(cast.mediator, "claim")
    assert mediation(cast.agent, "claim").state == "mediating"


def test_phases_go_on_when_their_work_is_done(cast: Cast, draft: Dispute, mediation: Say) -> None:
    with pytest.raises(errors.NoSuchPhase):
        mediation(cast.mediator, "step_back")
    for expected in ("issues", "exploring", "options", "drafting"):
        mediation(cast.mediator, "advance_phase")
        draft.refresh_from_db()
        assert draft.phase == expected
    with pytest.raises(errors.NoSuchPhase):
        mediation(cast.mediator, "advance_phase")


def test_arbitration_when_both_pay_and_an_award_with_four_eyes(cast: Cast, draft: Dispute, mediation: Say) -> None:
    for person in (cast.client, cast.freelancer):
        mediation(person, "decline_mediation")
    assert mediation(cast.mediator, "declare_impasse").state == "non_resolution"
    with pytest.raises(errors.NotElected):
        mediation(cast.client, "pay_share")
    for person in (cast.client, cast.freelancer):
        mediation(person, "elect")
        mediation(person, "pay_share")
    assert state(draft) == "in_arbitration"
    with pytest.raises(errors.Incomplete):
        mediation(cast.senior, "record_award", reason="As decided.")


def test_one_who_pays_for_arbitration_alone_is_given_the_money(cast: Cast, draft: Dispute, mediation: Say) -> None:
    for person in (cast.client, cast.freelancer):
        mediation(person, "decline_mediation")
    mediation(cast.mediator, "declare_impasse")
    mediation(cast.freelancer, "elect")
    mediation(cast.freelancer, "pay_share")
    with later(days=8):
        firing.sweep()
        mediation(cast.agent, "confirm_no_arbitration")
    draft.refresh_from_db()
    assert (draft.outcome, draft.settled_refund_minor) == ("released_to_elector", 0)


def test_hours_are_looked_at_slot_by_slot(cast: Cast) -> None:
    case = case_in(cast, State.AWAITING_RESPONSE, Track.HOURLY)
    assert case.say(cast.freelancer, "decline", **ANSWER).state == "log_review"
    cast.mediate()
    slots = [{"amount_minor": 4_000, "is_upheld": False}, {"amount_minor": 8_000, "is_upheld": True}]
    assert case.say(cast.agent, "record_log_review", slots=slots).state == "executing"
    assert (case.row.outcome, case.row.settled_refund_minor) == ("log_review", 4_000)


def test_a_review_that_is_upheld_reopens_the_case(cast: Cast, draft: Dispute, mediation: Say) -> None:
    recommend(cast, mediation, draft)
    for person in (cast.client, cast.freelancer):
        mediation(person, "answer", is_yes=True)
    text = draft.agreements.get(void_at__isnull=True)
    for person in (cast.client, cast.freelancer):
        mediation(person, "accept_text", sha256=text.sha256, password_is_fresh=True)
    payments.pay_out()
    draft.refresh_from_db()
    assert (draft.state, draft.outcome, draft.settled_refund_minor) == ("closed", "recommendation_accepted", 50_000)
    assert not Member.objects.filter(room=cast.room, user=cast.mediator, left_at__isnull=True).exists()
    mediation(cast.client, "ask_review", reason="The evidence was not read.")
    with pytest.raises(errors.NothingOpen):
        mediation(cast.supervisor, "reopen", reason="Upheld.", agent_id=cast.agent.pk)
    mediation(cast.supervisor, "decide_review", is_upheld=True, reason="It was not.")
    assert mediation(cast.supervisor, "reopen", reason="Upheld.", agent_id=cast.agent.pk).state == "mediating"


def test_help_without_a_claim_ends_helped(cast: Cast) -> None:
    case = claims.ask_without_claim(user=cast.client, room_id=cast.room.pk, note="Please help us talk.")
    assert case.state == "escalated"
    again = claims.ask_without_claim(user=cast.freelancer, room_id=cast.room.pk)
    assert (again.dispute_id, again.repeated) == (case.dispute_id, True)
    from mediation.disputes.actions.transition import transition

    transition(actor=cast.mediator, dispute_id=case.dispute_id, command="claim")
    done = transition(actor=cast.mediator, dispute_id=case.dispute_id, command="close_helped")
    assert done.state == "closed"
    assert Dispute.objects.get(pk=case.dispute_id).outcome == "helped"


def test_handing_over_keeps_the_case_owned(cast: Cast, draft: Dispute, mediation: Say) -> None:
    with pytest.raises(errors.BriefMissing):
        mediation(cast.mediator, "release")
    mediation(cast.supervisor, "reassign", brief="Helen waits for an answer.", agent_id=cast.agent.pk)
    draft.refresh_from_db()
    assert draft.mediator_id == cast.agent.pk
    assert mediation(cast.agent, "release", brief="I am away.").state == "escalated"


def test_a_refused_command_changes_nothing_and_the_chains_hold(cast: Cast, draft: Dispute, mediation: Say) -> None:
    def everything() -> tuple[object, ...]:
        fresh = Dispute.objects.get(pk=draft.pk)
        return fresh.state, fresh.version, cast.joint.head_seq, CaseEntry.objects.count()

    before = everything()
    for person, command in ((cast.client, "claim"), (cast.freelancer, "withdraw"), (cast.mediator, "file")):
        with pytest.raises(Refused):
            mediation(person, command)
    assert everything() == before
    for audience in CaseEntry.objects.values_list("audience", flat=True).distinct():
        lines = CaseEntry.objects.filter(audience=audience).order_by("number")
        links = [
            Link(
                one.number,
                one.type,
                str(one.actor_id or ""),
                one.audience,
                one.content_hash,
                one.previous_hash,
                one.hash,
                one.at,
            )
            for one in lines
        ]
        assert first_break(links) is None
        assert links[1:] == [] or first_break(links[1:]) is not None


def test_nobody_is_away_once_their_time_is_over(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    Dispute.objects.filter(pk=draft.pk).update(is_overdue=True)
    with pytest.raises(errors.AbsenceTooLate):
        say(cast.freelancer, "declare_absence", days=3)
