"""Filing a claim, answering it, and asking for a mediator."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from mediation.disputes.forms.fields import LINE, LONG, SHORT, Money, Said, Shape, Text, Uuid
from mediation.disputes.rules.states import Track
from mediation.disputes.rules.words import Problem, Reason

PROBLEMS = [
    (Problem.QUALITY.value, _("The work is not as agreed")),
    (Problem.NOT_DELIVERED.value, _("The work was not delivered")),
    (Problem.LATE.value, _("The work came too late")),
    (Problem.SCOPE.value, _("We disagree about what was part of the job")),
    (Problem.PAYMENT.value, _("Work was done and not paid")),
    (Problem.HOURS.value, _("The hours do not fit the work")),
    (Problem.OTHER.value, _("Something else")),
]
REASONS = [
    (Reason.DISAGREE.value, _("I see it differently")),
    (Reason.DELIVERED.value, _("I did my part")),
    (Reason.PARTLY.value, _("Some of it is right")),
    (Reason.SCOPE.value, _("It was never part of the job")),
    (Reason.OTHER.value, _("Something else")),
]
TRACKS = [
    (Track.ESCROW.value, _("Money that is held in escrow")),
    (Track.ASSISTANCE.value, _("Money that has been paid")),
    (Track.HOURLY.value, _("Last week's hours")),
]


class StartClaim(Shape):
    """Beginning a claim: which money it is about. Only its filer sees it until it is filed."""

    track = serializers.ChoiceField(TRACKS, label=_("What is it about?"))
    milestone_id = Uuid(required=False, allow_null=True, default=None, label=_("Milestone"))
    week_starts = serializers.DateField(
        required=False, allow_null=True, default=None, label=_("Week"), help_text=_("The Monday it began on.")
    )


class EditDraft(Shape):
    """Any part of the claim; what is left out stays as it is."""

    problem = serializers.ChoiceField(PROBLEMS, required=False, label=_("What went wrong?"))
    amount_minor = Money(required=False, min_value=1, label=_("Amount in dispute"))
    claimed_refund_minor = Money(
        required=False, label=_("Of this, back to the client"), help_text=_("The rest goes to the freelancer.")
    )
    statement = Text(
        required=False, max_length=LONG, label=_("What happened"),
        help_text=_("In your own words. The other side reads it when their answer is in."),
    )  # fmt: skip
    wants = Text(required=False, max_length=SHORT, label=_("What would settle this for you?"))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "amount_minor" in attrs and attrs.get("claimed_refund_minor", 0) > attrs["amount_minor"]:
            raise serializers.ValidationError({"claimed_refund_minor": [_("This is more than the amount in dispute.")]})
        return attrs


class AttachClaim(Shape):
    """A claim about money, in a case that began as a call for a mediator."""

    milestone_id = Uuid(
        required=False, allow_null=True, label=_("Milestone"),
        help_text=_("Needed if more than one milestone is in escrow, or if the money was paid already."),
    )  # fmt: skip
    week_starts = serializers.DateField(
        required=False,
        allow_null=True,
        label=_("Week"),
        help_text=_("Of hours that were paid: the Monday it began on."),
    )
    problem = serializers.ChoiceField(PROBLEMS, label=_("What went wrong?"))
    amount_minor = Money(min_value=1, label=_("Amount in dispute"))
    claimed_refund_minor = Money(label=_("Of this, back to the client"))
    statement = Said(label=_("What happened"))
    wants = Text(required=False, max_length=SHORT, label=_("What would settle this for you?"))


class Decline(Shape):
    """The answer to a claim. Both statements become readable at the same moment."""

    reason = serializers.ChoiceField(REASONS, label=_("Why do you not accept it?"))
    statement = Said(
        label=_("What happened, as you see it"),
        help_text=_("You both read what the other wrote as soon as you send this."),
    )
    wants = Text(required=False, max_length=SHORT, label=_("What would settle this for you?"))


class AskMediator(Shape):
    """A word to the mediator."""

    note = Text(
        required=False, max_length=2_000, label=_("A word to the mediator"),
        help_text=_("Only Upwork reads it."),
    )  # fmt: skip


class Claim(Shape):
    """Taking the case."""

    override_reason = Text(
        required=False, max_length=LINE, label=_("Why one more case"),
        help_text=_("Only if you have as many cases as the policy allows. It is logged."),
    )  # fmt: skip


class HandOver(Shape):
    """Leaving a case to a colleague."""

    brief = Said(
        label=_("What your colleague needs to know"),
        help_text=_("What was promised, what is next. Only Upwork reads it."),
    )


class Given(Shape):
    """To whom a case is given."""

    agent_id = Uuid(label=_("Agent"))
    override_reason = Text(
        required=False, max_length=LINE, label=_("Why one more case"),
        help_text=_("Only if the agent has as many cases as they can carry. It is logged."),
    )  # fmt: skip


class Assign(Given):
    """Giving a case that waits to an agent."""

    brief = Text(
        required=False, max_length=SHORT, label=_("What your colleague needs to know"),
        help_text=_("Only Upwork reads it."),
    )  # fmt: skip


class Reassign(Given, HandOver):
    """Giving a case to another agent."""
