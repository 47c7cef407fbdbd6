"""Claims, their money and the default rule."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Conflict, Invalid
from mediation.disputes.errors.general import NotAllowed


class SplitDoesNotClose(Invalid):
    """`detail.off_minor` is by how much the two sums miss the amount."""

    code = "money.split"
    message = _("The two sums must add up to the amount in dispute.")


class MoreThanHeld(Invalid):
    code = "money.held"
    message = _("This is more than is held in escrow for this milestone.")


class MoreThanPaid(Invalid):
    """`detail.paid_minor` is what was paid for it, less what came back."""

    code = "money.paid"
    message = _("This is more than was paid for it.")


class MoreThanTheyHave(Conflict):
    """`detail.paid_minor` is what the freelancer was paid for it and has still."""

    code = "money.back"
    message = _(
        "This would take back more than the freelancer was paid for it. "
        "Choose a smaller sum, or ask a supervisor to look."
    )


class NothingThere(Invalid):
    """Of another contract's money it says the same."""

    code = "money.nothing"
    message = _("No money is held or was paid for this. Choose something else, or ask for a mediator without a claim.")


class OtherTrack(Invalid):
    """`detail.track` is the track that fits."""

    code = "dispute.track"


class StillHeld(OtherTrack):
    message = _("This money is still held in escrow. File a claim about money that is held.")


class PaidAlready(OtherTrack):
    message = _("This money has been paid already. File a claim about money that was paid.")


class LastWeeksHours(OtherTrack):
    message = _("These are last week's hours. File a claim about last week's hours.")


class MilestoneMissing(Invalid):
    """Only one whose money is held goes without saying."""

    code = "dispute.milestone"
    message = _("Choose the milestone that this is about.")


class WeekMissing(Invalid):
    code = "dispute.week"
    message = _("This contract is paid by the hour. Choose the week that this is about.")


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


class TooManyPicks(Conflict):
    """`detail.most` is how many there can be."""

    code = "dispute.picks"
    message = _("There are 20 already, and no more go with a claim. Take one away, or add the rest after you file.")


class PickGone(Conflict):
    """`detail.picks` names which."""

    code = "dispute.pick_gone"
    message = _("Something that you chose is no longer in the room. Take it away, then file again.")


class NoticesMissing(NotAllowed):
    """`detail.missing` names for each notice the channels that have not taken it yet."""

    message = _("Two notices must have gone out, each in the room and by mail, before silence counts.")


class AccountClosed(NotAllowed):
    message = _("This person's account is closed, so they cannot answer. A supervisor looks why, and decides.")


class PersonAbsent(NotAllowed):
    message = _("This person declared an absence before the deadline. Silence does not count until it ends.")
