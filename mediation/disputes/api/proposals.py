"""What sealed bids, the recommendation and the agreement look like in answers."""

from rest_framework import serializers as s

from mediation.disputes.api.parts import MINOR


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
    accepted = s.DictField(child=s.DateTimeField(), help_text="Who accepted it, and when.")
    accepted_by_me = s.BooleanField()
    needs_password = s.BooleanField()
