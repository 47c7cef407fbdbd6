"""What the parts of rules are called, and the sentences that say what is wrong with one. Codes in, words out."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediation.disputes.forms.turns import LEVELS
from mediation.disputes.words import OUTCOMES, PHASES, STATES
from mediation.sla.words import METRICS

Words = dict[str, Any]

FIELDS: Words = {
    "state": pgettext_lazy("rule", "State"),
    "phase": pgettext_lazy("rule", "Phase"),
    "track": pgettext_lazy("rule", "Track"),
    "outcome": pgettext_lazy("rule", "Outcome"),
    "priority": pgettext_lazy("rule", "Priority"),
    "level": pgettext_lazy("rule", "Level"),
    "level_asked": pgettext_lazy("rule", "Level asked for"),
    "amount": pgettext_lazy("rule", "Amount in dispute"),
    "currency": pgettext_lazy("rule", "Currency"),
    "mediator": pgettext_lazy("rule", "Mediator"),
    "mediator_role": pgettext_lazy("rule", "Role of the mediator"),
    "assignee": pgettext_lazy("rule", "Assignee"),
    "team": pgettext_lazy("rule", "Team"),
    "tags": pgettext_lazy("rule", "Tags"),
    "requester": pgettext_lazy("rule", "Who asks"),
    "client_language": pgettext_lazy("rule", "Language of the client"),
    "freelancer_language": pgettext_lazy("rule", "Language of the freelancer"),
    "reopened": pgettext_lazy("rule", "Times reopened"),
    "replies": pgettext_lazy("rule", "Answers from Upwork"),
    "business_hours": pgettext_lazy("rule", "In the business hours of"),
    "clock": pgettext_lazy("rule", "Clock"),
    "clock_percent": pgettext_lazy("rule", "Percent of the clock's time"),
    "due": pgettext_lazy("rule", "Something due"),
    "happening": pgettext_lazy("rule", "What happened"),
    "update_type": pgettext_lazy("rule", "New or changed"),
    "channel": pgettext_lazy("rule", "Where it came from"),
    "by": pgettext_lazy("rule", "Who did it"),
    "message_audience": pgettext_lazy("rule", "Who reads the message"),
    "message_text": pgettext_lazy("rule", "Text of the message"),
    "since_filed": pgettext_lazy("rule", "Hours since it was filed"),
    "since_opened": pgettext_lazy("rule", "Hours since it came to the desk"),
    "since_state": pgettext_lazy("rule", "Hours in this state"),
    "since_assigned": pgettext_lazy("rule", "Hours since a mediator took it"),
    "since_updated": pgettext_lazy("rule", "Hours since anything happened"),
    "since_party_wrote": pgettext_lazy("rule", "Hours since a party wrote to both"),
    "since_mediator_wrote": pgettext_lazy("rule", "Hours since Upwork wrote to both"),
    "until_breach": pgettext_lazy("rule", "Hours until a clock is over"),
    "since_breach": pgettext_lazy("rule", "Hours since a clock was over"),
    "until_due": pgettext_lazy("rule", "Hours until a party's deadline"),
}
OPERATORS: Words = {
    "is": pgettext_lazy("rule", "is"),
    "is_not": pgettext_lazy("rule", "is not"),
    "less_than": pgettext_lazy("rule", "is less than"),
    "greater_than": pgettext_lazy("rule", "is more than"),
    "less_than_business": pgettext_lazy("rule", "is, in business hours, less than"),
    "greater_than_business": pgettext_lazy("rule", "is, in business hours, more than"),
    "changed": pgettext_lazy("rule", "changed"),
    "not_changed": pgettext_lazy("rule", "did not change"),
    "changed_to": pgettext_lazy("rule", "changed to"),
    "changed_from": pgettext_lazy("rule", "changed from"),
    "added": pgettext_lazy("rule, of tags", "were added, any of"),
    "removed": pgettext_lazy("rule, of tags", "were taken off, any of"),
    "includes": pgettext_lazy("rule", "includes"),
    "not_includes": pgettext_lazy("rule", "does not include"),
    "present": pgettext_lazy("rule", "is there"),
    "not_present": pgettext_lazy("rule", "is not there"),
}
_TRACKS: Words = {
    "A": pgettext_lazy("track of a case, short", "A escrow"),
    "B": pgettext_lazy("track of a case, short", "B mediation"),
    "C": pgettext_lazy("track of a case, short", "C hourly"),
    "none": pgettext_lazy("track of a case, short", "help, no claim"),
}
_PRIORITIES: Words = {
    "urgent": pgettext_lazy("priority", "Urgent"),
    "high": pgettext_lazy("priority", "High"),
    "normal": pgettext_lazy("priority", "Normal"),
    "low": pgettext_lazy("priority", "Low"),
}
_LANGUAGES: Words = {"en": _("English"), "es": _("Spanish"), "nl": _("Dutch")}
_PARTIES: Words = {"client": pgettext_lazy("role", "Client"), "freelancer": pgettext_lazy("role", "Freelancer")}
HAPPENINGS: Words = {
    "message.sent": pgettext_lazy("what happened", "somebody wrote"),
    "dispute.file": pgettext_lazy("what happened", "a claim was filed"),
    "dispute.decline": pgettext_lazy("what happened", "the claim was declined"),
    "dispute.accept_full": pgettext_lazy("what happened", "the claim was accepted in full"),
    "dispute.ask_mediator": pgettext_lazy("what happened", "a mediator was asked for"),
    "dispute.cancel_ask": pgettext_lazy("what happened", "the request for a mediator was taken back"),
    "dispute.claim": pgettext_lazy("what happened", "a mediator took the case"),
    "dispute.assign": pgettext_lazy("what happened", "a supervisor gave the case to a mediator"),
    "dispute.release": pgettext_lazy("what happened", "the mediator gave the case back"),
    "dispute.reassign": pgettext_lazy("what happened", "another mediator was given the case"),
    "dispute.replace_mediator": pgettext_lazy("what happened", "the mediator cannot go on"),
    "dispute.level_up": pgettext_lazy("what happened", "somebody asked for a higher level"),
    "dispute.raise_level": pgettext_lazy("what happened", "a rule of the ladder asked for a higher level"),
    "dispute.take_level": pgettext_lazy("what happened", "somebody of a higher level took the case over"),
    "dispute.drop_level": pgettext_lazy("what happened", "a higher level is not needed any more"),
    "dispute.make_offer": pgettext_lazy("what happened", "an offer was made"),
    "dispute.counter_offer": pgettext_lazy("what happened", "a counter-offer was made"),
    "dispute.accept_offer": pgettext_lazy("what happened", "an offer was accepted"),
    "dispute.decline_offer": pgettext_lazy("what happened", "an offer was declined"),
    "dispute.advance_phase": pgettext_lazy("what happened", "the next phase began"),
    "dispute.make_request": pgettext_lazy("what happened", "something was asked of a party"),
    "dispute.answer_request": pgettext_lazy("what happened", "a party answered a request"),
    "dispute.close_evidence": pgettext_lazy("what happened", "the evidence was closed"),
    "dispute.issue_recommendation": pgettext_lazy("what happened", "a recommendation was sent"),
    "dispute.declare_impasse": pgettext_lazy("what happened", "no agreement was declared"),
    "dispute.object_to_mediator": pgettext_lazy("what happened", "a party objected to the mediator"),
    "dispute.hold": pgettext_lazy("what happened", "the case was put on hold"),
    "dispute.unhold": pgettext_lazy("what happened", "the hold ended"),
    "dispute.cool_off": pgettext_lazy("what happened", "a cooling-off began"),
    "dispute.extend": pgettext_lazy("what happened", "a deadline was extended"),
    "dispute.withdraw": pgettext_lazy("what happened", "the claim was withdrawn"),
    "dispute.reopen": pgettext_lazy("what happened", "the case was reopened"),
    "dispute.ask_review": pgettext_lazy("what happened", "a review was asked for"),
    "clock.warned": pgettext_lazy("what happened", "much of a clock's time is over"),
    "clock.breached": pgettext_lazy("what happened", "a clock's time is over"),
    "clock.overdue": pgettext_lazy("what happened", "a clock's time was over long ago"),
    "desk.prioritised": pgettext_lazy("what happened", "somebody at the desk changed the priority"),
    "desk.tagged": pgettext_lazy("what happened", "somebody at the desk added tags"),
    "desk.untagged": pgettext_lazy("what happened", "somebody at the desk took tags off"),
    "rule.acted": pgettext_lazy("what happened", "a rule changed something"),
}
# What no rule can name, and the log still says.
OTHER_HAPPENING = pgettext_lazy("what happened", "another step in the case")
VALUES: dict[str, Words] = {
    "state": STATES,
    "phase": PHASES,
    "track": _TRACKS,
    "outcome": OUTCOMES,
    "priority": _PRIORITIES,
    "level": {
        "1": pgettext_lazy("level", "L1, the parties themselves"),
        "2": pgettext_lazy("level", "L2, in the queue"),
        "3": pgettext_lazy("level", "L3, with a mediator"),
        "4": pgettext_lazy("level", "L4, with a senior mediator"),
        "5": pgettext_lazy("level", "L5, executive escalations"),
        "6": pgettext_lazy("level", "L6, trust and safety looks at it"),
    },
    "level_asked": {str(rung): word for rung, word in LEVELS},
    "mediator_role": {
        "agent": _("Agent"),
        "senior": _("Senior agent"),
        "ee": _("Executive escalations"),
    },
    "requester": _PARTIES,
    "client_language": _LANGUAGES,
    "freelancer_language": _LANGUAGES,
    "clock": METRICS,
    "happening": HAPPENINGS,
    "update_type": {
        "create": pgettext_lazy("rule", "the case is new"),
        "change": pgettext_lazy("rule", "the case was there before"),
    },
    "channel": {
        "room": pgettext_lazy("rule", "somebody in the room"),
        "time": pgettext_lazy("rule", "a deadline or a clock"),
        "rule": pgettext_lazy("rule", "another rule"),
    },
    "by": {
        **_PARTIES,
        "mediator": pgettext_lazy("rule", "the mediator of the case"),
        "staff": pgettext_lazy("rule", "somebody else at Upwork"),
        "nobody": pgettext_lazy("rule", "nobody, it happened by itself"),
    },
    "message_audience": {
        "joint": pgettext_lazy("rule", "both parties"),
        "internal": pgettext_lazy("rule", "Upwork staff only"),
    },
    "set_priority": _PRIORITIES,
    "notify": {
        "mediator": pgettext_lazy("rule", "the mediator of the case"),
        "team": pgettext_lazy("rule", "everybody in its team"),
        "supervisors": pgettext_lazy("rule", "the supervisors"),
    },
    "tell_parties": {
        "seen": _("Upwork has seen this. A mediator answers as soon as one is free."),
        "delayed": _("This takes longer than we promised. We are sorry; a mediator answers here as soon as possible."),
        "reminder": _("A reminder: something is still open here. The panel says what, and until when."),
    },
}
ACTIONS: Words = {
    "set_priority": pgettext_lazy("rule", "Set the priority to"),
    "set_team": pgettext_lazy("rule", "Give it to the team"),
    "set_assignee": pgettext_lazy("rule", "Set the assignee to"),
    "add_tags": pgettext_lazy("rule", "Add the tags"),
    "remove_tags": pgettext_lazy("rule", "Remove the tags"),
    "add_note": pgettext_lazy("rule", "Write among the staff's notes"),
    "notify": pgettext_lazy("rule", "Send a mail to"),
    "tell_parties": pgettext_lazy("rule", "Tell both parties"),
    "send_webhook": pgettext_lazy("rule", "Send to the webhook"),
}
NOBODY = pgettext_lazy("rule", "nobody")
GROUPS: Words = {
    "all": pgettext_lazy("rule", "All of these"),
    "any": pgettext_lazy("rule", "At least one of these"),
    "actions": pgettext_lazy("rule", "What is done"),
}
PARTS: Words = {
    "field": pgettext_lazy("rule", "field"),
    "operator": pgettext_lazy("rule", "operator"),
    "value": pgettext_lazy("rule", "value"),
    "action": pgettext_lazy("rule", "action"),
}
SKIPPED: Words = {
    "cycle": _("It has fired in this chain of causes before, and fires once."),
    "depth": _("Five rules have caused one another; the chain was ended."),
    "broken": _("It could not be read any more. Open it, put it right and save it."),
}
WRONG: Words = {
    "shape": _("This is not a row of texts with the right parts."),
    "too_many": _("At most %(given)s rows fit."),
    "empty": _("Choose at least one condition."),
    "no_action": _("Choose at least one thing that is done."),
    "field": _("“%(given)s” is no field that can be asked here."),
    "operator": _("“%(given)s” does not go with this field."),
    "action": _("“%(given)s” is nothing that a rule can do."),
    "missing": _("A value is missing."),
    "no_value": _("No value goes with this operator. Leave it empty."),
    "too_long": _("This is too long. Say it shorter."),
    "choice": _("“%(given)s” is none of the values of this field."),
    "code": _("“%(given)s” is no currency. Write three capital letters, such as USD."),
    "money": _("“%(given)s” is no sum. Write it like 500 or 500.00."),
    "hours": _("“%(given)s” is no number of hours up to 10000. Write it like 24 or 0.5."),
    "number": _("“%(given)s” is no whole number."),
    "tags": _("Tags are words of small letters, digits, - and _, with spaces between them."),
    "words": _("“%(given)s” has no word in it."),
    "people": _("Nobody at Upwork with an open account is meant by “%(given)s”."),
    "teams": _("There is no team “%(given)s”."),
    "webhooks": _("There is no webhook “%(given)s”."),
    "calendars": _("There is no calendar “%(given)s”."),
    "no_time": _("An automation looks for a time. Add a row with hours here."),
    "not_undone": _(
        "Nothing of this ends the conditions, so it would be done again and again. Add a tag that a condition says is "
        "not there, for example."
    ),
}
# What rules, and people at the desk, leave in the room.
LINES: Words = {
    "desk.prioritised": _("%(who)s changed the priority of this case."),
    "desk.prioritised.you": _("You changed the priority of this case."),
    "desk.tagged": _("%(who)s added the tags %(tags)s."),
    "desk.tagged.you": _("You added the tags %(tags)s."),
    "desk.untagged": _("%(who)s took off the tags %(tags)s."),
    "desk.untagged.you": _("You took off the tags %(tags)s."),
    "rule.acted": _("The rule “%(rule)s” changed how the desk handles this case."),
    "rule.noted": _("The rule “%(rule)s” notes: “%(text)s”"),
    **{f"rule.told_{code}": sentence for code, sentence in VALUES["tell_parties"].items()},
}
