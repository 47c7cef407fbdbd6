"""Policies as the rules read them, and what they are asked about a case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from mediation.disputes.models import Dispute
from mediation.disputes.queries.levels import levels_of
from mediation.disputes.rules.policy import Terms as CaseTerms
from mediation.sla import priorities
from mediation.sla.models import Policy, PolicyLine
from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.policies import Line, Subject, first_match, priority_of
from mediation.sla.rules.steps import Action

CONDITIONS = ("segment", "level", "track", "priority", "language")


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of a policy."""

    policy_id: int
    lines: tuple[Line, ...]
    steps: Mapping[str, Mapping[int, tuple[Action, ...]]]

    def line(self, metric: Metric, subject: Subject) -> Line | None:
        """The target of a metric for such a case, if it is measured. What was promised is due when it was promised."""
        return None if metric is Metric.PROM else first_match(self.lines, metric, subject)

    def actions(self, metric: str, percent: int) -> tuple[Action, ...]:
        """What is done at a step."""
        return self.steps.get(metric, self.steps.get("", {})).get(percent, ())


def newest() -> Policy | None:
    """The policy that clocks are counted by now."""
    return Policy.objects.filter(published_at__isnull=False).order_by("-version").first()


def terms_of(policy: Policy) -> Terms:
    """A policy's lines and steps."""
    steps: dict[str, dict[int, tuple[Action, ...]]] = defaultdict(dict)
    for step in policy.steps.all():
        steps[step.metric][step.percent] = (*steps[step.metric].get(step.percent, ()), Action(step.action))
    return Terms(policy.pk, tuple(_line(line) for line in policy.lines.all()), dict(steps))


def subjects_of(disputes: Iterable[Dispute]) -> dict[UUID, Subject]:
    """What policies can ask of each of these cases. The language is a party's: `Subject.speaking`. No case has a
    segment: referrals have (`escalations`).
    """
    cases = {dispute.pk: dispute for dispute in disputes}
    given, levels = priorities_of(cases.values()), levels_of(cases)
    return {
        key: Subject(level=str(levels[key].value), track=case.track if case.has_claim else "", priority=given[key])
        for key, case in cases.items()
    }


def subject_of(dispute: Dispute) -> Subject:
    """The same of one case."""
    return subjects_of([dispute])[dispute.pk]


def priorities_of(disputes: Iterable[Dispute]) -> dict[UUID, str]:
    """The priority that each case was given at the desk, by people or by rules; without one, the money says it."""
    cases = {dispute.pk: dispute for dispute in disputes}
    given = priorities.given(cases)
    return {key: given.get(key) or _by_money(case) for key, case in cases.items()}


def _by_money(dispute: Dispute) -> str:
    return priority_of(
        is_low_value=dispute.is_low_value,
        amount_minor=dispute.amount_minor,
        high_from_minor=CaseTerms.of(dispute.policy.terms).second_reader_above_minor,
        has_claim=dispute.has_claim,
    ).value


def values(said: str) -> frozenset[str]:
    """The values of a condition as it was written: `urgent, high`."""
    return frozenset(value.strip() for value in said.split(",") if value.strip())


def _line(line: PolicyLine) -> Line:
    conditions = {name: values(getattr(line, name)) for name in CONDITIONS if values(getattr(line, name))}
    target = timedelta(minutes=line.target_minutes)
    return Line(Metric(line.metric), target, str(line.calendar_id or ""), conditions)
