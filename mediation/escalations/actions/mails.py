"""Mails of the executive desk, in the language and the zone of who reads them."""

import zoneinfo
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mediation.core import outbox
from mediation.core.moments import written
from mediation.core.outbox import Outbox
from mediation.escalations import audience
from mediation.escalations.models import Call, Case, Notice
from mediation.escalations.queries.calendar_files import calendar_file

SUBJECTS: Mapping[str, Promise] = {
    "warn": _("Soon due: the reply about %(who)s"),
    "breach": _("Overdue: the reply about %(who)s"),
    "overdue": _("Long overdue: the reply about %(who)s"),
    "remind": _("Your next step with %(who)s"),
    "schedule_call": _("The call with %(who)s is set"),
    "remind_call": _("Your call with %(who)s"),
    "assign": _("%(who)s is yours now"),
    "hand_over": _("%(who)s is yours now"),
    "reply": _("The executive desk has replied about %(who)s"),
}

CALLS = ("schedule_call", "remind_call")


def hand_over(*, limit: int = 100) -> int:
    """Hand over what waits; returns how many were taken."""
    return OUTBOX.hand_over(limit=limit)


def letter(notice: Notice) -> EmailMessage:
    """What happened to which client, by when something is due, and where it stands. Who only referred the client is led
    to their own referrals.
    """
    entry, person = notice.entry, notice.to
    case = entry.case
    zone = zoneinfo.ZoneInfo(person.time_zone)
    with translation.override(person.language), timezone.override(zone):
        subject = str(SUBJECTS[entry.command]) % {"who": case.contact.name}
        parts = [gettext("Hello %(name)s,") % {"name": person.name}, subject]
        if entry.command == "reply":
            parts.append(case.reply)
        if entry.command == "remind":
            parts.append(case.next_step)
        at = _due(notice)
        if at is not None:
            said = {"moment": written(at), "zone": zone.key}
            is_call = entry.command in CALLS
            when = gettext("When: %(moment)s (%(zone)s)") if is_call else gettext("Until when: %(moment)s (%(zone)s)")
            parts.append(when % said)
        works = audience.works_here(person)
        path = reverse("escalations:case", args=[case.pk]) if works else reverse("escalations:mine")
        address = settings.PUBLIC_URL + path
        parts += [gettext("The case: %(address)s") % {"address": address}, "Parley"]
        mail = outbox.letter(id=f"escalation-{notice.pk}", to=person.email, subject=subject, parts=parts)
        call = _call(case)
        if entry.command == "schedule_call" and call is not None:
            title = gettext("Call with %(name)s") % {"name": case.contact.name}
            mail.attach("call.ics", calendar_file(call, summary=title, address=address).decode(), "text/calendar")
    return mail


def _call(case: Case) -> Call | None:
    """The call that is set, with whom its file names."""
    calls = case.calls.filter(status=Call.Status.SET.value)
    return calls.select_related("case__owner", "case__contact").first()


def _due(notice: Notice) -> datetime | None:
    case, command = notice.entry.case, notice.entry.command
    if command in ("warn", "breach", "overdue"):
        return case.due_at
    if command in CALLS:
        call = _call(case)
        return call.starts_at if call else None
    return case.follow_up_at if command == "remind" else None


def _rows() -> QuerySet[Notice]:
    mails = Notice.objects.filter(to__is_active=True).order_by("pk")
    return mails.select_related("to", "entry__case__contact")


OUTBOX = Outbox("Mails of the executive desk", _rows, lambda mail: letter(mail).send() == 1)
