"""What the guards and the table ask of a case: who somebody is to it, and how it stands."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import prefetch_related_objects

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES, Role
from mediation.disputes import workload
from mediation.disputes.models import Deadline, Dispute
from mediation.disputes.queries import absences, conflicts, details, notices, rounds, talks
from mediation.disputes.queries import claimable as money
from mediation.disputes.rules import claimable, ladder
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.facts import Facts, OfferFacts
from mediation.disputes.rules.ladder import Why
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import OPEN, PARTIES, Actor, Phase, State, Track
from mediation.disputes.rules.states import Overlay as OverlayKind

# Where an agent who knows a party must not act: taking the case, a default, a log review, money without arbitration.
DECIDED_BY_AGENTS = frozenset(
    {State.ESCALATED.value, State.AWAITING_RESPONSE.value, State.LOG_REVIEW.value, State.NON_RESOLUTION.value}
)
DECIDERS = frozenset({Actor.AGENT, Actor.SUPERVISOR})
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
) -> "Gathered":
    """The facts at this moment, read under the lock on the case."""
    return Gathered(dispute, person, roles, payload, now)


class Gathered(Facts):
    """Facts of which each part is read when it is first asked for, until they are settled: most commands ask for few.

    What is set is found like any field; only a name that is not set yet comes to `__getattr__`.
    """

    __slots__ = ("_dispute", "_is_settled", "_person")

    def __init__(
        self, dispute: Dispute, person: User | None, roles: frozenset[Actor], payload: dict[str, Any], now: datetime
    ) -> None:
        terms = Terms.of(dispute.policy.terms)
        self._keep({"_dispute": dispute, "_is_settled": False, "_person": person})
        self._keep({"now": now, "terms": terms, "actor": person.pk if person else None, "actors": roles})
        self._keep(_case(dispute))
        self._keep({"extra": details.Details(dispute, person, **_successor(dispute, payload, terms))})

    def __getattr__(self, name: str) -> Any:
        part = _parts.get(name)
        if part is None:
            raise AttributeError(name)
        if self._is_settled:
            raise LookupError(f"{name} is asked for when the case has moved on: name it in `reads` of the effect.")
        self._keep(part(self, self._dispute, self._person))
        return getattr(self, name)

    def settle(self, names: Iterable[str]) -> None:
        """The case is about to move: these are read as it was before, and nothing else is read any more."""
        for name in names:
            getattr(self, name)
        self._keep({"_is_settled": True})

    def _keep(self, found: dict[str, Any]) -> None:
        for name, value in found.items():
            object.__setattr__(self, name, value)


Part = Callable[[Facts, Dispute, User | None], dict[str, Any]]
_parts: dict[str, Part] = {}


def _part(*names: str) -> Callable[[Part], Part]:
    """Register a function as the one that reads these facts."""

    def register(function: Part) -> Part:
        _parts.update(dict.fromkeys(names, function))
        return function

    return register


@_part("stands_at", "levels_asked", "may_take", "may_drop")
def _levels(_facts: Facts, dispute: Dispute, person: User | None) -> dict[str, Any]:
    """Where the case stands on the ladder, which levels were asked for and wait, and what is the person's to answer."""
    asks = rounds.of(dispute.level_asks.all(), dispute.reopenings)
    asked = {one.level: Why(one.why) for one in asks if not one.ended_at}
    is_owner = person is not None and person.pk == dispute.mediator_id
    return {
        "stands_at": ladder.stands_at(dispute.mediator.role if dispute.mediator else None),
        "levels_asked": asked,
        "may_take": ladder.may_take(person.role, asked) if person else frozenset(),
        "may_drop": ladder.may_drop(person.role, asked, is_owner=is_owner) if person else frozenset(),
    }


def _case(dispute: Dispute) -> dict[str, Any]:
    """How far it is, who is in it, what is on the table."""
    return {
        "state": State(dispute.state),
        "track": Track(dispute.track),
        "phase": Phase(dispute.phase) if dispute.phase else None,
        "amount_minor": dispute.amount_minor,
        "asker": dispute.asker_id,
        "mediator": dispute.mediator_id,
        "parties": (dispute.filer_id, dispute.respondent_id),
        "is_overdue": dispute.is_overdue,
        "evidence_closed": dispute.evidence_closed_at is not None,
    }


