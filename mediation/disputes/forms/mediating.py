"""Issues, evidence, requests, words released by consent, and the recommendation."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from mediation.core.api.fields import Seq
from mediation.disputes.forms.fields import LINE, LONG, SHORT, Moment, Money, Said, Shape, Text, Uuid
from mediation.disputes.forms.shared import Split
from mediation.disputes.models import Evidence, Issue
from mediation.disputes.rules.words import Asked

TITLE = 140
KINDS = [
    (Evidence.Kind.MESSAGE.value, _("A message")),
    (Evidence.Kind.DELIVERY.value, _("A delivery")),
    (Evidence.Kind.TERM.value, _("What the contract says")),
    (Evidence.Kind.TIME_LOG.value, _("A time log")),
    (Evidence.Kind.PAYMENT.value, _("A payment")),
    (Evidence.Kind.FILE.value, _("A file")),
]
STATUSES = [
    (Issue.Status.OPEN.value, _("Open")),
    (Issue.Status.AGREED.value, _("Agreed")),
    (Issue.Status.PARKED.value, _("Set aside")),
]
ANSWERS = [
    (Evidence.Status.ACKNOWLEDGED.value, _("Yes, this is so")),
    (Evidence.Status.CONTESTED.value, _("No, I see this differently")),
]
ASKED = [
    (Asked.ANSWER.value, _("An answer")),
    (Asked.DOCUMENT.value, _("A document")),
    (Asked.DECISION.value, _("A decision")),
]


class AddIssue(Shape):
    """A point of disagreement under a title that both can live with."""

    title = Said(max_length=TITLE, label=_("The point, in neutral words"))
    amount_minor = Money(required=False, allow_null=True, label=_("Money it is about"))


class OneIssue(Shape):
    """Which point."""

    issue_id = Uuid(label=_("Point"))


class EditIssue(OneIssue):
    """Other words for a point. Both confirm it anew."""

    title = Said(required=False, max_length=TITLE, label=_("The point, in neutral words"))
    amount_minor = Money(required=False, allow_null=True, label=_("Money it is about"))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) == 1:
            raise serializers.ValidationError(_("Change the words or the sum."))
        return attrs


class SettleIssue(OneIssue):
    """How a point stands."""

    status = serializers.ChoiceField(STATUSES, label=_("How it stands"))


class StatePosition(OneIssue):
    """What one side says about a point."""

    text = Said(max_length=LONG, label=_("How you see it"), help_text=_("Everyone in the room reads it."))


class Address(Shape):
    """Where a message is."""

    thread = Uuid()
    seq = Seq(min_value=1)


class SubmitEvidence(Shape):
    """Something that shows how it was: a message, a file of the room, words, or what the contract says (`term_id`: the
    contract's id, or that of a milestone).
    """

    kind = serializers.ChoiceField(KINDS, label=_("What is it?"))
    title = Said(max_length=LINE, label=_("What it shows"))
    issue_id = Uuid(required=False, allow_null=True, label=_("Point"))
    message = Address(required=False, allow_null=True, label=_("Message"))
    file_id = Uuid(required=False, allow_null=True, label=_("File"))
    term_id = Uuid(
        required=False, allow_null=True, label=_("What the contract says"),
        help_text=_("Each of you reads it in their own language."),
    )  # fmt: skip
    excerpt = Text(required=False, max_length=LONG, label=_("In words"))


class PickEvidence(SubmitEvidence):
    """What goes with a draft claim. A file is one of the room, or one's own that was uploaded and not sent."""

    issue_id = None  # type: ignore[assignment]  # how DRF leaves out what is inherited: a draft has no points


class DropPick(Shape):
    """Which of what goes with the draft."""

    pick_id = Uuid(label=_("Evidence"))


class AnswerEvidence(Shape):
    """What one says to the other side's evidence."""

    evidence_id = Uuid(label=_("Evidence"))
    status = serializers.ChoiceField(ANSWERS, label=_("Your answer"))
    note = Text(required=False, max_length=SHORT, label=_("Why"))


class MakeRequest(Shape):
    """Something asked of one person, with a time."""

    asked_of = Uuid(label=_("Of whom"))
    kind = serializers.ChoiceField(ASKED, label=_("What you need"))
    text = Said(max_length=SHORT, label=_("In words"), help_text=_("Everyone in the room reads it."))
    due_at = Moment(label=_("Until when"))


class OneRequest(Shape):
    """Which request."""

    request_id = Uuid(label=_("Request"))


class AnswerRequest(OneRequest):
    """What was asked, in the person's words; who has written or sent it already need not say it again."""

    text = Text(
        required=False, max_length=LONG, label=_("Your answer"),
        help_text=_("Everyone in the room reads it. Leave it empty if you have written it or sent the file already."),
    )  # fmt: skip


class Promise(Shape):
    """Something that Upwork will do by a time."""

    text = Said(max_length=SHORT, label=_("What you promise"), help_text=_("Everyone in the room reads it."))
    due_at = Moment(label=_("Until when"))


class OnePromise(Shape):
    """Which promise."""

    promise_id = Uuid(label=_("Promise"))


class AskRelease(Shape):
    """Asking one party whether exactly these words may be shared."""

    party = Uuid(label=_("Whose words"))
    text = Said(
        max_length=LONG, label=_("The exact words"), help_text=_("They are shared as they stand here, or not at all.")
    )
    question = Said(max_length=LONG, label=_("Your question to them"), help_text=_("Only they read it."))


class OneParty(Shape):
    """Whom the mediator talks with in private."""

    party = Uuid(label=_("With whom"))


class OneRelease(Shape):
    """Which words."""

    release_id = Uuid(label=_("Words"))


class Finding(OneIssue):
    """What the mediator finds on one point, and the evidence it rests on."""

    text = Text(max_length=LONG, label=_("What you find"))
    refund_minor = Money(label=_("Of this point, back to the client"))
    evidence = serializers.ListField(child=Uuid(), max_length=100, label=_("Evidence it rests on"))


class DraftRecommendation(Split):
    """The recommendation as it stands. It can be written in steps; it goes out only when every point has a finding."""

    summary = Text(max_length=LONG, label=_("In short"))
    findings = serializers.ListField(child=Finding(), max_length=100, label=_("Points"))
