"""What states, commands and everything else of the executive desk are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediation.core.moments import written
from mediation.escalations.models import Slot
from mediation.escalations.rules.criteria import Criterion, Result
from mediation.escalations.rules.states import Item, Outcome, Source, State

STATES: dict[str, Any] = {
    State.RECEIVED: pgettext_lazy("state of a referral", "Waits to be taken"),
    State.CLAIMED: pgettext_lazy("state of a referral", "Taken, reply due"),
    State.REPLIED: pgettext_lazy("state of a referral", "Replied"),
    State.TRACKED: pgettext_lazy("state of a referral", "On the tracker"),
    State.TICKETED: pgettext_lazy("state of a referral", "Ticket open"),
    State.CALL_SCHEDULED: pgettext_lazy("state of a referral", "Call set"),
    State.ASSISTING: pgettext_lazy("state of a referral", "On the call"),
    State.TALENT_REFERRED: pgettext_lazy("state of a referral", "With Talent Solutions"),
    State.FOLLOWING: pgettext_lazy("state of a referral", "Followed"),
    State.CLOSED: pgettext_lazy("state of a referral", "Closed"),
}
OUTCOMES: dict[str, Any] = {
    Outcome.RESOLVED: pgettext_lazy("outcome of a referral", "Resolved"),
    Outcome.WITH_TALENT_REP: pgettext_lazy("outcome of a referral", "With a Talent Solutions representative"),
    Outcome.LOST: pgettext_lazy("outcome of a referral", "Lost"),
    Outcome.NOT_QUALIFIED: pgettext_lazy("outcome of a referral", "Does not qualify"),
}
SOURCES: dict[str, Any] = {
    Source.SOCIAL: pgettext_lazy("source of a referral", "Social media"),
    Source.COMMUNITY: pgettext_lazy("source of a referral", "Community"),
    Source.P2P: pgettext_lazy("source of a referral", "P2P team"),
    Source.EXECUTIVE: pgettext_lazy("source of a referral", "Executive"),
}
SEGMENTS: dict[str, Any] = {
    "VSB": pgettext_lazy("segment", "Very small business"),
    "SB": pgettext_lazy("segment", "Small business"),
    "MB": pgettext_lazy("segment", "Medium business"),
    "LB": pgettext_lazy("segment", "Large business"),
    "ENT": pgettext_lazy("segment", "Enterprise"),
}
ITEMS: dict[str, Any] = {
    Item.JOB_POST: _("The job post is reviewed, edited or written anew"),
    Item.FILTERS: _("Filters are set up to short-list freelancers"),
    Item.BEST_PRACTICES: _("Best practices for interviews, hiring and managing are shared"),
}
CRITERIA: dict[str, Any] = {
    Criterion.JOB_VALUE: _("Value of the job post"),
    Criterion.WEB_PRESENCE: _("Established web presence"),
    Criterion.SEGMENT: _("Segment"),
    Criterion.LONG_TERM: _("May hire several people for long"),
}
RESULTS: dict[str, Any] = {
    Result.MET: pgettext_lazy("result of a criterion", "met"),
    Result.NOT_MET: pgettext_lazy("result of a criterion", "not met"),
    Result.UNKNOWN: pgettext_lazy("result of a criterion", "not known yet"),
}
# Command → what its button says.
COMMANDS: dict[str, Any] = {
    "claim": pgettext_lazy("command", "Take the case"),
    "assign": pgettext_lazy("command", "Give it to a colleague"),
    "hand_over": pgettext_lazy("command", "Hand it over"),
    "reply": pgettext_lazy("command", "Reply to the referrer"),
    "track": pgettext_lazy("command", "Enter it in the tracker"),
    "ticket": pgettext_lazy("command", "Note the ticket"),
    "offer_slots": pgettext_lazy("command", "Offer moments for a call"),
    "schedule_call": pgettext_lazy("command", "Set the call"),
    "miss_call": pgettext_lazy("command", "The call did not take place"),
    "begin_call": pgettext_lazy("command", "Begin the call"),
    "check": pgettext_lazy("command", "Keep the checklist"),
    "refer_talent": pgettext_lazy("command", "Refer to Talent Solutions"),
    "follow": pgettext_lazy("command", "Follow the case"),
    "plan": pgettext_lazy("command", "Change the next step"),
    "resolve": pgettext_lazy("command", "It is resolved"),
    "hand_to_rep": pgettext_lazy("command", "A representative has the client"),
    "lose": pgettext_lazy("command", "The client is lost"),
    "disqualify": pgettext_lazy("command", "The client does not qualify"),
    "reopen": pgettext_lazy("command", "Open it again"),
    "correct": pgettext_lazy("command", "Correct what is known"),
    "note": pgettext_lazy("command", "Write a note"),
}
# What the log says that somebody did; the last five, what time said.
HAPPENED: dict[str, Any] = {
    "refer": _("referred the client"),
    "claim": _("took the case"),
    "assign": _("gave the case to a colleague"),
    "hand_over": _("handed the case over"),
    "reply": _("replied to the referrer"),
    "track": _("entered the client in the tracker"),
    "ticket": _("noted the ticket"),
    "offer_slots": _("offered moments for a call"),
    "schedule_call": _("set the call"),
    "miss_call": _("wrote that the call did not take place"),
    "begin_call": _("began the call"),
    "check": _("kept the checklist"),
    "refer_talent": _("referred the client to Talent Solutions"),
    "follow": _("follows the case"),
    "plan": _("changed the next step"),
    "resolve": _("closed the case as resolved"),
    "hand_to_rep": _("closed the case: a representative has the client"),
    "lose": _("closed the case as lost"),
    "disqualify": _("closed the case: the client does not qualify"),
    "reopen": _("opened the case again"),
    "correct": _("corrected what is known"),
    "note": _("wrote a note"),
    "warn": _("much of the time for the reply is over"),
    "breach": _("the reply is overdue"),
    "overdue": _("the reply is long overdue"),
    "remind": _("reminded the owner of the next step"),
    "remind_call": _("reminded the owner of the call"),
}


def moment_of_slot(slot: Slot) -> str:
    """A moment that was offered, for a list."""
    return written(slot.starts_at)
