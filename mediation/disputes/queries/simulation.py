"""A draft of the policy, tried on cases that there were and are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mediation.disputes.models import Deadline, Dispute, Policy
from mediation.disputes.rules import simulation as rules
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Track

MOST_CASES = 500


@dataclass(frozen=True, slots=True)
class Tried:
    """One case and what would have been otherwise in it."""

    dispute: Dispute
    differences: tuple[rules.Difference, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """`looked_at` cases, the newest first; `tried` are those with a difference."""

    looked_at: int
    tried: tuple[Tried, ...]
    late: int


def simulate(policy: Policy) -> Simulation:
    """The policy's numbers against those that each of the newest filed cases has."""
    after = Terms.of(policy.terms)
    filed = Dispute.objects.filter(filed_at__isnull=False).select_related("policy", "room__contract")
    cases = list(filed.prefetch_related("deadlines").order_by("-filed_at", "-pk")[:MOST_CASES])
    tried = []
    for dispute in cases:
        found = tuple(rules.differences(_past(dispute), Terms.of(dispute.policy.terms), after))
        if found:
            tried.append(Tried(dispute, found))
    late = sum(any(one.is_late for one in case.differences) for case in tried)
    return Simulation(len(cases), tuple(tried), late)


def _past(dispute: Dispute) -> rules.PastCase:
    lines = sorted(dispute.deadlines.all(), key=lambda line: line.pk)
    return rules.PastCase(
        track=Track(dispute.track),
        amount_minor=dispute.amount_minor,
        began={Kind(line.kind): line.set_at for line in reversed(lines) if line.was_due_at is None},
        ended=_ended(lines),
    )


def _ended(lines: Iterable[Deadline]) -> dict[Kind, datetime]:
    return {Kind(line.kind): line.ended_at for line in lines if line.ended_at and line.ended_how == "done"}
