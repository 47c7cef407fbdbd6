"""The ways on from here, for one party's eyes: what each would bring them, and what it would cost."""

from accounts.models import User
from mediation.disputes.models import Dispute
from mediation.disputes.queries import holdings, rounds
from mediation.disputes.rules import alternatives as rules
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Track


def of(dispute: Dispute, person: User) -> tuple[rules.Alternative, ...]:
    """In the low-value lane, for its two parties; nothing for anybody else."""
    if not dispute.is_low_value or person.pk not in (dispute.filer_id, dispute.respondent_id):
        return ()
    return rules.alternatives(
        is_client=(person.pk == dispute.filer_id) == dispute.filer_is_client,
        track=Track(dispute.track),
        amount_minor=dispute.amount_minor,
        proposed_refund_minor=_on_the_table(dispute, person),
        terms=Terms.of(dispute.policy.terms),
        refunded_minor=(holdings.refunded(dispute) or 0) if dispute.reopenings else 0,
    )


def _on_the_table(dispute: Dispute, person: User) -> int | None:
    """The recommendation that waits for answers, or the newest offer of the other side that stands."""
    every = rounds.of(dispute.recommendations.all(), dispute.reopenings)
    issued = [one for one in every if one.issued_at and not one.evaluated_at]
    if issued:
        return max(issued, key=lambda one: one.number).refund_minor
    offers = [one for one in dispute.offers.all() if one.status == "open" and one.made_by_id != person.pk]
    return max(offers, key=lambda one: one.number).refund_minor if offers else None
