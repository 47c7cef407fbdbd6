"""What lies over a state, the log review, arbitration, and what can be asked after the close."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from mediation.disputes.forms.fields import LINE, SHORT, Flag, Money, Said, Shape, Uuid, Whole
from mediation.disputes.forms.shared import Split, WithReason
from mediation.disputes.rules.ladder import Rung

YEAR_DAYS = 366
MOST_SLOTS = 7 * 24 * 6  # of ten minutes in a week
YEAR_HOURS = YEAR_DAYS * 24  # what a policy allows is less; more is a slip of the hand


class DiscloseConflict(Shape):
    """What ties an agent to one of the parties."""

    text = Said(max_length=SHORT, label=_("What ties you to one of them"), help_text=_("Both parties read it."))


class AnswerDisclosure(Shape):
    """Whether this agent may take the case all the same."""

    is_yes = Flag(
        label=_("This agent may take the case"),
        help_text=_("If either of you says no, somebody else takes it. You need not say why."),
    )


LEVELS = [
    (Rung.SENIOR.value, _("L4: a senior mediator")),
    (Rung.EE.value, _("L5: executive escalations")),
    (Rung.SAFETY.value, _("L6: trust and safety, whom neither party sees")),
]


class LevelUp(WithReason):
    """A higher level of the ladder."""

    level = serializers.ChoiceField(LEVELS, label=_("Who should take the case"))


class CoolOff(Shape):
    """A pause for both sides."""

    hours = Whole(
        min_value=1, max_value=YEAR_HOURS, label=_("Hours"),
        help_text=_("The deadlines of both of you move by as much."),
    )  # fmt: skip


class DeclareAbsence(Shape):
    """Being away, said before the deadline."""

    days = Whole(
        min_value=1, max_value=YEAR_DAYS, label=_("Days"), help_text=_("They count over all your cases of a year.")
    )


class Extend(WithReason):
    """More time, for both sides alike."""

    hours = Whole(min_value=1, max_value=YEAR_HOURS, label=_("Hours"))


class Slot(Shape):
    """One part of the time log."""

    slot = Said(max_length=LINE, label=_("Day and time"))
    amount_minor = Money(label=_("Sum"))
    is_upheld = Flag(label=_("The log bears it out"))


class RecordLogReview(Shape):
    """The time log, slot by slot."""

    slots = serializers.ListField(child=Slot(), max_length=MOST_SLOTS, label=_("Slots"))


class EnterAward(Split):
    """What the arbitrator decided, with the document."""

    file_id = Uuid(label=_("Document"), help_text=_("A file of the staff notes of this room. Send it there first."))


class Reopen(WithReason):
    """Opening a closed case again."""

    agent_id = Uuid(label=_("Agent"))
    terms_not_kept = Flag(required=False, label=_("The agreement was not kept"))
