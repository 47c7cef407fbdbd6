"""What answers look like, for the OpenAPI file. `queries.case` makes the values; tests hold the two together."""

from rest_framework import serializers as s

from mediation.conversations.api.shapes import PersonCard
from mediation.disputes.api import exhibits, parts, proposals
from mediation.disputes.api.looks import LookShape
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.stages import Stage
from mediation.disputes.rules.standing import Ask
from mediation.disputes.rules.states import Ball, Outcome, Phase, State, Track


class Asked(s.Serializer):
    """What waits for an answer of one side. Only an offer and a request have a time."""

    party = s.UUIDField()
    what = s.ListField(child=s.ChoiceField([one.value for one in Ask]))


class Standing(s.Serializer):
    """The bar that every party sees: where, whose turn, until when, and what happens if nobody acts."""

    where = s.ChoiceField([one.value for one in State])
    stage = s.ChoiceField([one.value for one in Stage])
    stages = s.ListField(
        child=s.ChoiceField([one.value for one in Stage]),
        help_text="What it went through, where it is and what may follow.",
    )
    phase = s.ChoiceField([one.value for one in Phase], allow_blank=True)
    ball = s.ChoiceField([one.value for one in Ball if one is not Ball.REQUESTS])
    mine = s.BooleanField(help_text="Whether it is the reader's turn.")
    asks = Asked(many=True, help_text="What each side has to answer now, as far as the reader may know.")
    kind = s.ChoiceField([one.value for one in Kind], allow_blank=True, help_text="Which deadline runs.")
    due_at = s.DateTimeField(allow_null=True)
    otherwise = s.CharField(allow_blank=True, help_text="The code of what happens if nobody acts.")
    on_hold = s.BooleanField()
    mediation_days = s.IntegerField(
        help_text="How long a mediation has once a mediator has come, by the case's policy."
    )


class LedgerLine(s.Serializer):
    """A deadline, or a move of one."""

    kind = s.ChoiceField([one.value for one in Kind])
    who = s.CharField()
    person = s.UUIDField(allow_null=True)
    due_at = s.DateTimeField()
    was_due_at = s.DateTimeField(allow_null=True)
    about = s.CharField(allow_blank=True, help_text="What a request asks.")
    reason = s.CharField(allow_blank=True, help_text="Why it was given or moved: a code, or somebody's words.")
    is_extension = s.BooleanField()
    set_at = s.DateTimeField()
    ended_at = s.DateTimeField(allow_null=True)
    ended_how = s.CharField(allow_blank=True)


class ContractName(s.Serializer):
    """The job the case is about."""

    id = s.UUIDField()
    title = s.CharField()


class MilestoneName(s.Serializer):
    """The part of the job the case is about."""

    id = s.UUIDField()
    title = s.CharField()
    position = s.IntegerField()
    amount_minor = s.IntegerField(help_text=parts.MINOR)


class Row(s.Serializer):
    """A case in a list."""

    id = s.UUIDField()
    number = s.IntegerField(allow_null=True)
    room = s.UUIDField()
    track = s.ChoiceField([one.value for one in Track])
    state = s.ChoiceField([one.value for one in State])
    phase = s.ChoiceField([one.value for one in Phase], allow_blank=True)
    outcome = s.ChoiceField([one.value for one in Outcome], allow_blank=True)
    version = s.IntegerField(help_text="Grows with every command that everyone may know of.")
    has_claim = s.BooleanField()
    currency = s.CharField()
    amount_minor = s.IntegerField(help_text=parts.MINOR)
    created_at = s.DateTimeField()
    filed_at = s.DateTimeField(allow_null=True)
    closed_at = s.DateTimeField(allow_null=True)


class Rows(s.Serializer):
    """The cases of a room, the newest first."""

    disputes = Row(many=True)


class Earlier(s.Serializer):
    """What decided a case before it was opened again. It decides nothing any more."""

    reopenings = s.IntegerField(help_text="How often it had been opened again by then.")
    bidding = proposals.Bidding()
    recommendation = proposals.RecommendationShape(allow_null=True)
    agreement = proposals.AgreementShape(allow_null=True)
    arbitration = parts.ArbitrationStepShape(many=True)
    awards = parts.AwardShape(many=True)


class Case(Row):
    """A case as its reader may see it."""

    contract = ContractName()
    milestone = MilestoneName(allow_null=True)
    week_starts = s.DateField(allow_null=True)
    is_low_value = s.BooleanField()
    problem = s.CharField(allow_blank=True)
    claimed_refund_minor = s.IntegerField(help_text=parts.MINOR)
    filer = PersonCard()
    respondent = PersonCard()
    mediator = PersonCard(allow_null=True)
    closed_accounts = s.ListField(
        child=s.UUIDField(), help_text="Parties who cannot sign in any more; only staff are told."
    )
    asker = s.UUIDField(allow_null=True)
    role = s.ChoiceField(["filer", "respondent", "mediator", "staff"], help_text="The reader's own.")
    evidence_closed_at = s.DateTimeField(allow_null=True)
    standing = Standing()
    ledger = LedgerLine(many=True)
    filing = parts.Filing(allow_null=True)
    statements = parts.Statement(many=True)
    picks = exhibits.PickShape(many=True, help_text="Put forward as evidence when the claim is filed.")
    issues = parts.IssueShape(many=True)
    evidence = exhibits.Item(many=True)
    offers = parts.OfferShape(many=True)
    requests = parts.RequestShape(many=True)
    promises = parts.PromiseShape(many=True, help_text="What is due first comes first.")
    caucuses = parts.CaucusShape(many=True)
    releases = parts.ReleaseShape(many=True)
    bidding = proposals.Bidding()
    recommendation = proposals.RecommendationShape(allow_null=True)
    agreement = proposals.AgreementShape(allow_null=True)
    earlier = Earlier(many=True, help_text="The latest first.")
    shared = proposals.SharedShape(many=True)
    default = proposals.DefaultShape(allow_null=True)
    former_agreements = proposals.AgreementShape(many=True, help_text="Texts that no longer stand, the newest first.")
    former_recommendations = proposals.RecommendationShape(many=True, help_text="The newest first.")
    overlays = parts.OverlayShape(many=True)
    money = parts.Money()
    alternatives = parts.AlternativeShape(many=True)
    arbitration = parts.ArbitrationStepShape(many=True)
    awards = parts.AwardShape(many=True)
    reviews = parts.ReviewShape(many=True)
    review_until = s.DateTimeField(allow_null=True, help_text="Until when a side may ask for a review.")
    objections = parts.ObjectionShape(many=True)
    disclosures = parts.DisclosureShape(many=True)
    ladder = parts.LadderShape(allow_null=True, help_text="For staff only.")
    glass = LookShape(many=True, help_text="Looks into private talks: for who reads that chain, and the told.")
    conflict = s.ChoiceField(
        ["clear", "disclose", "blocked"],
        allow_null=True,
        help_text="Between the agent who reads and the parties, while the case waits for a mediator.",
    )
    actions = parts.Action(many=True)


class Result(s.Serializer):
    """What came of a command."""

    dispute = s.UUIDField()
    state = s.ChoiceField([one.value for one in State])
    version = s.IntegerField()
    repeated = s.BooleanField(help_text="It had been said before under this id; this is what came of it then.")
    result = s.DictField(child=s.CharField(), help_text="Ids of what was made.")
