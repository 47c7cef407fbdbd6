"""What a notice says by mail, in the language and the zone of whom it is to. It names no sum and nothing private."""

import zoneinfo
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateformat import format as date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from mediation.disputes.models import Notice
from mediation.disputes.rules.deadlines import Kind

# code → subject, first sentence, what happens if nobody acts
LETTERS: dict[str, tuple[Promise, Promise, Promise]] = {
    "file": (
        _("Please answer: a claim about “%(job)s”"),
        _("%(other)s has filed a claim about “%(job)s”. Please accept it or say how you see it."),
        _("If you do not answer, you get one more reminder. After that, %(other)s can be given what they ask for."),
    ),
    "response_overdue": (
        _("Last reminder: the claim about “%(job)s” waits for your answer"),
        _("The time to answer %(other)s's claim about “%(job)s” is over. You have a little more time, once."),
        _("If you do not answer now, %(other)s can be given what they ask for."),
    ),
    "confirm_default": (
        _("The claim about “%(job)s” was decided without your answer"),
        _("%(other)s's claim about “%(job)s” was not answered in time, and an agent of Upwork has confirmed that."),
        _("The money moves when that time is over. You can still write in the room before that."),
    ),
}
DEADLINES = (Kind.RESPONSE.value, Kind.STAY.value)


def letter(notice: Notice) -> EmailMessage:
    """The mail. It carries an id of its own, so that a second copy is known to be one."""
    person, dispute = notice.to, notice.dispute
    other = dispute.filer if notice.to_id == dispute.respondent_id else dispute.respondent
    words = {"job": dispute.room.contract.title, "other": other.name}
    zone = zoneinfo.ZoneInfo(person.time_zone)
    with translation.override(person.language), timezone.override(zone):
        subject, first, otherwise = (str(one) % words for one in LETTERS[notice.code])
        parts = [gettext("Hello %(name)s,") % {"name": person.name}, first]
        if due_at := _due(notice):
            parts.append(gettext("Until when: %(moment)s (%(zone)s)") % {"moment": _full(due_at), "zone": zone.key})
        parts += [otherwise, gettext("The room: %(address)s") % {"address": _address(notice)}, "Parley"]
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n\n".join(parts) + "\n",
        to=[person.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{settings.PUBLIC_URL.partition('://')[2].partition(':')[0]}>"},
    )


def _due(notice: Notice) -> datetime | None:
    """The deadline as it is now, so that one that was moved is told as it was moved."""
    running = notice.dispute.deadlines.filter(kind__in=DEADLINES, ended_at__isnull=True)
    return running.order_by("due_at").values_list("due_at", flat=True).first()


def _full(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return date_format(local, pgettext("date format, day and time of another year", "D j M Y, H:i"))


def _address(notice: Notice) -> str:
    return settings.PUBLIC_URL + reverse("web:room", args=[notice.dispute.room_id])
