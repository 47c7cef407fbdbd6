"""Who mediates."""

from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Invalid
from mediation.disputes.errors.general import NotAllowed


class AlreadyClaimed(NotAllowed):
    code = "dispute.claimed"
    message = _("A colleague took this case before you. Take the next one.")


class ConflictOfInterest(NotAllowed):
    """`detail.conflict` is `disclose` (both parties must agree) or `blocked`."""

    code = "dispute.conflict"
    message = _("You know one of these people, or worked with them. Somebody else must take this case.")


class TieOfDecider(NotAllowed):
    code = "dispute.conflict"
    message = _("You know one of these people, or worked with them. Ask a colleague who does not to decide this.")


class ConsentMissing(NotAllowed):
    code = "dispute.conflict"
    message = _(
        "You share a company, an agency or an address with one of them. Say so; when both agree to it, you can take "
        "the case."
    )


class NothingToDisclose(NotAllowed):
    message = _("There is nothing that both would have to agree to.")


class DisclosureOpen(NotAllowed):
    message = _("The parties are being asked about a colleague. Wait for their answers.")


class TooManyCases(NotAllowed):
    code = "dispute.capacity"
    message = _("You have as many cases as the policy allows. Say why you take one more, or leave it to a colleague.")


class AgentFull(NotAllowed):
    code = "dispute.agent_full"
    message = _("This agent has as many cases as they can carry. Say why it is one more, or choose somebody else.")


class BriefMissing(Invalid):
    code = "dispute.brief"
    message = _("Write what your colleague needs to know: what was promised, what is next.")


class NoSuchAgent(Invalid):
    code = "dispute.agent"
    message = _("Choose another agent who may take cases.")


class SuccessorInConflict(NoSuchAgent):
    code = "dispute.agent_conflict"
    message = _("This agent knows one of the parties, or was objected to. Choose somebody else.")


class ObjectionOpen(NotAllowed):
    message = _("There is an objection already. Somebody else at Upwork decides it.")


class LevelReached(NotAllowed):
    message = _("The case is on this level already, or it was asked for. Look at where it stands on the ladder.")


class LevelOfOthers(NotAllowed):
    code = "dispute.level_of_others"
    message = _(
        "A rule asked for this level, or it is above yours, so you do not decide to go without it. Write in the staff "
        "notes why the case can do without: somebody of that level or a supervisor decides."
    )
