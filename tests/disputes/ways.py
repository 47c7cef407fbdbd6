"""Ways to a case in any state, on any track, with or without a claim, each by its commands."""

from collections.abc import Callable

from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.disputes.actions import claims, ledger
from mediation.disputes.queries.holdings import escrow_account
from mediation.disputes.rules.states import State, Track
from tests.cast import Cast
from tests.disputes.cases import AMOUNT, Case


def start(cast: Cast, track: Track = Track.ESCROW, *, has_claim: bool = True) -> Case:
    """A complete draft with its money in escrow, or a call for a mediator without a claim."""
    milestone, _ = Milestone.objects.get_or_create(
        contract=cast.room.contract,
        position=3,
        defaults={"title": "Launch", "amount_minor": AMOUNT, "status": "funded"},
    )
    account = f"escrow:{milestone.pk}"
    if not has_claim:
        case = Case(cast, claims.ask_without_claim(user=cast.client, room_id=cast.room.pk).dispute_id)
    else:
        chosen = milestone.pk if track is Track.ESCROW else None
        draft = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=track, milestone_id=chosen)
        case = Case(cast, draft.pk)
        case.say(
            cast.client,
            "edit_draft",
            problem="quality",
            amount_minor=AMOUNT,
            claimed_refund_minor=AMOUNT,
            statement="The checkout fails on phones.",
        )
        account = escrow_account(draft)
    if track is Track.ESCROW:
        ledger.fund(
            contract_id=cast.room.contract_id, account=account, currency="USD", amount_minor=AMOUNT,
            key=f"fund:{milestone.pk}", at=clock.now(),
        )  # fmt: skip
    return case


def bring(case: Case, to: State) -> None:
    """The shortest way from a draft, or from the call for a mediator, to a state. Track and claim are the case's."""
    if State(case.row.state) is to:
        return
    for before, steps in WAYS[to].items():
        if _can_reach(case, before):
            bring(case, before)
            steps(case)
            break
    assert State(case.row.state) is to, f"{case.row.state} instead of {to}"


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


def _can_reach(case: Case, state: State) -> bool:
    return reachable(state, Track(case.row.track), has_claim=case.row.has_claim)


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
    State.AWAITING_RESPONSE: {State.DRAFT: lambda case: case.do(case.cast.client, "file") and None},
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
