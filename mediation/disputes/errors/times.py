"""Holds, pauses, absences and extensions."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Conflict, Invalid
from mediation.disputes.errors.general import NotAllowed


class NotOnHold(NotAllowed):
    message = _("The case is not on hold.")


class CoolingOffAlready(NotAllowed):
    message = _("There is a pause already. The next one can begin when it is over.")


class CooledOffOnce(NotAllowed):
    message = _("You have taken your pause in this case. Ask the mediator if you need another.")


class CoolingOffLength(Invalid):
    code = "dispute.hours"
    message = _("A pause lasts from 12 to 24 hours. Choose a length between them.")


class AbsenceTooLate(NotAllowed):
    message = _("An absence is declared before the deadline. Write here what happened; the mediator can extend it.")


class AbsenceTooLong(Invalid):
    """`detail.days_left` is what is left of this year's days."""

    code = "dispute.days"
    message = _("That is more days than you have left this year. Choose fewer.")


class NothingToExtend(NotAllowed):
    message = _("No deadline is running that could be extended.")


class ExtendedEnough(NotAllowed):
    message = _("This case was extended as often as the policy allows.")


class OutageTimes(Invalid):
    """`detail.most_days` is the longest that can be recorded."""

    code = "outage.times"
    message = _("Say when it began and when it was over: both in the past, and at most a week apart.")


class OutageKnown(Conflict):
    """`detail` names the times of the other."""

    code = "outage.known"
    message = _(
        "Another outage overlaps with these times, and deadlines were moved for it. Record only what is missing."
    )


class ExtensionLength(Invalid):
    code = "dispute.hours"
    message = _("Extend by at least an hour and at most the length of a mediation.")