@_part("is_gone")
def _respondent(_facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    return {"is_gone": not dispute.respondent.is_active}


@_part("has_other_open")
def _others(_facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    others = Dispute.objects.filter(room=dispute.room_id, state__in=OPEN_STATES).exclude(pk=dispute.pk)
    return {"has_other_open": others.exists()}


@_part("about", "window_ends")
def _money(facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    """What a claim could be about, and until when."""
    about = _about(dispute)
    return {"about": about, "window_ends": claimable.ends_at(about, facts.now, facts.terms) if about else None}


@_part("notices")
def _notices(_facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    return {"notices": notices.handed_over(dispute)}


@_part("talks_left")
def _talks(facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    """Asked only while a mediator is waited for."""
    waits = dispute.state == State.ESCALATED.value
    return {"talks_left": talks.left(dispute, facts.now, facts.terms) if waits else timedelta()}


@_part("offers")
def _offers(_facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    return {
        "offers": tuple(
            OfferFacts(
                one.pk,
                one.made_by_id,
                one.version,
                one.status == "open",
                one.expires_at,
                (one.refund_minor, tuple(one.terms), one.note),
            )
            for one in dispute.offers.all()
        )
    }


@_part("deadline")
def _deadline(_facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    """What runs out first."""
    running = [one.due_at for one in dispute.timers.all() if one.fired_at is None and one.cancelled_at is None]
    return {"deadline": min(running, default=None)}


@_part("grace_used", "extensions")
def _given(_facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    """What was given of time already."""
    ledger = list(dispute.deadlines.all())
    return {
        "grace_used": any(_is_grace(one) for one in ledger),
        "extensions": len({one.set_at for one in rounds.of(ledger, dispute.reopenings) if one.is_extension}),
    }


@_part("is_on_hold", "is_absent", "cooled_off", "is_cooling_off")
def _pauses(facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    """What lies over the state."""
    overlays = list(dispute.overlays.all())
    laid = {kind: [one for one in overlays if one.kind == kind.value] for kind in OverlayKind}
    absences = [one for one in laid[OverlayKind.ABSENCE] if one.asked_by_id == dispute.respondent_id]
    pauses = laid[OverlayKind.COOLING_OFF]
    return {
        "is_on_hold": any(one.ended_at is None for one in laid[OverlayKind.HOLD]),
        "is_absent": any(_covers(one, facts.now) for one in absences),
        "cooled_off": frozenset(one.asked_by_id for one in pauses),
        "is_cooling_off": any(_covers(one, facts.now) for one in pauses),
    }


@_part("cases_of_actor", "is_full")
def _room_for_more(facts: Facts, dispute: Dispute, person: User | None) -> dict[str, Any]:
    """Whether who would come has room for it; asked only where somebody could."""
    may_come = Actor.AGENT in facts.actors and (dispute.state == State.ESCALATED.value or bool(facts.may_take))
    return {
        "cases_of_actor": _cases(person) if may_come else 0,
        "is_full": bool(may_come and person and workload.is_full(person, dispute)),
    }


@_part("conflict")
def _conflict(facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    """Whether who would come or decide is free to; asked only where somebody could."""
    may_judge = bool(facts.may_take) or (bool(facts.may_drop) and Actor.MEDIATOR not in facts.actors)
    may_decide = facts.actors & DECIDERS and (dispute.state in DECIDED_BY_AGENTS or may_judge)
    return {"conflict": facts.extra["tie"] if may_decide else conflicts.CLEAR}


def _about(dispute: Dispute) -> claimable.About | None:
    """Only where it is still asked: a case without a claim says with the claim which money it is about."""
    if dispute.state == State.DRAFT.value:
        contract = money.of_contract(dispute.room.contract, dispute.currency)
        return claimable.About(contract, Track(dispute.track), dispute.milestone_id, dispute.week_starts)
    if not dispute.has_claim and dispute.state in (State.ESCALATED.value, State.MEDIATING.value):
        return claimable.About(money.of_contract(dispute.room.contract, dispute.currency))
    return None


def _successor(dispute: Dispute, payload: dict[str, Any], terms: Terms) -> dict[str, Any]:
    """How free whoever is named to take over is, and whether they have room for one more."""
    named = payload.get("agent_id")
    person = User.objects.filter(pk=named).first() if named else None
    return {
        "successor_conflict": conflicts.check(person, dispute),
        "successor_is_full": person is not None
        and (_cases(person) >= terms.cases_at_once or workload.is_full(person, dispute)),
    }


def _cases(person: User | None) -> int:
    return Dispute.objects.filter(mediator=person, state__in=OPEN_STATES).count()


def _is_grace(line: Deadline) -> bool:
    """Given anew for that reason. A line that was moved, for whatever reason, names the earlier moment."""
    return line.kind == Kind.RESPONSE.value and line.reason == "grace" and line.was_due_at is None


def _covers(overlay: Any, moment: datetime) -> bool:
    ends = overlay.ended_at or overlay.ends_at
    return overlay.begins_at <= moment and (ends is None or moment < ends)


@_part("absent_days", "absence_from")
def _absence(facts: Facts, dispute: Dispute, person: User | None) -> dict[str, Any]:
    if person is None or not facts.actors & PARTIES:
        return {"absent_days": frozenset(), "absence_from": None}
    return {
        "absent_days": absences.taken(person, facts.now),
        "absence_from": absences.next_from(dispute, person, facts.now),
    }


@_part("issues")
def _issues(_facts: Facts, dispute: Dispute, _person: User | None) -> dict[str, Any]:
    issues = list(dispute.issues.all())
    prefetch_related_objects(issues, "positions")  # at once, unless they are here already
    return {
        "issues": tuple(
            (one.pk, one.status, sum(position.confirmed_at is not None for position in one.positions.all()) == 2)
            for one in issues
        )
    }
