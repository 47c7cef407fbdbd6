"""Mails of rules to people at Upwork."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from mediation.core import outbox
from mediation.core.outbox import Outbox
from mediation.desk.models import RuleMail


def hand_over(*, limit: int = 100) -> int:
    """Hand over what waits; returns how many were taken."""
    return OUTBOX.hand_over(limit=limit)


def letter(mail: RuleMail) -> EmailMessage:
    """Which rule fitted which case, in the language of who reads it; nothing of what anybody wrote."""
    case = mail.dispute
    with translation.override(mail.to.language):
        said = {"rule": mail.rule, "job": case.room.contract.title, "name": mail.to.name, "number": case.number or "–"}
        subject = gettext("Please look: “%(job)s” (%(rule)s)") % said
        parts = [
            gettext("Hello %(name)s,") % said,
            gettext("The rule “%(rule)s” fits case %(number)s, “%(job)s”.") % said,
            gettext("The room: %(address)s")
            % {"address": settings.PUBLIC_URL + reverse("web:room", args=[case.room_id])},
            "Parley",
        ]
    return outbox.letter(id=f"rule-{mail.pk}", to=mail.to.email, subject=subject, parts=parts)


def _rows() -> QuerySet[RuleMail]:
    mails = RuleMail.objects.filter(to__is_active=True).order_by("try_at", "pk")
    return mails.select_related("to", "dispute__room__contract")


OUTBOX = Outbox("Mails of rules", _rows, lambda mail: letter(mail).send() == 1)
