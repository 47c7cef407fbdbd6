"""Ways to a case in any state, on any track, with or without a claim, each by its commands."""

from collections.abc import Callable
from contextlib import nullcontext
from uuid import UUID

from mediation.conversations.models import Contract, Milestone
from mediation.core import clock
from mediation.disputes.actions import claims, ledger
from mediation.disputes.rules.claimable import last_week
from mediation.disputes.rules.states import State, Track
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case
from tests.disputes.funds import held, on_a_weekday, paid


def start(cast: Cast, track: Track = Track.ESCROW, *, has_claim: bool = True) -> Case:
    """A complete draft about money that is there, or a call for a mediator without a claim."""
    with clock.at(on_a_weekday()) if track is Track.HOURLY else nullcontext():
        about = money_for(cast, track)
        if not has_claim:
            return Case(cast, claims.ask_without_claim(user=cast.client, room_id=cast.room.pk).dispute_id)
        draft = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=track, milestone_id=about)
        case = Case(cast, draft.pk)
        case.say(
            cast.client,
            "edit_draft",
            problem="quality",
            amount_minor=AMOUNT,
            claimed_refund_minor=AMOUNT,
            statement="The checkout fails on phones.",
        )
    return case


def money_for(cast: Cast, track: Track) -> UUID | None:
    """What a claim on this track is about: a milestone that is held or was paid, or last week's hours."""
    contract, now = cast.room.contract, clock.now()
    if track is Track.HOURLY:
        Contract.objects.filter(pk=contract.pk).update(kind=Contract.Kind.HOURLY.value)
        contract.refresh_from_db()
        ledger.pay_hours(contract_id=contract.pk, week=last_week(now), currency="USD", amount_minor=AMOUNT, at=now)
        return None
    milestone, _ = Milestone.objects.get_or_create(
        contract=contract, position=3, defaults={"title": "Launch", "amount_minor": AMOUNT, "status": "funded"}
    )
    held(milestone)
    if track is Track.ASSISTANCE:
        paid(milestone)
    return milestone.pk


def _file(case: Case) -> None:
    """In time: what is claimed about last week's hours is filed before the weekend."""
    with clock.at(on_a_weekday()) if case.row.track == Track.HOURLY else nullcontext():
        case.do(case.cast.client, "file")


def bring(case: Case, to: State) -> None:
    """The shortest way from a draft, or from the call for a mediator, to a state. Track and claim are the case's."""
    row = case.row
    if State(row.state) is to:
        return
    for before, steps in WAYS[to].items():
        if reachable(before, Track(row.track), has_claim=row.has_claim):
            bring(case, before)
            steps(case)
            break
    now = case.row.state
    assert State(now) is to, f"{now} instead of {to}"


def case_in(cast: Cast, state: State, track: Track = Track.ESCROW, *, has_claim: bool = True) -> Case:
    """A case that has come to a state by its commands."""
    case = start(cast, track, has_claim=has_claim)
    bring(case, state)
    return case


def reachable(state: State, track: Track, *, has_claim: bool) -> bool:
    """Whether a case of this kind can ever be in a state."""
    if not has_claim:
        return track is Track.ESCROW and state in {State.ESCALATED, State.MEDIATING, State.CLOSED}
    return (state is not State.LOG_REVIEW or track is Track.HOURLY) and (
        track is not Track.HOURLY
        or state
        in {State.DRAFT, State.AWAITING_RESPONSE, State.LOG_REVIEW, State.SETTLING, State.EXECUTING, State.CLOSED}
    )


def _settle(case: Case) -> None:
    case.do(case.cast.freelancer, "make_offer")
    case.do(case.cast.client, "accept_offer")


def _mediate(case: Case) -> None:
    case.do(case.cast.mediator, "claim")
    case.do(case.cast.mediator, "add_issue")
    for party in (case.cast.client, case.cast.freelancer):
        case.do(party, "confirm_issue")
        case.do(party, "submit_evidence")


def _recommend(case: Case) -> None:
    for command in ("close_evidence", "draft_recommendation", "issue_recommendation"):
        case.do(case.cast.mediator, command)


def _both(command: str) -> Callable[[Case], None]:
    def say(case: Case) -> None:
        for party in (case.cast.client, case.cast.freelancer):
            case.do(party, command)

    return say


def _give_up(case: Case) -> None:
    _both("decline_mediation")(case)
    case.do(case.cast.mediator, "declare_impasse")


def _arbitrate(case: Case) -> None:
    _both("elect")(case)
    _both("pay_share")(case)


WAYS: dict[State, dict[State, Callable[[Case], None]]] = {
    State.AWAITING_RESPONSE: {State.DRAFT: _file},
    State.NEGOTIATING: {State.AWAITING_RESPONSE: lambda case: case.do(case.cast.freelancer, "decline") and None},
    State.LOG_REVIEW: {State.AWAITING_RESPONSE: lambda case: case.do(case.cast.freelancer, "decline") and None},
    State.ESCALATED: {State.NEGOTIATING: lambda case: case.do(case.cast.client, "ask_mediator") and None},
    State.MEDIATING: {State.ESCALATED: _mediate},
    State.RECOMMENDED: {State.MEDIATING: _recommend},
    State.NON_RESOLUTION: {State.MEDIATING: _give_up},
    State.IN_ARBITRATION: {State.NON_RESOLUTION: _arbitrate},
    State.SETTLING: {State.NEGOTIATING: _settle, State.AWAITING_RESPONSE: _settle},
    State.EXECUTING: {State.SETTLING: _both("accept_text")},
    State.CLOSED: {
        State.NEGOTIATING: lambda case: case.do(case.cast.client, "withdraw") and None,
        State.AWAITING_RESPONSE: lambda case: case.do(case.cast.client, "withdraw") and None,
        State.MEDIATING: lambda case: case.do(case.cast.mediator, "close_helped") and None,
    },
}
