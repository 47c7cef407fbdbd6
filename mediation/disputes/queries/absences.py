"""The absences that a person has declared, over all their cases."""

from datetime import date, datetime

from accounts.models import User
from mediation.disputes.models import Dispute, Overlay
from mediation.disputes.rules import absence
from mediation.disputes.rules.states import Overlay as Kind


def taken(person: User, now: datetime) -> frozenset[date]:
    """Every day of this year and the next that one of them takes."""
    declared = Overlay.objects.filter(kind=Kind.ABSENCE.value, asked_by=person, ends_at__year__gte=now.year)
    return frozenset(
        day
        for begins, ends in declared.values_list("begins_at", "ends_at")
        if ends is not None
        for day in absence.dates(begins, (ends - begins).days)
    )


def next_from(dispute: Dispute, person: User, now: datetime) -> datetime:
    """When another absence of theirs would begin in this case: at once, or after the one that is there."""
    there = [one.ends_at for one in dispute.overlays.all() if _is_of(one, person) and one.ends_at is not None]
    return max([now, *there])


def _is_of(overlay: Overlay, person: User) -> bool:
    return overlay.kind == Kind.ABSENCE.value and overlay.asked_by_id == person.pk
