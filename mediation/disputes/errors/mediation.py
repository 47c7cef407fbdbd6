"""Phases, issues, evidence, recommendations and what is said in private."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Invalid
from mediation.disputes.errors.general import NotAllowed


class NoSuchPhase(NotAllowed):
    message = _("There is no phase in that direction.")


class NoTalksLeft(NotAllowed):
    """`detail.most_days` is how long talks can last altogether."""

    code = "dispute.talks_used"
    message = _(
        "The time to talk without a mediator is used up, so the call cannot be taken back. You can still make an "
        "offer, or accept one, until a mediator comes."
    )


class IssuesUnconfirmed(NotAllowed):
    """`detail.issues` are those that both have not confirmed."""

    message = _("Both parties confirm every point before options are discussed.")


class NotYetImpasse(NotAllowed):
    message = _("Make a recommendation first, or let both parties decline one.")


class EvidenceClosed(NotAllowed):
    message = _("Evidence is closed. Ask the mediator if something essential is missing.")


class EvidenceStillOpen(NotAllowed):
    message = _("Close the evidence first, so that both know what the recommendation rests on.")


class FindingMissing(Invalid):
    """`detail.issues` are those without a finding or without cited evidence."""

    code = "recommendation.incomplete"
    message = _("Every point needs a finding and the evidence it rests on.")


class FindingsDoNotAddUp(Invalid):
    """`detail.findings_minor` is what the findings give back together, `detail.refund_minor` the recommendation."""

    code = "recommendation.sums"
    message = _("What the findings give back must add up to what the recommendation gives back.")


class AnswerMissing(Invalid):
    code = "request.unanswered"
    message = _("Write your answer first: nothing of yours has come since it was asked.")


class OneRecommendation(NotAllowed):
    message = _("For a sum this small there is one recommendation. Help them to agree, or declare that they do not.")


class SecondReaderMissing(NotAllowed):
    message = _(
        "For this sum a senior reads the recommendation before it goes out. Ask one in the staff notes, by @ and a "
        "name."
    )


class CaucusRunning(NotAllowed):
    message = _("A private talk is going on. End it first.")


class TalkNeeded(NotAllowed):
    code = "caucus.begin"
    message = _("Begin a private talk with this person first, then ask them there.")


class CaucusOwed(NotAllowed):
    """`detail.party` is who was not heard in private yet."""

    code = "caucus.owed"
    message = _("You talked with one side in private. Hear the other side too, or wait until they say no.")


class BiddingOpen(NotAllowed):
    message = _("A round of sealed bids is open already.")


class NoMoreRounds(NotAllowed):
    message = _("All rounds of sealed bids were used.")


class BiddingNotAgreed(NotAllowed):
    message = _("Both agree to the rule before anybody bids.")


class BidAlready(NotAllowed):
    message = _("Your bid for this round is sealed.")
