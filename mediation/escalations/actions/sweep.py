"""What time says to cases: steps of the reply's clock, reminders of next steps and of calls. Each once, by index,
however many workers sweep.
"""

import logging
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, Max, Q

from mediation.core import clock
from mediation.core.errors import Refused
from mediation.escalations.actions import clock as reply_clock
from mediation.escalations.actions.transition import transition
from mediation.escalations.models import Call, Case
from mediation.escalations.queries.clocks import reading_of, step_actions
from mediation.escalations.rules.states import ON_TRACKER, WAITS_FOR_REPLY
from mediation.sla.models import CalendarVersion, Policy
from mediation.sla.queries.calendars import calendars
from mediation.sla.rules.steps import BREACH, due_steps

BATCH = 200

log = logging.getLogger(__name__)


def sweep() -> int:
    """All that is due by now; returns how many cases and calls were told of it."""
    now = clock.now()
    follow_newest(now)
    return _steps(now) + _reminders(now) + _calls(now)


def follow_newest(now: datetime) -> int:
    """Let running clocks follow a policy or hours that were published since they were counted; returns how many."""
    published = [model.objects.aggregate(at=Max("published_at"))["at"] for model in (Policy, CalendarVersion)]
    newest = max((at for at in published if at is not None), default=None)
    if newest is None:
        return 0
    waiting = Case.objects.filter(state__in=WAITS_FOR_REPLY, due_at__isnull=False, counted_at__lt=newest)
    keys = list(waiting.values_list("pk", flat=True)[:BATCH])
    for key in keys:
        with transaction.atomic():
            case = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=key)
            if case.state in WAITS_FOR_REPLY:
                reply_clock.follow(case, now)
                case.save(update_fields=[name.removesuffix("_id") for name in reply_clock.FIELDS])
    return len(keys)


def _steps(now: datetime) -> int:
    due = Case.objects.filter(next_at__lt=now).order_by("next_at", "pk").values_list("pk", flat=True)[:BATCH]
    known = calendars() if due else {}
    found = 0
    for key in due:
        case = Case.objects.select_related("policy").get(pk=key)
        reading = reading_of(case, known)
        taken = set(case.clock_steps.values_list("percent", flat=True))
        for percent, at in due_steps(reading, taken, known, now) if reading else ():
            if step_actions(case, percent):
                command = "warn" if percent < BREACH else "breach" if percent == BREACH else "overdue"
                found += _say(key, command, f"step/{percent}", {"percent": percent, "due_at": at})
            else:
                _pass_by(key, percent, at)
    return found


@transaction.atomic
def _pass_by(key: UUID, percent: int, at: datetime) -> None:
    """A step at which the policy does nothing."""
    case = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=key)
    reply_clock.take_step(case, percent, at)
    case.save(update_fields=[name.removesuffix("_id") for name in reply_clock.FIELDS])


def _reminders(now: datetime) -> int:
    """A next step whose time has come; `reminded_for` claims it, so that of two workers one tells it."""
    come = Q(follow_up_at__lte=now) & (Q(reminded_for__isnull=True) | ~Q(reminded_for=F("follow_up_at")))
    due = Case.objects.filter(come, state__in=ON_TRACKER).order_by("follow_up_at")
    found = 0
    for key, at in list(due.values_list("pk", "follow_up_at")[:BATCH]):
        with transaction.atomic():
            if at and Case.objects.filter(come, pk=key, follow_up_at=at).update(reminded_for=at):
                found += _say(key, "remind", f"remind/{clock.iso(at)}", {})
    return found


def _calls(now: datetime) -> int:
    due = Call.objects.filter(remind_at__lte=now, status=Call.Status.SET.value).order_by("remind_at")
    found = 0
    for key, case_id, sequence in list(due.values_list("pk", "case_id", "sequence")[:BATCH]):
        with transaction.atomic():
            if Call.objects.filter(pk=key, sequence=sequence, remind_at__lte=now).update(remind_at=None):
                found += _say(case_id, "remind_call", f"call/{key}/{sequence}", {})
    return found


def _say(case_id: UUID, command: str, once: str, said: dict[str, object]) -> bool:
    """The system's command, under an id that is the same whoever says it. One that came too late is no trouble."""
    try:
        result = transition(actor=None, case_id=case_id, command=command, said=said, command_id=uuid5(case_id, once))
    except Refused as refused:
        log.info("Nothing left to tell", extra={"case": str(case_id), "command": command, "code": refused.code})
        return False
    return not result.repeated
