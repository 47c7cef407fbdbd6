"""What the parts of a case look like in answers: statements, points, offers, and what follows from them."""

from rest_framework import serializers as s

from mediation.conversations.api.shapes import PersonCard
from mediation.disputes.models import Instruction, Issue, Offer
from mediation.disputes.rules.ladder import Rung, Why
from mediation.disputes.rules.states import Overlay
from mediation.disputes.rules.table import COMMANDS

MINOR = "In minor units of the case's currency."


class Filing(s.Serializer):
    """For who still writes the claim."""

    ends_at = s.DateTimeField(allow_null=True, help_text="Until when it can be filed; null while nothing limits it.")
    problem = s.CharField(allow_blank=True)
    there_minor = s.IntegerField(help_text="How much is held or was paid for what the claim is about; minor units.")
    answer_days = s.IntegerField(help_text="How many days the other side has to answer.")
    is_refund_said = s.BooleanField(help_text="False while it says nothing yet of what goes back.")


class Statement(s.Serializer):
    """What a side says at the opening."""

    author = s.UUIDField()
    body = s.CharField(allow_blank=True)
    wants = s.CharField(allow_blank=True)
    reason = s.CharField(allow_blank=True)
    updated_at = s.DateTimeField()
    revealed_at = s.DateTimeField(allow_null=True)


class Position(s.Serializer):
    """What a side says about a point."""

    text = s.CharField(allow_blank=True)
    confirmed_at = s.DateTimeField(allow_null=True)


class Positions(s.Serializer):
    """Both sides."""

    filer = Position()
    respondent = Position()


class IssueShape(s.Serializer):
    """A point of disagreement."""

    id = s.UUIDField()
    position = s.IntegerField()
    title = s.CharField()
    status = s.ChoiceField(Issue.Status.values)
    amount_minor = s.IntegerField(allow_null=True, help_text=MINOR)
    positions = Positions()
    confirmed_by_me = s.BooleanField()
    confirmed_by_both = s.BooleanField()


class OfferShape(s.Serializer):
    """A split with terms and an expiry."""

    id = s.UUIDField()
    number = s.IntegerField()
    made_by = s.UUIDField()
    is_mine = s.BooleanField()
    refund_minor = s.IntegerField(help_text=MINOR)
    release_minor = s.IntegerField(help_text=MINOR)
    terms = s.ListField(child=s.CharField())
    note = s.CharField(allow_blank=True)
    answers = s.UUIDField(allow_null=True, help_text="The offer that this one counters.")
    status = s.ChoiceField(Offer.Status.values)
    version = s.IntegerField()
    made_at = s.DateTimeField()
    expires_at = s.DateTimeField()
    ended_at = s.DateTimeField(allow_null=True)
    declined_why = s.CharField(allow_blank=True, help_text="What was said when it was declined; else empty.")


class RequestShape(s.Serializer):
    """Something asked of one person."""

    id = s.UUIDField()
    asked_by = s.UUIDField()
    asked_of = s.UUIDField()
    of_me = s.BooleanField()
    kind = s.CharField()
    text = s.CharField()
    asked_at = s.DateTimeField()
    due_at = s.DateTimeField()
    is_open = s.BooleanField()
    answered_at = s.DateTimeField(allow_null=True)
    withdrawn_at = s.DateTimeField(allow_null=True)


class PromiseShape(s.Serializer):
    """Something that Upwork promised to do."""

    id = s.UUIDField()
    made_by = s.UUIDField()
    text = s.CharField()
    made_at = s.DateTimeField()
    due_at = s.DateTimeField()
    kept_at = s.DateTimeField(allow_null=True)


class CaucusShape(s.Serializer):
    """A private talk: that it took place both see; an offer, only whom it was made to and the mediator."""

    party = s.UUIDField()
    with_me = s.BooleanField()
    offered_at = s.DateTimeField()
    began_at = s.DateTimeField(allow_null=True)
    ended_at = s.DateTimeField(allow_null=True)
    declined_at = s.DateTimeField(allow_null=True)


class AlternativeShape(s.Serializer):
    """A way on, and what the reader would have at its end; only for the parties, and only about small sums."""

    code = s.ChoiceField(["proposal", "no_agreement", "arbitration"])
    least_minor = s.IntegerField()
    most_minor = s.IntegerField()
    costs_minor = s.IntegerField()
    days = s.IntegerField(allow_null=True)


class ReleaseShape(s.Serializer):
    """Words that the mediator would like to share; only who is asked and the mediator see it."""

    id = s.UUIDField()
    party = s.UUIDField()
    of_me = s.BooleanField()
    text = s.CharField()
    asked_at = s.DateTimeField()
    decided_at = s.DateTimeField(allow_null=True)
    is_granted = s.BooleanField(allow_null=True)


