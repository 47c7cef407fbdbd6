"""Shapes of the evidence: what was put forward, and what a draft claim will put forward."""

from rest_framework import serializers as s

from mediation.disputes.models import Evidence


class Address(s.Serializer):
    """Where a message is."""

    thread = s.UUIDField()
    seq = s.IntegerField()


class FileName(s.Serializer):
    """A file of the room."""

    id = s.UUIDField()
    name = s.CharField()


class Redacted(s.Serializer):
    """When and why."""

    at = s.DateTimeField()
    reason = s.CharField()


class Term(s.Serializer):
    """What the contract says, apart from any language; this is what the fingerprint is of."""

    code = s.CharField()
    params = s.DictField()


class Item(s.Serializer):
    """A piece of evidence."""

    id = s.UUIDField()
    number = s.IntegerField()
    issue = s.UUIDField(allow_null=True)
    kind = s.ChoiceField(Evidence.Kind.values)
    title = s.CharField()
    excerpt = s.CharField(allow_blank=True, help_text="A term of the contract is put into the reader's language.")
    term = Term(allow_null=True)
    sha256 = s.CharField()
    message = Address(allow_null=True)
    file = FileName(allow_null=True)
    redacted = Redacted(allow_null=True, help_text="Staff took it out of view; parties get neither words nor file.")
    submitted_by = s.UUIDField()
    is_mine = s.BooleanField()
    submitted_at = s.DateTimeField()
    status = s.ChoiceField(Evidence.Status.values)
    answered_by = s.UUIDField(allow_null=True)
    answer_note = s.CharField(allow_blank=True)


class PickShape(s.Serializer):
    """What goes with a draft claim. Only its writer reads it."""

    id = s.UUIDField()
    kind = s.ChoiceField(Evidence.Kind.values)
    title = s.CharField()
    excerpt = s.CharField(allow_blank=True, help_text="A term of the contract is put into the reader's language.")
    term_id = s.UUIDField(allow_null=True, help_text="The contract, or the milestone, whose term it quotes.")
    message = Address(allow_null=True)
    file = FileName(allow_null=True)
    is_there = s.BooleanField(help_text="False: it was removed from the room, and the claim cannot be filed with it.")
