"""Refusals of a dispute, each with what the person can do."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Conflict, Forbidden, Invalid


class NotNow(Conflict):
    """The table has no line for this command in this state; `detail` holds the state and the version as they are."""

    code = "dispute.not_now"
    message = _("The case has moved on, so this can no longer be done. Look at where it stands now.")


class StaleVersion(Conflict):
    """Somebody acted first; `detail` holds the state and the version as they are."""

    code = "dispute.stale"
    message = _("Somebody acted just before you. Look at where the case stands now, then decide.")


class IdUsed(Invalid):
    code = "command_id"
    message = _("Something else was said under this id. Reload the page, then try again.")


class NotYours(Forbidden):
    code = "dispute.not_yours"
    message = _("This is for somebody else in this case to do.")


class SplitDoesNotClose(Invalid):
    """`detail.off_minor` is by how much the two sums miss the amount."""

    code = "money.split"
    message = _("The two sums must add up to the amount in dispute.")


class MoreThanHeld(Invalid):
    code = "money.held"
    message = _("This is more than is held in escrow for this milestone.")


class OtherOpen(Conflict):
    code = "dispute.other_open"
    message = _("There is already an open case about this money.")


class WindowOver(Conflict):
    code = "dispute.window"
    message = _("The time to file a claim about this is over. You can still ask for a mediator.")


class Incomplete(Invalid):
    """`detail.missing` names what is missing."""

    code = "dispute.incomplete"
    message = _("Something is missing. Fill it in, then go on.")


class OnHold(Conflict):
    code = "dispute.on_hold"
    message = _("The case is on hold, and so are all its deadlines. You will be told when it goes on.")


class NotAllowed(Conflict):
    """A guard said no; the message says which and why."""

    code = "dispute.not_allowed"


class TooEarly(NotAllowed):
    message = _("The time for this has not come yet. The deadlines of the case say when it does.")


class NoticesMissing(NotAllowed):
    message = _("Two notices on two channels must have gone out before silence counts.")


class PersonAbsent(NotAllowed):
    message = _("This person declared an absence before the deadline. Silence does not count until it ends.")


class ReasonMissing(Invalid):
    code = "dispute.reason"
    message = _("Say why, in a sentence. Those concerned will read it.")


class AlreadyClaimed(NotAllowed):
    code = "dispute.claimed"
    message = _("A colleague took this case before you. Take the next one.")


class ConflictOfInterest(NotAllowed):
    """`detail.conflict` is `disclose` (both parties must agree) or `blocked`."""

    code = "dispute.conflict"
    message = _("You know one of these people, or worked with them. Somebody else must take this case.")


class ConsentMissing(NotAllowed):
    code = "dispute.conflict"
    message = _("You are of the same company as one of them. Say so; when both agree to it, you can take the case.")


class NothingToDisclose(NotAllowed):
    message = _("There is nothing that both would have to agree to.")


class DisclosureOpen(NotAllowed):
    message = _("The parties are being asked about a colleague. Wait for their answers.")


class TooManyCases(NotAllowed):
    code = "dispute.capacity"
    message = _("You have as many cases as the policy allows. Say why you take one more, or leave it to a colleague.")


class NoSuchPhase(NotAllowed):
    message = _("There is no phase in that direction.")


class NotOnHold(NotAllowed):
    message = _("The case is not on hold.")


class CoolingOffAlready(NotAllowed):
    message = _("There is a pause already. The next one can begin when it is over.")


class CooledOffOnce(NotAllowed):
    message = _("You have taken your pause in this case. Ask the mediator if you need another.")


class CoolingOffLength(Invalid):
    code = "dispute.hours"
    message = _("A pause lasts from 12 to 24 hours. Choose a length between them.")


class AbsenceTooLate(NotAllowed):
    message = _("An absence is declared before the deadline. Write here what happened; the mediator can extend it.")


class AbsenceTooLong(Invalid):
    """`detail.days_left` is what is left of this year's days."""

    code = "dispute.days"
    message = _("That is more days than you have left this year. Choose fewer.")


class NothingToExtend(NotAllowed):
    message = _("No deadline is running that could be extended.")


class ExtendedEnough(NotAllowed):
    message = _("This case was extended as often as the policy allows.")


class ExtensionLength(Invalid):
    code = "dispute.hours"
    message = _("Extend by at least an hour and at most the length of a mediation.")


class OfferTooShort(Invalid):
    """`detail.least_hours` is the shortest time an offer stands."""

    code = "offer.expiry"
    message = _("Give the other side more time: choose a later moment.")


class OfferGone(NotAllowed):
    code = "offer.gone"
    message = _("This offer no longer stands. Nothing was agreed. You can make an offer of your own.")


class OwnOffer(NotAllowed):
    code = "offer.own"
    message = _("This is your own offer. The other side answers it.")


class OtherText(NotAllowed):
    """`detail.sha256` is the fingerprint of the text that stands now."""

    code = "agreement.other_text"
    message = _("The text was changed. Read it again; both of you accept the same words.")


class PasswordNeeded(Forbidden):
    code = "agreement.password"
    message = _("For this sum, type your password once more.")


class NothingOpen(NotAllowed):
    message = _("This is no longer open. Look at where the case stands now.")


class IssuesUnconfirmed(NotAllowed):
    """`detail.issues` are those that both have not confirmed."""

    message = _("Both parties confirm every point before options are discussed.")


class BriefMissing(Invalid):
    code = "dispute.brief"
    message = _("Write what your colleague needs to know: what was promised, what is next.")


class NoSuchAgent(Invalid):
    code = "dispute.agent"
    message = _("Choose another agent who may take cases.")


class SuccessorInConflict(NoSuchAgent):
    code = "dispute.agent_conflict"
    message = _("This agent knows one of the parties, or was objected to. Choose somebody else.")


class NotYetImpasse(NotAllowed):
    message = _("Make a recommendation first, or let both parties decline one.")


class ObjectionOpen(NotAllowed):
    message = _("There is an objection already. Somebody else at Upwork decides it.")


class EvidenceClosed(NotAllowed):
    message = _("Evidence is closed. Ask the mediator if something essential is missing.")


class EvidenceStillOpen(NotAllowed):
    message = _("Close the evidence first, so that both know what the recommendation rests on.")


class NotAParty(Invalid):
    code = "dispute.party"
    message = _("Choose the client or the freelancer of this case.")


class InThePast(Invalid):
    code = "dispute.past"
    message = _("Choose a moment that is still to come.")


class FindingMissing(Invalid):
    """`detail.issues` are those without a finding or without cited evidence."""

    code = "recommendation.incomplete"
    message = _("Every point needs a finding and the evidence it rests on.")


class OneRecommendation(NotAllowed):
    message = _("For a sum this small there is one recommendation. Help them to agree, or declare that they do not.")


class SecondReaderMissing(NotAllowed):
    message = _("For this sum a senior reads the recommendation before it goes out.")


class CaucusRunning(NotAllowed):
    message = _("A private talk is going on. End it first.")


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


class NotElected(NotAllowed):
    message = _("Choose arbitration first; then your share can be paid.")


class FourEyes(NotAllowed):
    message = _("Somebody else confirms what you have entered.")


class ReviewedAlready(NotAllowed):
    message = _("A review of this case was asked for already.")


class TooLate(NotAllowed):
    message = _("The time for this is over.")
