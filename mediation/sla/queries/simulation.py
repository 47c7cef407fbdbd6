"""A draft of the policy, tried on clocks that there were and are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mediation.core import clock as time
from mediation.sla.models import Clock, Policy
from mediation.sla.queries.calendars import calendars
from mediation.sla.queries.policies import subjects_of, terms_of
from mediation.sla.queries.readings import facts_of
from mediation.sla.rules.clock import Calendars, Fact, fold
from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.simulation import missed_by, under

MOST_CLOCKS = 1000


@dataclass(slots=True)
class Figures:
    """How many clocks of a metric were looked at and missed, and how many would have been."""

    looked_at: int = 0
    missed: int = 0
    would_miss: int = 0


@dataclass(frozen=True, slots=True)
class Simulation:
    """By metric, the newest clocks first."""

    metrics: Mapping[str, Figures]


def simulate(policy: Policy) -> Simulation:
    """The same facts under the targets of this policy from their beginning."""
    terms, known, now = terms_of(policy), calendars(), time.now()
    newest = Clock.objects.select_related("dispute__policy", "person").prefetch_related("facts")
    clocks = list(newest.order_by("-activated_at", "pk")[:MOST_CLOCKS])
    subjects = subjects_of(one.dispute for one in clocks)
    found: dict[str, Figures] = defaultdict(Figures)
    for one in clocks:
        subject = subjects[one.dispute_id].speaking(one.person.language if one.person else "")
        line = terms.line(Metric(one.metric), subject)
        facts = facts_of(one.facts.all())
        figures = found[one.metric]
        figures.looked_at += 1
        figures.missed += _is_missed(facts, known, now)
        figures.would_miss += _is_missed(under(facts, line) if line else facts, known, now)
    return Simulation(dict(found))


def _is_missed(facts: Iterable[Fact], known: Calendars, now: datetime) -> bool:
    return missed_by(fold(list(facts), known), now)
