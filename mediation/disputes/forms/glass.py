"""The words of looks into private talks (break-glass): why they are asked for, and how they stand."""

from django.utils.translation import gettext_lazy as _

from mediation.disputes.rules.glass import Ground, Status

GROUNDS = {
    Ground.SAFETY: _("Somebody may be in danger"),
    Ground.CONDUCT: _("A complaint about the mediator"),
    Ground.QUALITY: _("A check of how the case was led"),
    Ground.LAW: _("A duty by law"),
}
STATUSES = {
    Status.WAITING: _("Waits for a second person"),
    Status.TAKEN_BACK: _("Taken back"),
    Status.LAPSED: _("Nobody decided in time"),
    Status.REFUSED: _("Refused"),
    Status.APPROVED: _("Agreed to, not opened yet"),
    Status.OPEN: _("Can be read now"),
    Status.OVER: _("Over"),
}
