"""Which case is next for an agent, who suits a case, and why the others do not."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.core import clock
from mediation.desk import audience
from mediation.desk.models import AgentProfile, CaseWeight, Decline, QueueRow
from mediation.desk.rules import routing
from mediation.desk.rules.declines import PASSED_FOR
from mediation.desk.rules.routing import Fit, Seat, Wanted
from mediation.desk.rules.views import NO_CLAIM
from mediation.disputes.models import Dispute
from mediation.disputes.queries import conflicts
from mediation.disputes.queries.facts import OPEN_STATES

LOOKED_AT = 200  # of what waits, the next due; whoever finds nothing among them is told why
Weights = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent and how they suit a case."""

    agent: User
    fit: Fit


def seats(agents: Collection[User]) -> dict[UUID, Seat]:
    """What each can take and carries now: three statements, however many they are."""
    keys = [one.pk for one in agents]
    profiles = AgentProfile.objects.in_bulk(keys)
    loads = _loads(keys)
    return {key: _seat(profiles.get(key), loads[key]) for key in keys}


def fit_of(agent: User, dispute: Dispute) -> Fit:
    """How a case suits an agent, who shares nothing with its parties or does."""
    wanted = _wanted(dispute, _weights(), conflicts.check(agent, dispute))
    return routing.fit(seats([agent])[agent.pk], wanted, clock.now().date())


def is_full(agent: User, dispute: Dispute) -> bool:
    """Whether the case is more than the agent can carry today. Who has no profile carries what the policy allows."""
    seat = seats([agent])[agent.pk]
    limit = routing.limit_on(seat, clock.now().date())
    return limit is not None and seat.load + _wanted(dispute, _weights()).weight > limit


def everybody() -> list[Candidate]:
    """Everybody who may take cases with what they carry, whoever carries least of what they can first."""
    agents = _agents()
    known, today = seats(agents), clock.now().date()
    found = [Candidate(one, _alone(known[one.pk], today)) for one in agents]
    return sorted(found, key=lambda one: one.fit.order)


def candidates(dispute: Dispute) -> list[Candidate]:
    """Everybody who may take cases, whom it suits best first; its mediator is none of them."""
    agents = [one for one in _agents() if one.pk != dispute.mediator_id]
    known, weights, today = seats(agents), _weights(), clock.now().date()
    found = [
        Candidate(one, routing.fit(known[one.pk], _wanted(dispute, weights, conflicts.check(one, dispute)), today))
        for one in agents
    ]
    return sorted(found, key=lambda one: one.fit.order)


def next_for(agent: User) -> Iterator[tuple[QueueRow, Fit]]:
    """What waits, next due first, with how it suits the agent, who may have said "not now". Ties to a party are looked
    up only where nothing else speaks against it.
    """
    now = clock.now()
    seat, weights, today = seats([agent])[agent.pk], _weights(), now.date()
    declined = set(Decline.objects.filter(agent=agent, at__gt=now - PASSED_FOR).values_list("dispute", flat=True))
    people = ("dispute__room__contract", "dispute__filer", "dispute__respondent", "speaker")
    waiting = audience.visible_rows(agent).filter(is_unclaimed=True).select_related(*people)
    for row in waiting.order_by("order_at", "pk")[:LOOKED_AT]:
        wanted = _wanted(row.dispute, weights, language=row.speaker.language)
        said = routing.fit(seat, wanted, today)
        if row.pk in declined:
            said = Fit((*said.misses, routing.Miss.DECLINED), said.load, said.limit)
        if said.is_good and conflicts.check(agent, row.dispute) != conflicts.CLEAR:
            said = Fit((routing.Miss.CONFLICT,), said.load, said.limit)
        yield row, said


def _agents() -> list[User]:
    roles = [role.value for role in MEDIATOR_ROLES]
    return list(User.objects.filter(role__in=roles, is_active=True).order_by("name"))


def _alone(seat: Seat, today: date) -> Fit:
    """How an agent stands whatever the case is."""
    return Fit((routing.Miss.AWAY,) if seat.is_away else (), seat.load, routing.limit_on(seat, today))


def _wanted(dispute: Dispute, weights: Weights, conflict: str = conflicts.CLEAR, language: str = "") -> Wanted:
    track = dispute.track if dispute.has_claim else NO_CLAIM
    return Wanted(
        language=language or (dispute.asker or dispute.filer).language,
        track=track,
        amount_minor=dispute.amount_minor if dispute.has_claim else 0,
        weight=routing.weight(track, dispute.phase, weights),
        conflict=conflict,
    )


def _seat(profile: AgentProfile | None, load: int) -> Seat:
    if profile is None:
        return Seat(load=load)
    return Seat(
        languages=frozenset(profile.languages),
        tracks=frozenset(profile.tracks),
        value_limit_minor=profile.value_limit_minor,
        capacity=profile.capacity,
        begins_on=profile.begins_on,
        ramp_days=profile.ramp_days,
        is_away=profile.is_away,
        load=load,
    )


def _loads(agents: Collection[UUID]) -> Counter[UUID]:
    """The points that each carries, from the cases themselves: rows of the queue may be a moment behind."""
    weights, loads = _weights(), Counter[UUID]()
    cases = Dispute.objects.filter(mediator__in=agents, state__in=OPEN_STATES)
    for agent, track, has_claim, phase in cases.values_list("mediator_id", "track", "has_claim", "phase"):
        loads[agent] += routing.weight(track if has_claim else NO_CLAIM, phase, weights)
    return loads


def _weights() -> Weights:
    return {
        (track, phase): points for track, phase, points in CaseWeight.objects.values_list("track", "phase", "weight")
    }
