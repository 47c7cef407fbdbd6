"""Where the case stands: the bar, the ledger of deadlines, and what lies over the state."""

from typing import Any
from uuid import UUID

from mediation.core.clock import iso
from mediation.disputes.models import Dispute, Offer
from mediation.disputes.queries import rounds
from mediation.disputes.queries.case import asks
from mediation.disputes.queries.case.reader import Reader, moment, text
from mediation.disputes.rules import stages
from mediation.disputes.rules import standing as rules
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.standing import Look
from mediation.disputes.rules.states import Ball, Outcome, Overlay, State, Track


def standing(reader: Reader, facts: Facts) -> dict[str, Any]:
    """Where, whose turn, until when, and what happens otherwise."""
    dispute = reader.dispute
    asked = asks.known(reader)
    look = _look(dispute, facts, asks.waited_for(asked, reader))
    kind, due_at = _due(reader, look, facts)
    ball = rules.ball(look)
    return {
        "where": dispute.state,
        **_stages(dispute),
        "phase": dispute.phase,
        "ball": ball.value,
        "mine": _is_mine(reader, look, ball),
        "asks": [{"party": str(party), "what": [ask.value for ask in said]} for party, said in asked.items()],
        "kind": kind.value if kind else "",
        "due_at": due_at,
        "otherwise": rules.otherwise(look, kind),
        "on_hold": look.is_on_hold,
        "mediation_days": facts.terms.mediation_days,
    }


def shared(dispute: Dispute, facts: Facts) -> dict[str, Any]:
    """The same as far as everybody knows it: the turn of nobody in particular."""
    asked = asks.joint(dispute)
    look = _look(dispute, facts, frozenset(asked))
    found = rules.due(look, _running(dispute), [], None)
    return {
        "where": dispute.state,
        **_stages(dispute),
        "ball": rules.ball(look).value,
        "mine": False,
        "asks": [{"party": str(party), "what": [ask.value for ask in said]} for party, said in asked.items()],
        "kind": found[1].value if found else "",
        "due_at": iso(found[0]) if found else None,
        "on_hold": look.is_on_hold,
    }


def _stages(dispute: Dispute) -> dict[str, Any]:
    path, now = stages.path(
        State(dispute.state),
        Track(dispute.track),
        outcome=Outcome(dispute.outcome) if dispute.outcome else None,
        has_claim=dispute.has_claim,
        had_talks=any(one.kind == Kind.TALKS.value for one in dispute.deadlines.all()),
        was_mediated=bool(dispute.phase),
    )
    return {"stage": now.value, "stages": [stage.value for stage in path]}


def _look(dispute: Dispute, facts: Facts, asked: frozenset[UUID]) -> Look:
    current = next((one for one in dispute.agreements.all() if one.void_at is None), None)
    ledger = dispute.deadlines.all()
    # A line that was moved names the earlier moment; what was given anew does not.
    signing = [one for one in ledger if one.kind == Kind.SIGN.value and one.was_due_at is None]
    return Look(
        state=State(dispute.state),
        track=Track(dispute.track),
        filer=dispute.filer_id,
        respondent=dispute.respondent_id,
        is_on_hold=facts.is_on_hold,
        is_overdue=dispute.is_overdue,
        grace_used=facts.grace_used,
        asked=asked,
        signed=frozenset(one.party_id for one in current.acceptances.all()) if current else frozenset(),
        sign_times=sum(current is not None and one.set_at >= current.written_at for one in signing),
        has_claim=dispute.has_claim,
        paid=frozenset(
            one.party_id for one in rounds.of(dispute.arbitration_steps.all(), dispute.reopenings) if one.kind == "paid"
        )
        if dispute.state == State.NON_RESOLUTION.value
        else frozenset(),
    )


def _due(reader: Reader, look: Look, facts: Facts) -> tuple[Kind | None, str | None]:
    """What the reader is told is due, and when."""
    if look.state is State.DRAFT and not look.is_on_hold:
        return Kind.DRAFT, moment(facts.window_ends)
    found = rules.due(look, _running(reader.dispute), _mine(reader), reader.person.pk)
    return (found[1], iso(found[0])) if found else (None, None)


def _running(dispute: Dispute) -> list[rules.Due]:
    return [(one.due_at, Kind(one.kind)) for one in dispute.deadlines.all() if one.ended_at is None]


def _mine(reader: Reader) -> list[rules.Due]:
    """What the reader has to answer, and until when. Offers share one deadline, that of the first to lapse, which may
    be the other side's to answer: what each offer itself says counts.
    """
    if not reader.is_party:
        return []
    running = [one for one in reader.dispute.deadlines.all() if one.ended_at is None]
    asked = [one for one in running if one.kind == Kind.REQUEST.value and reader.is_mine(one.person_id)]
    offers = [one for one in reader.dispute.offers.all() if one.status == Offer.Status.OPEN.value]
    return [(one.due_at, Kind.REQUEST) for one in asked] + [
        (one.expires_at, Kind.OFFER) for one in offers if not reader.is_mine(one.made_by_id)
    ]


def _is_mine(reader: Reader, look: Look, ball: Ball) -> bool:
    """Whether it is the reader's turn."""
    dispute = reader.dispute
    if not reader.is_party:
        return ball is Ball.UPWORK and (reader.is_mediator or dispute.mediator_id is None)
    me = dispute.filer_id if reader.is_mine(dispute.filer_id) else dispute.respondent_id
    return rules.is_turn(look, ball, me, has_answered=_has_answered(reader))


def _has_answered(reader: Reader) -> bool:
    every = rounds.of(reader.dispute.recommendations.all(), reader.dispute.reopenings)
    open_ones = [one for one in every if one.issued_at and not one.evaluated_at]
    return any(reader.is_mine(answer.party_id) for one in open_ones for answer in one.answers.all())


def ledger(reader: Reader) -> list[dict[str, Any]]:
    """Every deadline with each move and its reason, as both parties read it; `about` is what a request asks."""
    return [
        {
            "kind": one.kind,
            "who": one.who,
            "person": text(one.person_id),
            "due_at": iso(one.due_at),
            "was_due_at": moment(one.was_due_at),
            "about": one.about,
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
