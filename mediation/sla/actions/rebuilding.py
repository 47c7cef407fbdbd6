"""Bringing every clock's row back to what its facts fold to."""

from collections.abc import Iterator

from django.db import transaction

from mediation.sla import keepers
from mediation.sla.actions import clocks
from mediation.sla.models import Clock
from mediation.sla.queries.calendars import calendars
from mediation.sla.queries.readings import differences

AT_ONCE = 500


def drifted() -> Iterator[Clock]:
    """The clocks whose rows say something else than their facts."""
    known = calendars()
    for clock in Clock.objects.order_by("pk").prefetch_related("facts", "steps").iterator(chunk_size=AT_ONCE):
        if differences(clock, known):
            yield clock


@transaction.atomic
def rebuild(*, clock: Clock) -> None:
    """Write what the facts say."""
    locked = Clock.objects.select_for_update(no_key=True, of=("self",)).get(pk=clock.pk)
    clocks.refresh([locked], calendars())
    keepers.tell([locked.dispute_id])
