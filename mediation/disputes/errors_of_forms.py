"""Refusals of what somebody filled in, each with what they can do."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Invalid


class TooFarOff(Invalid):
    """`detail.most_days` is how many days ahead the policy allows."""

    code = "dispute.too_far"
    message = _("That is too far off. Choose an earlier moment.")


class MilestoneMissing(Invalid):
    """Only one whose money is held goes without saying."""

    code = "dispute.milestone"
    message = _("Choose the milestone that this is about.")


class MoreThanPaid(Invalid):
    """`detail.paid_minor` is what was paid for it."""

    code = "money.paid"
    message = _("This is more than was paid for this milestone.")
