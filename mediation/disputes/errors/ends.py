"""Arbitration, awards and reviews."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Conflict
from mediation.disputes.errors.general import NotAllowed


class NotElected(NotAllowed):
    message = _("Choose arbitration first; then your share can be paid.")


class ElectedAlready(NotAllowed):
    message = _("You have chosen arbitration already. What is left is your share.")


class SharePaid(NotAllowed):
    message = _("Your share is paid already. Nothing more is asked of you.")


class FourEyes(NotAllowed):
    message = _("Somebody else confirms what you have entered.")


class ReviewedAlready(NotAllowed):
    message = _("A review of this case was asked for already.")


class MoneyGone(Conflict):
    """`detail.held_minor` is what is held for it, `detail.paid_minor` what was paid for it and has not come back."""

    code = "money.gone"
    message = _(
        "This case cannot be opened again: since it closed, its money was given back or decided about in another case. "
        "If that decision was wrong, open the other case again."
    )
