"""Submitting, approving and giving back milestones; ending a contract."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Forbidden
from mediation.disputes.errors.general import NotAllowed


class FreelancersAct(Forbidden):
    message = _("Only the freelancer of this contract can do this.")


class ClientsAct(Forbidden):
    message = _("Only the client of this contract can do this.")


class PartiesAct(Forbidden):
    message = _("Only the client or the freelancer of this contract can end it.")


class NothingHeld(NotAllowed):
    message = _("Nothing is held for this milestone at the moment. Look at how it stands now.")


class SubmittedAlready(NotAllowed):
    message = _("This milestone is submitted already. The client answers it now.")


class NotSubmitted(NotAllowed):
    message = _("This milestone is not submitted. Look at how it stands now.")


class MilestoneInCase(NotAllowed):
    message = _("A case about this milestone is open. What becomes of its money is decided there.")


class AskedBackAlready(NotAllowed):
    message = _("This money is asked back already. The freelancer answers that now.")


class RefusedLately(NotAllowed):
    message = _(
        "The freelancer said no to this not long ago. If you disagree, file a claim. From the day that stands beside "
        "the milestone you can ask again."
    )


class NotAskedBack(NotAllowed):
    message = _("This money is not asked back, or that was answered already. Look at how it stands now.")


class AnswerFirst(NotAllowed):
    message = _("The client asks for this money back. Answer that first, then submit.")


class TakeBackFirst(NotAllowed):
    message = _("You asked for this money back. Take that back first, then ask for changes.")


class ContractOver(NotAllowed):
    """Nothing new begins; what is held is still approved, given back or claimed about."""

    message = _("This contract has ended. What is still held can be paid, given back, or claimed.")


class EndedAlready(NotAllowed):
    message = _("This contract has ended already. The room says when, and who ended it.")
