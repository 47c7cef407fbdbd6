"""The cases that go on only when somebody at Upwork decides, whether or not a mediator was ever asked for."""

from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.rules import Role
from mediation.disputes import audience
from mediation.disputes.models import ArbitrationStep, Dispute, Objection, Overlay, Review, Timer
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import Overlay as OverlayKind
from mediation.disputes.rules.states import State
from mediation.disputes.rules.visibility import Viewer

_OVERDUE = Q(state__in=[State.AWAITING_RESPONSE.value, State.NON_RESOLUTION.value], is_overdue=True)
_LOGS = Q(state=State.LOG_REVIEW.value)
_AWARDS = Q(state=State.IN_ARBITRATION.value)
_DUE = (Kind.RESPONSE.value, Kind.LOG_REVIEW.value, Kind.ELECTION.value)


def undecided(user: User) -> QuerySet[Dispute]:
    """A silence, a time log, an election that is over; for seniors an award to enter and an objection to a mediator;
    for a supervisor also how a closed case was led. What is due longest comes first. None for who reads no cases, and
    none of those that are on hold.
    """
    if not user.is_active or user.role not in audience.READERS:
        return Dispute.objects.none()
    is_senior = audience.READERS[user.role] is Viewer.SENIOR
    held = Overlay.objects.filter(dispute=OuterRef("pk"), kind=OverlayKind.HOLD.value, ended_at__isnull=True)
    asked = _OVERDUE | _LOGS
    if is_senior:
        asked |= _AWARDS | Q(pk__in=list(_objected()))
    waiting = asked & Q(~Exists(held))
    if user.role == Role.SUPERVISOR.value:
        waiting |= Q(pk__in=list(_reviewed()))
    with_people = Dispute.objects.filter(waiting).select_related("room__contract", "filer", "respondent")
    return with_people.order_by(_waits_from(), "pk")


def _objected() -> QuerySet[Objection, UUID]:
    """Few, so they are named: the cases themselves are found by their states."""
    raised = Objection.objects.filter(decided_at__isnull=True, reopenings=F("dispute__reopenings"))
    return raised.filter(dispute__state=State.MEDIATING.value).values_list("dispute", flat=True)


def _reviewed() -> QuerySet[Review, UUID]:
    return Review.objects.filter(decided_at__isnull=True).values_list("dispute", flat=True)


def _waits_from() -> Coalesce:
    """When Upwork's answer is or was due; for an award, since when both shares are paid."""
    due = Timer.objects.filter(dispute=OuterRef("pk"), kind__in=_DUE, cancelled_at__isnull=True)
    paid = ArbitrationStep.objects.filter(dispute=OuterRef("pk"), kind="paid")
    return Coalesce(
        Subquery(due.values("dispute").annotate(last=Max("due_at")).values("last")),
        Subquery(paid.values("dispute").annotate(last=Max("at")).values("last")),
        "filed_at",
    )
