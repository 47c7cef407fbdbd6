"""What sealed bids, the recommendation, the agreement and a decision by silence look like in answers."""

from rest_framework import serializers as s

from mediation.conversations.api.shapes import PersonCard
from mediation.disputes.api.parts import MINOR
from mediation.disputes.models import Notice
from mediation.disputes.queries.notices import OF_THE_CLAIM


class Sealed(s.Serializer):
    """What is known of something sealed."""

    mine_in = s.BooleanField(help_text="Whether the reader's own is in.")
    are_in = s.ListField(child=s.UUIDField(), allow_null=True, help_text="Whose are in; for the mediator only.")


class Round(Sealed):
    """A round of sealed bids."""

    number = s.IntegerField()
    opened_at = s.DateTimeField()
    agreed_by = s.ListField(child=s.UUIDField())
    agreed_by_me = s.BooleanField()
    ended_at = s.DateTimeField(allow_null=True)
    has_matched = s.BooleanField(allow_null=True)


class Bidding(s.Serializer):
    """All rounds."""

    rounds = Round(many=True)


class Finding(s.Serializer):
    """What the mediator finds on one point."""

    issue = s.UUIDField()
    text = s.CharField(allow_blank=True)
    refund_minor = s.IntegerField(help_text=MINOR)
    evidence = s.ListField(child=s.UUIDField())


class RecommendationShape(Sealed):
    """The mediator's non-binding proposal. Drafts are for who writes or reads them a second time."""

    id = s.UUIDField()
    number = s.IntegerField()
    is_draft = s.BooleanField()
    by = PersonCard(help_text="Who sent it, or who began the draft.")
    summary = s.CharField(allow_blank=True)
    refund_minor = s.IntegerField(help_text=MINOR)
    release_minor = s.IntegerField(help_text=MINOR)
    findings = Finding(many=True)
    second_read_at = s.DateTimeField(allow_null=True)
    issued_at = s.DateTimeField(allow_null=True)
    evaluated_at = s.DateTimeField(allow_null=True)
    is_agreed = s.BooleanField(allow_null=True)
    my_answer = s.BooleanField(allow_null=True)


class AgreementShape(s.Serializer):
    """The one text; `params` with the template is exactly what `sha256` is of."""

    version = s.IntegerField()
    template = s.CharField()
    params = s.DictField()
    sha256 = s.CharField()
    written_at = s.DateTimeField()
    void_at = s.DateTimeField(allow_null=True, help_text="When it was replaced or given up.")
    accepted = s.DictField(child=s.DateTimeField(), help_text="Who accepted it, and when.")
    accepted_by_me = s.BooleanField()
    needs_password = s.BooleanField()


class SharedShape(s.Serializer):
    """Words of a private talk that their speaker has let everyone read."""

    id = s.UUIDField()
    party = s.UUIDField()
    text = s.CharField()
    shared_at = s.DateTimeField()


class HandedOver(s.Serializer):
    """A notice of the claim as a channel took it."""

    code = s.ChoiceField(list(OF_THE_CLAIM))
    channel = s.ChoiceField(Notice.Channel.values)
    handed_over_at = s.DateTimeField()


class DefaultShape(s.Serializer):
    """Why silence decided the case, and until when no money moves."""

    reason = s.CharField()
    refund_minor = s.IntegerField(help_text="What goes back to the client, in minor units of the case's currency.")
    confirmed_at = s.DateTimeField()
    has_moved = s.BooleanField()
    stays_until = s.DateTimeField(allow_null=True)
    notices = HandedOver(many=True)
