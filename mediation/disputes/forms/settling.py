"""Offers, the text of the agreement, and sealed answers."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from mediation.disputes.forms.fields import SHORT, Flag, Moment, Money, Said, Shape, Text, Uuid, Whole
from mediation.disputes.forms.shared import Split

SHA256_LENGTH = 64


class TermsAndSplit(Split):
    """Sums, and what else is agreed."""

    terms = serializers.ListField(
        child=Said(max_length=SHORT), required=False, max_length=20, label=_("What else you agree on"),
        help_text=_("One point a line."),
    )  # fmt: skip


class MakeOffer(TermsAndSplit):
    """An offer that the other side can accept until it expires."""

    note = Text(required=False, max_length=SHORT, label=_("A word to the other side"))
    expires_at = Moment(label=_("It stands until"))


class CounterOffer(MakeOffer):
    """An answer with other numbers."""

    offer_id = Uuid(label=_("Offer"))


class OneOffer(Shape):
    """Which offer."""

    offer_id = Uuid(label=_("Offer"))


class AcceptOffer(OneOffer):
    """The offer exactly as it was read."""

    offer_version = Whole(min_value=1, label=_("Version"))


class DeclineOffer(OneOffer):
    """The offer that is not taken, and why, if one wants to say it."""

    reason = Text(
        required=False, max_length=SHORT, label=_("Why"),
        help_text=_("It stands on the offer, for everybody who reads it."),
    )  # fmt: skip


class ProposeText(TermsAndSplit):
    """What both told the mediator they agree on."""


class AcceptText(Shape):
    """Accepting the text by its fingerprint."""

    sha256 = Text(
        min_length=SHA256_LENGTH, max_length=SHA256_LENGTH, allow_blank=False, label=_("Fingerprint of the text")
    )
    password = Text(
        required=False, max_length=SHORT, label=_("Your password"), help_text=_("Only for larger sums."),
        style={"input_type": "password"},
    )  # fmt: skip


class SealedAnswer(Shape):
    """An answer that only its author reads."""

    is_yes = Flag(
        label=_("I accept the recommendation"),
        help_text=_("Nobody reads your answer. You can change it until both are in or the time is up."),
    )


class Bid(Shape):
    """A sealed bid."""

    release_minor = Money(
        label=_("Your bid: what the freelancer gets"),
        help_text=_("As the client: the most you would pay. As the freelancer: the least you would take."),
    )
