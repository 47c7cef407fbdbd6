"""Mails about the steps of clocks."""

import zoneinfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from mediation.core import outbox
from mediation.core.moments import written
from mediation.core.outbox import Outbox
from mediation.sla.models import StepMail
from mediation.sla.rules.steps import BREACH
from mediation.sla.words import METRICS


def hand_over(*, limit: int = 100) -> int:
    """Hand over what waits; returns how many were taken."""
    return OUTBOX.hand_over(limit=limit)


def letter(mail: StepMail) -> EmailMessage:
    """What is due where, in the language and the zone of who reads it; nothing of what anybody wrote."""
    timed, person = mail.step.clock, mail.to
    zone = zoneinfo.ZoneInfo(person.time_zone)
    with translation.override(person.language), timezone.override(zone):
        said = {"what": str(METRICS[timed.metric]), "job": timed.dispute.room.contract.title, "name": person.name}
        is_over = mail.step.percent >= BREACH
        subject = gettext("Overdue: %(what)s, “%(job)s”") if is_over else gettext("Soon due: %(what)s, “%(job)s”")
        parts = [gettext("Hello %(name)s,") % said, subject % said]
        if timed.person:
            parts.append(gettext("For: %(name)s") % {"name": timed.person.name})
        if timed.due_at:
            moment = written(timed.due_at)
            parts.append(gettext("Until when: %(moment)s (%(zone)s)") % {"moment": moment, "zone": zone.key})
        address = settings.PUBLIC_URL + reverse("web:room", args=[timed.room_id])
        parts += [gettext("The room: %(address)s") % {"address": address}, "Parley"]
    return outbox.letter(id=f"clock-{mail.pk}", to=person.email, subject=subject % said, parts=parts)


def _rows() -> QuerySet[StepMail]:
    mails = StepMail.objects.filter(to__is_active=True).order_by("try_at", "pk")
    return mails.select_related("to", "step__clock__person", "step__clock__dispute__room__contract")


OUTBOX = Outbox("Mails about clocks", _rows, lambda mail: letter(mail).send() == 1)
