"""What the executive desk refuses, and what a person can do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Conflict, Forbidden, Invalid
from mediation.escalations.rules.guards import Refusal


class NotNow(Conflict):
    """`detail.state` is where the case stands."""

    code = "escalation.not_now"
    message = _("The case stands elsewhere by now. Look again, then decide.")


class NotYours(Forbidden):
    code = "escalation.not_yours"
    message = _("Somebody else has this case. Ask them, or let a lead hand it over.")


class Stale(Conflict):
    """`detail.version` is the newest."""

    code = "escalation.stale"
    message = _("Somebody changed this case while you wrote. Look again, then send it.")


class IdUsed(Conflict):
    code = "escalation.id_used"
    message = _("This form was sent before with something else in it. Open it again.")


class Unfit(Invalid):
    """What a guard refuses; the code ends with its name."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(WORDS[refusal], code=f"escalation.{refusal.value}")


class NothingToMerge(Conflict):
    code = "escalation.merge"
    message = _("There is no account with this address, or it belongs to another contact already.")


class AddressTaken(Invalid):
    code = "escalation.address"
    message = _("Another contact has this address. Refer that one, or leave the address out.")


WORDS: dict[Refusal, Promise] = {
    Refusal.WORDS: _("Write at least a word, and at most 2,000 characters."),
    Refusal.REASON: _("Write why, in at most 2,000 characters."),
    Refusal.COLLEAGUE: _("Choose a colleague of the executive desk."),
    Refusal.SAME_OWNER: _("This colleague has the case already. Choose another one."),
    Refusal.NEXT_STEP: _("Write what is done next and choose a moment within the next year."),
    Refusal.UNREACHABLE: _("Ask for the client's name and e-mail address first, and write them down."),
    Refusal.TICKET: _("Write the number of the ticket."),
    Refusal.SLOTS: _("Offer one to five different moments within the next year."),
    Refusal.CALL: _("Choose a moment within the next year."),
    Refusal.ITEM: _("Choose among the points of the list."),
    Refusal.UNCHECKED: _("Go through the job post, the filters and the best practices first."),
    Refusal.FORM: _("Write what the client needs, who takes it on, and an appointment within the next year."),
    Refusal.NO_FORM: _("Fill in the form for Talent Solutions first."),
    Refusal.SEGMENT: _("Choose one of the segments."),
}