class OverlayShape(s.Serializer):
    """A hold, a pause or an absence."""

    kind = s.ChoiceField([one.value for one in Overlay])
    asked_by = s.UUIDField(allow_null=True)
    reason = s.CharField(allow_blank=True)
    begins_at = s.DateTimeField()
    ends_at = s.DateTimeField(allow_null=True)
    is_on = s.BooleanField()


class InstructionShape(s.Serializer):
    """Money that the ledger was told to move."""

    kind = s.ChoiceField(Instruction.Kind.values)
    party = s.UUIDField(allow_null=True, help_text="Whose share of the arbitration it is.")
    amount_minor = s.IntegerField(help_text=MINOR)
    currency = s.CharField()
    given_at = s.DateTimeField()
    confirmed_at = s.DateTimeField(allow_null=True)


class Money(s.Serializer):
    """What is held for the case."""

    held_minor = s.IntegerField(help_text=MINOR)
    frozen_minor = s.IntegerField(help_text="Of this, frozen for the case.")
    settled_refund_minor = s.IntegerField(allow_null=True)
    arbitration_share_minor = s.IntegerField(help_text="What each side would pay for an arbitration.")
    instructions = InstructionShape(many=True)


class ArbitrationStepShape(s.Serializer):
    """Who chose arbitration, and who paid their share."""

    party = s.UUIDField()
    kind = s.ChoiceField(["elected", "paid"])
    at = s.DateTimeField()


class AwardShape(s.Serializer):
    """What the arbitrator decided; `round` counts how often the case was open, from 1."""

    refund_minor = s.IntegerField(help_text=MINOR)
    release_minor = s.IntegerField(help_text=MINOR)
    round = s.IntegerField(help_text="Its document is at `awards/{round}/file/`.")
    document = s.CharField()
    document_sha256 = s.CharField()
    entered_at = s.DateTimeField()
    confirmed_at = s.DateTimeField(allow_null=True)
    entered_by = s.UUIDField(allow_null=True)
    confirmed_by = s.UUIDField(allow_null=True)


class ReviewShape(s.Serializer):
    """A review of the process, asked for after the close."""

    asked_by = s.UUIDField()
    reason = s.CharField()
    asked_at = s.DateTimeField()
    decided_at = s.DateTimeField(allow_null=True)
    is_upheld = s.BooleanField(allow_null=True)
    ruling = s.CharField(allow_blank=True)


class ObjectionShape(s.Serializer):
    """An objection to the mediator; why, only its author and those who decide it read."""

    raised_by = s.UUIDField()
    reason = s.CharField(allow_null=True)
    raised_at = s.DateTimeField()
    decided_at = s.DateTimeField(allow_null=True)
    is_upheld = s.BooleanField(allow_null=True)
    ruling = s.CharField(allow_null=True, allow_blank=True)


class DisclosureShape(s.Serializer):
    """What ties an agent to one of the parties, and whether both agreed to it."""

    agent = PersonCard()
    text = s.CharField()
    disclosed_at = s.DateTimeField()
    accepted_by = s.ListField(child=s.UUIDField())
    decided_at = s.DateTimeField(allow_null=True)
    is_accepted = s.BooleanField(
        allow_null=True,
        help_text="Null until it is decided, and for good where the case went on before both had answered.",
    )
    is_overridden = s.BooleanField(help_text="A supervisor answers for it.")


class LevelAskShape(s.Serializer):
    """A higher level that was asked for; `ended_at` without `taken_by`: it was dropped."""

    level = s.ChoiceField([rung.value for rung in Rung])
    why = s.ChoiceField([why.value for why in Why])
    note = s.CharField(allow_blank=True)
    asked_by = PersonCard(allow_null=True, help_text="Null: a rule asked.")
    asked_at = s.DateTimeField()
    taken_by = PersonCard(allow_null=True)
    ended_at = s.DateTimeField(allow_null=True)


class LadderShape(s.Serializer):
    """Where the case stands on the escalation ladder (2: in the queue, 3: with a mediator, 4: with a senior, 5: with
    executive escalations), and which levels were asked for.
    """

    stands_at = s.ChoiceField([rung.value for rung in Rung])
    asks = LevelAskShape(many=True)


class WhyNot(s.Serializer):
    """Why a command cannot be said just now."""

    code = s.CharField()
    message = s.CharField()


class Action(s.Serializer):
    """A command that is the reader's to say in this state."""

    command = s.ChoiceField(sorted(COMMANDS))
    allowed = s.BooleanField()
    why_not = WhyNot(allow_null=True)
