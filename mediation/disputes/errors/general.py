"""What any command can be refused for."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Conflict, Forbidden, Invalid


class NotAllowed(Conflict):
    """A guard said no; the message says which and why."""

    code = "dispute.not_allowed"


class NotNow(Conflict):
    """The table has no line for this command in this state; `detail` holds the state and the version as they are."""

    code = "dispute.not_now"
    message = _("The case has moved on, so this can no longer be done. Look at where it stands now.")


class StaleVersion(Conflict):
    """Somebody acted first; `detail` holds the state and the version as they are."""

    code = "dispute.stale"
    message = _("Somebody acted just before you. Look at where the case stands now, then decide.")


class Overtaken(NotNow):
    """Received in time, and worked on too late: ours to put right. `detail` is that of the refusal it came from."""

    code = "dispute.overtaken"
    message = _(
        "You were in time, but the deadline was carried out before this was worked on. That is our fault. Write here "
        "what you wanted to do, so that an agent can put it right."
    )


class IdUsed(Invalid):
    code = "command_id"
    message = _("Something else was said under this id. Reload the page, then try again.")


class NotYours(Forbidden):
    code = "dispute.not_yours"
    message = _("This is for somebody else in this case to do.")


class OnHold(Conflict):
    code = "dispute.on_hold"
    message = _("The case is on hold, and so are all its deadlines. You will be told when it goes on.")


class TooEarly(NotAllowed):
    message = _("The time for this has not come yet. The deadlines of the case say when it does.")


class TooLate(NotAllowed):
    message = _("The time for this is over.")


class ReasonMissing(Invalid):
    code = "dispute.reason"
    message = _("Say why, in a sentence. Those concerned will read it.")


class NothingOpen(NotAllowed):
    message = _("This is no longer open. Look at where the case stands now.")


class InThePast(Invalid):
    """`detail.earliest` is the moment after which it may lie."""

    code = "dispute.past"
    message = _("Choose a moment that is still to come.")


class TooFarOff(Invalid):
    """`detail.most_days` is how many days ahead the policy allows, `detail.latest` the moment that they lead to."""

    code = "dispute.too_far"
    message = _("That is too far off. Choose an earlier moment.")


class NotAParty(Invalid):
    code = "dispute.party"
    message = _("Choose the client or the freelancer of this case.")
