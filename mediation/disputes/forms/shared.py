"""What several commands ask for."""

from django.utils.translation import gettext_lazy as _

from mediation.disputes.forms.fields import SHORT, Flag, Money, Said, Shape


class Nothing(Shape):
    """A command that needs no more than to be said."""


class WithReason(Shape):
    """A command that is said with a reason."""

    reason = Said(max_length=SHORT, label=_("Why"), help_text=_("A sentence is enough. Those concerned will read it."))


class Ruling(WithReason):
    """A decision about something that a party raised."""

    is_upheld = Flag(label=_("They are right"), help_text=_("If you leave this out, things stay as they are."))


class Split(Shape):
    """What goes to whom. Both sums together are the amount in dispute."""

    refund_minor = Money(label=_("Back to the client"))
    release_minor = Money(label=_("To the freelancer"))
