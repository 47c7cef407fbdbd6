"""What follows from a command, by the names of the table. Effects set fields of the locked case and write rows beside
it; `transition` saves the fields.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from mediation.escalations.actions import clock, contacts
from mediation.escalations.models import Call, Case, Checked, Slot, TalentForm
from mediation.escalations.queries.clocks import step_actions
from mediation.escalations.queries.people import leads, told
from mediation.escalations.rules.guards import Said
from mediation.sla.rules.clock import Status
from mediation.sla.rules.steps import BREACH

REMIND_BEFORE = timedelta(hours=1)
KNOWN = ("value_minor", "currency", "has_web_presence", "segment", "is_long_term")


@dataclass
class Work:
    """One command under way. `kept` is what the log says beside what was said, `tell` who gets a mail of it."""

    case: Case
    actor: User | None
    said: Said
    now: datetime
    kept: dict[str, Any] = field(default_factory=dict)
    tell: list[User] = field(default_factory=list)

    @property
    def person(self) -> User:
        """Who says it, where the system never does."""
        if self.actor is None:
            raise ValueError("Nobody says this command.")
        return self.actor


def _take(work: Work) -> None:
    work.case.owner = work.actor


def _give(work: Work) -> None:
    work.case.owner = User.objects.get(pk=work.said["to"])
    work.tell.append(work.case.owner)


def _answer(work: Work) -> None:
    """Who referred the client reads it. A breach that nobody had seen yet goes to the lead all the same."""
    case = work.case
    case.reply, case.replied_at = work.said["text"].strip(), work.now
    clock.end(case, work.now)
    if case.clock_status == Status.MISSED.value and case.breached_at is not None:
        if clock.take_step(case, BREACH, case.breached_at):
            work.tell.extend(leads())
        work.kept["late"] = True
    if case.referred_by_id != work.person.pk:
        work.tell.append(case.referred_by)


def _enter(work: Work) -> None:
    work.case.tracked_at = work.now


def _plan(work: Work) -> None:
    work.case.next_step = work.said["next_step"].strip()
    work.case.follow_up_at, work.case.reminded_for = work.said["follow_up_at"], None


def _keep_ticket(work: Work) -> None:
    work.case.ticket = work.said["ticket"].strip()[:40]


def _offer_slots(work: Work) -> None:
    work.case.slots.all().delete()
    Slot.objects.bulk_create(Slot(case=work.case, starts_at=moment) for moment in work.said["slots"])


def _set_call(work: Work) -> None:
    """The call that is set is moved, with the UID it has in calendars."""
    begins = work.said["starts_at"]
    call = Call.objects.filter(case=work.case, status=Call.Status.SET.value).first()
    if call is None:
        call = Call(case=work.case)
    else:
        call.sequence += 1
    call.starts_at, call.minutes, call.changed_at = begins, work.said.get("minutes") or call.minutes, work.now
    call.remind_at = max(begins - REMIND_BEFORE, work.now)
    call.save()
    work.case.slots.all().delete()
    _tell_owner(work)  # with the calendar's file


def _end_call(work: Work, status: Call.Status) -> None:
    calls = Call.objects.filter(case=work.case, status=Call.Status.SET.value)
    calls.update(status=status.value, remind_at=None, changed_at=work.now)


def _drop_call(work: Work) -> None:
    _end_call(work, Call.Status.DROPPED)


def _hold_call(work: Work) -> None:
    _end_call(work, Call.Status.HELD)


def _check(work: Work) -> None:
    items = [str(one) for one in work.said.get("items") or []]
    Checked.objects.filter(case=work.case).exclude(item__in=items).delete()
    rows = [Checked(case=work.case, item=one, by=work.person, at=work.now) for one in items]
    Checked.objects.bulk_create(rows, ignore_conflicts=True)


def _write_form(work: Work) -> None:
    said = {name: work.said[name] for name in ("needs", "representative", "appointment_at")}
    written = {"written_by": work.actor, "written_at": work.now}
    TalentForm.objects.update_or_create(case=work.case, defaults=said | written)


def _end(work: Work) -> None:
    """Nothing is planned for what is over."""
    work.case.closed_at, work.case.follow_up_at, work.case.next_step = work.now, None, ""
    work.case.slots.all().delete()
    _drop_call(work)


def _begin_again(work: Work) -> None:
    work.case.closed_at = None


def _correct(work: Work) -> None:
    for name in KNOWN:
        if name in work.said:
            setattr(work.case, name, work.said[name])
    contacts.complete(contact_id=work.case.contact_id, said=work.said)


def _follow_segment(work: Work) -> None:
    """Another segment is another target. Once the reply is overdue, the target stays: the log says so."""
    before = work.case.target_ms
    is_other = clock.follow(work.case, work.now)
    if is_other:
        work.kept["target_minutes"] = [before // 60_000, work.case.target_ms // 60_000]


def _tell_step(work: Work) -> None:
    percent = int(work.said["percent"])
    clock.take_step(work.case, percent, work.said["due_at"])
    work.tell.extend(told(work.case, step_actions(work.case, percent)))


def _tell_owner(work: Work) -> None:
    if work.case.owner is not None and work.case.owner.is_active:
        work.tell.append(work.case.owner)


EFFECTS: dict[str, Callable[[Work], None]] = {
    "take": _take,
    "give": _give,
    "answer": _answer,
    "enter": _enter,
    "plan": _plan,
    "keep_ticket": _keep_ticket,
    "offer_slots": _offer_slots,
    "set_call": _set_call,
    "drop_call": _drop_call,
    "hold_call": _hold_call,
    "check": _check,
    "write_form": _write_form,
    "end": _end,
    "begin_again": _begin_again,
    "correct": _correct,
    "follow_segment": _follow_segment,
    "tell_step": _tell_step,
    "tell_owner": _tell_owner,
}
FIELDS = (
    "owner", "reply", "replied_at", "tracked_at", "next_step", "follow_up_at", "reminded_for", "ticket", "closed_at",
    *KNOWN, *(name.removesuffix("_id") for name in clock.FIELDS),
)  # fmt: skip
