"""Offers and the text of an agreement."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Forbidden, Invalid
from mediation.disputes.errors.general import NotAllowed


class OfferTooShort(Invalid):
    """`detail.least_hours` is the shortest time an offer stands, `detail.earliest` the moment that it leads to."""

    code = "offer.expiry"
    message = _("Give the other side more time: choose a later moment.")


class SameOffer(NotAllowed):
    code = "offer.same"
    message = _("This is the offer that you have standing already. Change something in it, or leave it as it is.")


class OfferGone(NotAllowed):
    code = "offer.gone"
    message = _("This offer no longer stands. Nothing was agreed. You can make an offer of your own.")


class OwnOffer(NotAllowed):
    code = "offer.own"
    message = _("This is your own offer. The other side answers it.")


class OtherText(NotAllowed):
    """`detail.sha256` is the fingerprint of the text that stands now."""

    code = "agreement.other_text"
    message = _("The text was changed. Read it again; both of you accept the same words.")


class PasswordNeeded(Forbidden):
    code = "agreement.password"
    message = _("For this sum, type your password once more.")
