"""The numbers that hold for what begins now."""

from mediation.disputes.models import Policy
from mediation.disputes.rules.policy import Terms


def newest() -> Policy | None:
    """The policy that was published last."""
    return Policy.objects.filter(published_at__isnull=False).order_by("-version").first()


def newest_terms() -> Terms:
    """Its numbers; the seeded ones where none was published."""
    policy = newest()
    return Terms.of(policy.terms) if policy else Terms()
