"""The one gate to clocks: what a reader may know of them (the row `clocks` of `disputes.rules.visibility`)."""

from django.db.models import Q, QuerySet

from accounts.models import User
from mediation.disputes import audience
from mediation.disputes.models import Dispute
from mediation.disputes.rules.visibility import Level, Thing, level
from mediation.sla.models import Clock
from mediation.sla.rules.metrics import Metric


def visible(user: User, dispute: Dispute) -> QuerySet[Clock]:
    """All of them for staff who read the case; for a party what was promised to them; nothing for anybody else."""
    how = level(Thing.CLOCKS, audience.viewers(dispute, user))
    clocks = Clock.objects.filter(dispute=dispute)
    if how is Level.READ:
        return clocks
    promised = Q(metric=Metric.PROM.value) & (Q(person=user) | Q(person__isnull=True))  # to them, or to both
    return clocks.filter(promised if how is Level.OWN else Q(pk__in=[]))
