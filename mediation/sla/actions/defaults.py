"""What a house begins with, written the first time that somebody asks for it."""

from django.db import transaction

from mediation.core import clock
from mediation.sla.models import Calendar, CalendarVersion, Policy, PolicyLine, PolicyStep
from mediation.sla.queries.policies import Terms, newest, terms_of
from mediation.sla.rules import defaults

NAMES = {defaults.DESK: "Mediation desk", defaults.EE: "Executive escalations"}


def newest_policy() -> Policy:
    """The policy that clocks are counted by now; the seeded one, if nobody has published any."""
    return newest() or _write()


def newest_terms() -> Terms:
    """The same, to count by."""
    return terms_of(newest_policy())


@transaction.atomic
def _write() -> Policy:
    now = clock.now()
    keys = {"": None} | {code: _calendar(code) for code in NAMES}
    policy, is_new = Policy.objects.get_or_create(version=1, defaults={"created_at": now, "published_at": now})
    if not is_new:
        return policy
    PolicyLine.objects.bulk_create(
        PolicyLine(
            policy=policy,
            position=position,
            metric=line.metric.value,
            priority=line.priority,
            segment=line.segment,
            target_minutes=line.minutes,
            calendar=keys[line.calendar],
        )
        for position, line in enumerate(defaults.lines(), 1)
    )
    PolicyStep.objects.bulk_create(
        PolicyStep(policy=policy, metric=metric, percent=percent, action=action.value)
        for metric, steps in defaults.STEPS.items()
        for percent, actions in steps.items()
        for action in actions
    )
    return policy


def _calendar(code: str) -> Calendar:
    now = clock.now()
    calendar, is_new = Calendar.objects.get_or_create(code=code, defaults={"name": NAMES[code]})
    if is_new:
        CalendarVersion.objects.create(
            calendar=calendar, zone=defaults.ZONE, week=defaults.WEEK, created_at=now, published_at=now, applied_at=now
        )
    return calendar
