"""The clock of a reply as its facts say it stands, and what the policy does at its steps."""

from mediation.escalations.models import Case
from mediation.sla.queries.policies import terms_of
from mediation.sla.queries.readings import MILLISECOND
from mediation.sla.rules.clock import Calendars, Fact, Kind, Reading, fold
from mediation.sla.rules.defaults import STEPS
from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.steps import Action


def reading_of(case: Case, calendars: Calendars) -> Reading | None:
    """The fold of the facts; None where replies were not measured."""
    facts = [
        Fact(Kind(one.kind), one.at, "", one.target_ms * MILLISECOND, str(one.calendar_id or ""))
        for one in case.clock_facts.all()
    ]
    return fold(facts, calendars) if facts else None


def step_actions(case: Case, percent: int) -> tuple[Action, ...]:
    """What is done at a step. A policy that says nothing of this clock leaves it to what a house begins with."""
    terms = terms_of(case.policy) if case.policy else None
    if terms is not None and Metric.EE.value in terms.steps:
        return terms.actions(Metric.EE.value, percent)
    return STEPS[Metric.EE.value].get(percent, ())
