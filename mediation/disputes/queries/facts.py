"""What the guards and the table ask of a case: who somebody is to it, and how it stands."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES, Role
from mediation.disputes.models import Deadline, Dispute, Overlay
from mediation.disputes.queries import conflicts, details, holdings, notices
from mediation.disputes.rules.deadlines import Kind, filing_ends
from mediation.disputes.rules.facts import Facts, OfferFacts
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import OPEN, PARTIES, Actor, Phase, State, Track
from mediation.disputes.rules.states import Overlay as OverlayKind

# Where an agent who knows a party must not act: taking the case, a default, a log review, money without arbitration.
DECIDED_BY_AGENTS = frozenset(
    {State.ESCALATED.value, State.AWAITING_RESPONSE.value, State.LOG_REVIEW.value, State.NON_RESOLUTION.value}
)
OPEN_STATES = [state.value for state in OPEN - {State.DRAFT}]


def actors(dispute: Dispute, person: User | None) -> frozenset[Actor]:
    """Everything that somebody is to the case; the system for nobody."""
    if person is None:
        return frozenset({Actor.SYSTEM})
    if person.pk in (dispute.filer_id, dispute.respondent_id):
        return frozenset({Actor.FILER if person.pk == dispute.filer_id else Actor.RESPONDENT})
    found = set()
    if person.pk == dispute.mediator_id:
        found.add(Actor.MEDIATOR)
    if person.role in MEDIATOR_ROLES:
        found.add(Actor.AGENT)
    if person.role in (Role.SENIOR, Role.EE):
        found.add(Actor.SENIOR)
    if person.role == Role.SUPERVISOR:
        found |= {Actor.SUPERVISOR, Actor.SENIOR}
    return frozenset(found)


def gather(
    dispute: Dispute, person: User | None, roles: frozenset[Actor], payload: dict[str, Any], now: datetime
) -> Facts:
    """The facts at this moment, read under the lock on the case."""
    terms = Terms.of(dispute.policy.terms)
    overlays = list(dispute.overlays.all())
    running = [one.due_at for one in dispute.timers.all() if one.fired_at is None and one.cancelled_at is None]
    ledger = list(dispute.deadlines.all())
    sent = notices.handed_over(dispute)
    others = Dispute.objects.filter(room=dispute.room_id, state__in=OPEN_STATES).exclude(pk=dispute.pk)
    may_come = Actor.AGENT in roles and dispute.state == State.ESCALATED.value
    may_decide = Actor.AGENT in roles and dispute.state in DECIDED_BY_AGENTS
    return Facts(
        now=now,
        terms=terms,
        state=State(dispute.state),
        track=Track(dispute.track),
        phase=Phase(dispute.phase) if dispute.phase else None,
        actor=person.pk if person else None,
        actors=roles,
        amount_minor=dispute.amount_minor,
        held_minor=holdings.held(dispute),
        asker=dispute.asker_id,
        mediator=dispute.mediator_id,
        parties=(dispute.filer_id, dispute.respondent_id),
        has_other_open=others.exists(),
        window_ends=filing_ends(Track(dispute.track), holdings.since(dispute), terms),
        is_on_hold=any(one.kind == OverlayKind.HOLD.value and one.ended_at is None for one in overlays),
        is_overdue=dispute.is_overdue,
        grace_used=any(_is_grace(one) for one in ledger),
        notices=len(sent),
        notice_channels=frozenset(channel for channel, _ in sent),
        is_absent=any(
            one.kind == OverlayKind.ABSENCE.value and one.asked_by_id == dispute.respondent_id and _covers(one, now)
            for one in overlays
        ),
        absent_days_this_year=_absent_days(person, now) if roles & PARTIES else 0,
        cooled_off=frozenset(one.asked_by_id for one in overlays if one.kind == OverlayKind.COOLING_OFF.value),
        is_cooling_off=any(one.kind == OverlayKind.COOLING_OFF.value and _covers(one, now) for one in overlays),
        extensions=len({one.set_at for one in ledger if one.is_extension}),
        deadline=min(running, default=None),
        evidence_closed=dispute.evidence_closed_at is not None,
        issues=_issues(dispute),
        offers=tuple(
            OfferFacts(one.pk, one.made_by_id, one.version, one.status == "open", one.expires_at)
            for one in dispute.offers.all()
        ),
        cases_of_actor=_cases(person) if may_come else 0,
        conflict=conflicts.check(person, dispute) if may_decide else conflicts.CLEAR,
        extra=details.of(dispute) | {"successor_conflict": _successor_conflict(dispute, payload)},
    )


def _successor_conflict(dispute: Dispute, payload: dict[str, Any]) -> str:
    """How free whoever is named to take over is."""
    named = payload.get("agent_id")
    return conflicts.check(User.objects.filter(pk=named).first(), dispute) if named else conflicts.CLEAR


def _cases(person: User | None) -> int:
    return Dispute.objects.filter(mediator=person, state__in=OPEN_STATES).count()


def _is_grace(line: Deadline) -> bool:
    """Given anew for that reason. A line that was moved, for whatever reason, names the earlier moment."""
    return line.kind == Kind.RESPONSE.value and line.reason == "grace" and line.was_due_at is None


def _covers(overlay: Any, moment: datetime) -> bool:
    ends = overlay.ended_at or overlay.ends_at
    return overlay.begins_at <= moment and (ends is None or moment < ends)


def _absent_days(person: User | None, now: datetime) -> int:
    """How many days of absence somebody has declared this year, over all their cases."""
    if person is None:
        return 0
    declared = Overlay.objects.filter(kind=OverlayKind.ABSENCE.value, asked_by=person, begins_at__year=now.year)
    return sum((ends - begins).days for begins, ends in declared.values_list("begins_at", "ends_at") if ends)


def _issues(dispute: Dispute) -> tuple[tuple[UUID, str, bool], ...]:
    issues = list(dispute.issues.all())
    prefetch_related_objects(issues, "positions")  # at once, unless they are here already
    return tuple(
        (one.pk, one.status, sum(position.confirmed_at is not None for position in one.positions.all()) == 2)
        for one in issues
    )
