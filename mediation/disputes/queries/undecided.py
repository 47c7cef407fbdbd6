"""The cases that go on only when somebody at Upwork decides, whether or not a mediator was ever asked for."""

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from mediation.disputes import audience
from mediation.disputes.models import ArbitrationStep, Dispute, Overlay, Timer
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import Overlay as OverlayKind
from mediation.disputes.rules.states import State
from mediation.disputes.rules.visibility import Viewer

_OVERDUE = Q(state__in=[State.AWAITING_RESPONSE.value, State.NON_RESOLUTION.value], is_overdue=True)
_LOGS = Q(state=State.LOG_REVIEW.value)
_AWARDS = Q(state=State.IN_ARBITRATION.value)
_DUE = (Kind.RESPONSE.value, Kind.LOG_REVIEW.value, Kind.ELECTION.value)


def undecided(user: User) -> QuerySet[Dispute]:
    """A silence, a time log, an election that is over, and for seniors an award to enter; what is due longest comes
    first. None for who reads no cases, and none of those that are on hold.
    """
    if not user.is_active or user.role not in audience.READERS:
        return Dispute.objects.none()
    is_senior = audience.READERS[user.role] is Viewer.SENIOR
    held = Overlay.objects.filter(dispute=OuterRef("pk"), kind=OverlayKind.HOLD.value, ended_at__isnull=True)
    waiting = Dispute.objects.filter(_OVERDUE | _LOGS | _AWARDS if is_senior else _OVERDUE | _LOGS)
    with_people = waiting.filter(~Exists(held)).select_related("room__contract", "filer", "respondent")
    return with_people.order_by(_waits_from(), "pk")


def _waits_from() -> Coalesce:
    """When Upwork's answer is or was due; for an award, since when both shares are paid."""
    due = Timer.objects.filter(dispute=OuterRef("pk"), kind__in=_DUE, cancelled_at__isnull=True)
    paid = ArbitrationStep.objects.filter(dispute=OuterRef("pk"), kind="paid")
    return Coalesce(
        Subquery(due.values("dispute").annotate(last=Max("due_at")).values("last")),
        Subquery(paid.values("dispute").annotate(last=Max("at")).values("last")),
        "filed_at",
    )
