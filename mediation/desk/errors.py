"""What the desk refuses, and what a person can do about it."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Conflict, Invalid


class Taken(Conflict):
    """Somebody was first; `detail.taken_by` is `{id, name}`."""

    code = "desk.taken"

    def __init__(self, *, id: str, name: str) -> None:
        # Put together only where the reader's language is known.
        said = format_lazy(_("{name} took this case before you. Take the next one."), name=name)
        super().__init__(said, detail={"taken_by": {"id": id, "name": name}})


class NotWaiting(Conflict):
    code = "desk.not_waiting"
    message = _("Nobody waits for a mediator here any more.")


class NothingForYou(Conflict):
    """`detail.why` is a list of `[reason, count]`: why what waits is not for this agent."""

    code = "desk.nothing_for_you"
    message = _("Nobody waits for a mediator now.")


class NoReason(Invalid):
    code = "desk.reason"
    message = _("Choose why not now. Another reason is said in words, at most 300 characters.")


class BadMoment(Invalid):
    code = "desk.moment"
    message = _("Choose a moment within the next 30 days, or until a party writes.")


class NoAgent(Invalid):
    code = "desk.agent"
    message = _("Choose the agent who is to have them.")


class BadWords(Invalid):
    code = "desk.words"
    message = _("Write at least a word, and at most 2,000 characters.")


class NoColleague(Invalid):
    code = "desk.colleague"
    message = _("Choose a colleague who reads cases and is no party to this one.")


class BadTags(Invalid):
    code = "desk.tags"
    message = _("Tags are words of small letters, digits, - and _, with spaces between them.")


class BadPriority(Invalid):
    code = "desk.priority"
    message = _("Choose one of the priorities.")


class NoName(Invalid):
    code = "desk.view_name"
    message = _("Give the view a name of at most 40 characters.")


class NotYourTeam(Invalid):
    code = "desk.view_team"
    message = _("Choose a team that you are in.")


class BadRules(Invalid):
    """`detail.problems` is a list of `{rule, group, row, part, message}`; row and rule are counted from 1."""

    code = "desk.rules"
    message = _("Nothing was changed: something in these rules is not right.")


class NoSuchReason(Invalid):
    code = "desk.reason"
    message = _("Choose a reason from the list.")
