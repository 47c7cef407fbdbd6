"""Where the case stands: the bar, the ledger of deadlines, and what lies over the state."""

from typing import Any

from mediation.core.clock import iso
from mediation.disputes.models import Dispute
from mediation.disputes.queries.case.reader import Reader, moment, text
from mediation.disputes.rules import standing as rules
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.standing import Look
from mediation.disputes.rules.states import STAGE_OF, Ball, Overlay, State, Track


def standing(reader: Reader, facts: Facts) -> dict[str, Any]:
    """Where, whose turn, until when, and what happens otherwise."""
    dispute = reader.dispute
    look = _look(dispute, facts)
    kind, due_at = _due(dispute, look, facts)
    ball = rules.ball(look)
    return {
        "where": dispute.state,
        "stage": STAGE_OF[look.state],
        "phase": dispute.phase,
        "ball": ball.value,
        "mine": _is_mine(reader, ball),
        "kind": kind.value if kind else "",
        "due_at": due_at,
        "otherwise": rules.otherwise(look, kind),
        "on_hold": look.is_on_hold,
    }


def _look(dispute: Dispute, facts: Facts) -> Look:
    current = next((one for one in dispute.agreements.all() if one.void_at is None), None)
    ledger = dispute.deadlines.all()
    signing = [one for one in ledger if one.kind == Kind.SIGN.value and not one.is_extension]
    return Look(
        state=State(dispute.state),
        track=Track(dispute.track),
        filer=dispute.filer_id,
        respondent=dispute.respondent_id,
        is_on_hold=facts.is_on_hold,
        is_overdue=dispute.is_overdue,
        grace_used=facts.grace_used,
        asked=frozenset(
            one.asked_of_id for one in dispute.requests.all() if one.answered_at is None and one.withdrawn_at is None
        ),
        signed=frozenset(one.party_id for one in current.acceptances.all()) if current else frozenset(),
        sign_times=sum(current is not None and one.set_at >= current.written_at for one in signing),
        is_mediated=dispute.mediator_id is not None,
        paid=frozenset(one.party_id for one in dispute.arbitration_steps.all() if one.kind == "paid")
        if dispute.state == State.NON_RESOLUTION.value
        else frozenset(),
    )


def _due(dispute: Dispute, look: Look, facts: Facts) -> tuple[Kind | None, str | None]:
    """The running deadline that this state is about; nothing runs while the case is held."""
    if look.is_on_hold:
        return None, None
    if look.state is State.DRAFT:
        return Kind.DRAFT, moment(facts.window_ends)
    running = [one for one in dispute.deadlines.all() if one.ended_at is None]
    for kind in rules.KINDS_OF.get(look.state, ()):
        if found := [one.due_at for one in running if one.kind == kind.value]:
            return kind, iso(min(found))
    return None, None


def _is_mine(reader: Reader, ball: Ball) -> bool:
    """Whether it is the reader's turn. Who has sealed their answer waits, and nobody else is told that they wait."""
    dispute = reader.dispute
    if not reader.is_party:
        return ball is Ball.UPWORK and (reader.is_mediator or dispute.mediator_id is None)
    if ball is Ball.BOTH:
        return not (dispute.state == State.RECOMMENDED.value and _has_answered(reader))
    return ball.value == ("filer" if reader.is_mine(dispute.filer_id) else "respondent")


def _has_answered(reader: Reader) -> bool:
    open_ones = [one for one in reader.dispute.recommendations.all() if one.issued_at and not one.evaluated_at]
    return any(reader.is_mine(answer.party_id) for one in open_ones for answer in one.answers.all())


def ledger(reader: Reader) -> list[dict[str, Any]]:
    """Every deadline with each move and its reason, as both parties read it."""
    return [
        {
            "kind": one.kind,
            "who": one.who,
            "person": text(one.person_id),
            "due_at": iso(one.due_at),
            "was_due_at": moment(one.was_due_at),
            "reason": one.reason,
            "is_extension": one.is_extension,
            "set_at": iso(one.set_at),
            "ended_at": moment(one.ended_at),
            "ended_how": one.ended_how,
        }
        for one in sorted(reader.dispute.deadlines.all(), key=lambda one: one.pk)
    ]


def overlays(reader: Reader) -> list[dict[str, Any]]:
    """Pauses and holds. Why a case is held is Upwork's to know."""
    found = []
    for one in sorted(reader.dispute.overlays.all(), key=lambda one: one.pk):
        ends = one.ended_at or one.ends_at
        is_hold = one.kind == Overlay.HOLD.value
        found.append(
            {
                "kind": one.kind,
                "asked_by": None if is_hold and reader.is_party else text(one.asked_by_id),
                "reason": "" if is_hold and reader.is_party else one.reason,
                "begins_at": iso(one.begins_at),
                "ends_at": moment(ends),
                "is_on": one.begins_at <= reader.now and (ends is None or reader.now < ends),
            }
        )
    return found
