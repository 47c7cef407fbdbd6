"""What the parts of a case are called, for readers: states, phases, commands, deadlines. Codes in, words out.

Whoever draws a case (room, case file, mail, help) takes the words from here, so that one thing has one name.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediation.disputes.words import OUTCOMES, PHASES, STATES

__all__ = ["COMMANDS", "DEADLINES", "ENDED", "OUTCOMES", "PHASES", "STATES", "TRACKS", "WHO"]

Words = dict[str, Any]

TRACKS: Words = {
    "A": _("Money in escrow"),
    "B": _("Money already paid"),
    "C": _("Hours of last week"),
}

WHO: Words = {
    "filer": pgettext_lazy("who", "who filed"),
    "respondent": pgettext_lazy("who", "the other side"),
    "both": pgettext_lazy("who", "both sides"),
    "mediator": pgettext_lazy("who", "the mediator"),
    "agent": pgettext_lazy("who", "an agent"),
    "senior": pgettext_lazy("who", "a senior agent"),
    "supervisor": pgettext_lazy("who", "a supervisor"),
    "upwork": pgettext_lazy("who", "Upwork"),
    "system": pgettext_lazy("who", "the system"),
}

DEADLINES: Words = {
    "draft": _("Finish the draft"),
    "response": _("Answer the claim"),
    "stay": _("Pause before the money moves"),
    "talks": _("Direct talks"),
    "mediation": _("Mediation"),
    "recommendation": _("The mediator's recommendation"),
    "log_review": _("Review of the hours"),
    "answer": _("Answer the recommendation"),
    "sign": _("Accept the agreement"),
    "election": _("Choose arbitration"),
    "offer": _("Answer the offer"),
    "cooling_off": _("End of the pause"),
    "request": _("Answer the mediator's request"),
}

ENDED: Words = {
    "done": pgettext_lazy("deadline", "done"),
    "over": pgettext_lazy("deadline", "time was over"),
    "moved": pgettext_lazy("deadline", "moved"),
    "withdrawn": pgettext_lazy("deadline", "no longer asked"),
}

# Each command as what somebody does. The lines of the room say the same as news.
COMMANDS: Words = {
    "start_claim": _("Start a claim"),
    "edit_draft": _("Write the draft"),
    "pick_evidence": _("Add what shows it"),
    "drop_pick": _("Take it away again"),
    "file": _("File the claim"),
    "discard": _("Discard the draft"),
    "lapse_draft": _("The draft lapses"),
    "keep_draft": _("The draft is kept"),
    "accept_full": _("Accept the claim in full"),
    "decline": _("Decline the claim"),
    "response_overdue": _("No answer in time"),
    "confirm_default": _("Confirm that no answer came"),
    "end_stay": _("The pause before payment ends"),
    "withdraw": _("Withdraw the claim"),
    "ask_mediator": _("Ask for a mediator"),
    "talks_overdue": _("The time for talks ends"),
    "cancel_ask": _("Take back the request for a mediator"),
    "claim": _("Take the case as mediator"),
    "assign": _("Give the case to an agent"),
    "disclose_conflict": _("Say what ties you to one of them"),
    "answer_disclosure": _("Say whether this agent may take the case"),
    "override_conflict": _("Answer for the agent's tie to one of them"),
    "release": _("Give the case back"),
    "replace_mediator": _("Another mediator is called"),
    "reassign": _("Hand the case to another agent"),
    "level_up": _("Ask for a higher level"),
    "raise_level": _("A rule asks for a higher level"),
    "take_level": _("Take the case over"),
    "take_safety": _("Look at the case for trust and safety"),
    "drop_level": _("Do without a higher level"),
    "attach_claim": _("Add a claim"),
    "close_helped": _("Close: helped without a claim"),
    "advance_phase": _("Go to the next phase"),
    "step_back": _("Go back one phase"),
    "close_evidence": _("Close the evidence"),
    "issue_recommendation": _("Send the recommendation"),
    "answer": _("Answer the recommendation, sealed"),
    "answers_agree": _("Both said yes"),
    "answers_differ": _("Not both said yes"),
    "declare_impasse": _("Declare that there is no agreement"),
    "mediation_overdue": _("The time for mediation ends"),
    "record_log_review": _("Record the review of the hours"),
    "accept_offer": _("Accept the offer"),
    "bids_match": _("The sealed bids meet"),
    "bids_missed": _("The sealed bids do not meet"),
    "propose_text": _("Propose the text of an agreement"),
    "accept_text": _("Accept the agreement"),
    "ask_change": _("Ask for a change of the text"),
    "sign_overdue": _("The time to accept is given again"),
    "sign_lapsed": _("The agreement was not accepted in time"),
    "both_signed": _("Both accepted the agreement"),
    "money_moved": _("The money has moved"),
    "make_offer": _("Make an offer"),
    "counter_offer": _("Make a counter-offer"),
    "decline_offer": _("Decline the offer"),
    "withdraw_offer": _("Withdraw the offer"),
    "offer_expired": _("The offer ends"),
    "add_issue": _("Add a point of disagreement"),
    "edit_issue": _("Change a point of disagreement"),
    "settle_issue": _("Mark a point as agreed or parked"),
    "state_position": _("Say how you see a point"),
    "confirm_issue": _("Confirm a point"),
    "submit_evidence": _("Submit evidence"),
    "answer_evidence": _("Acknowledge or contest evidence"),
    "make_request": _("Ask somebody for something"),
    "answer_request": _("Answer a request"),
    "withdraw_request": _("Withdraw a request"),
    "promise": _("Promise something by a time"),
    "keep_promise": _("Say that a promise is kept"),
    "begin_caucus": _("Begin a private talk with one side"),
    "end_caucus": _("End the private talk"),
    "decline_caucus": _("Do without a private talk"),
    "ask_release": _("Ask for consent to share words"),
    "grant_release": _("Share words with consent"),
    "refuse_release": _("Keep the words private"),
    "open_bidding": _("Open a round of sealed bids"),
    "agree_to_bidding": _("Agree to the rule of sealed bids"),
    "bid": _("Make a sealed bid"),
    "draft_recommendation": _("Write the recommendation"),
    "second_read": _("Read the recommendation as second reader"),
    "decline_mediation": _("Decline to have a recommendation"),
    "elect": _("Choose arbitration"),
    "pay_share": _("Pay your share of the arbitration"),
    "both_paid": _("Both paid for arbitration"),
    "election_over": _("The time to choose arbitration ends"),
    "confirm_no_arbitration": _("Confirm that there is no arbitration"),
    "record_award": _("Confirm the award"),
    "enter_award": _("Enter the award"),
    "ask_review": _("Ask for a review of the process"),
    "decide_review": _("Decide the review"),
    "reopen": _("Reopen the case"),
    "hold": _("Put the case on hold"),
    "unhold": _("End the hold"),
    "cool_off": _("Take a pause"),
    "declare_absence": _("Declare an absence"),
    "extend": _("Extend the deadline for both"),
    "grant_outage": _("Deadlines move because we could not be reached"),
    "object_to_mediator": _("Object to the mediator"),
    "decide_objection": _("Decide the objection"),
    "void": _("Void the case"),
}

# Where a case stands on the escalation ladder.
LEVELS: dict[int, Any] = {
    2: _("L2: in the queue"),
    3: _("L3: with a mediator"),
    4: _("L4: with a senior mediator"),
    5: _("L5: with executive escalations"),
    6: _("L6: with trust and safety"),
}
ASKED_LEVELS: dict[int, Any] = {
    4: _("L4 asked: a senior mediator"),
    5: _("L5 asked: executive escalations"),
    6: _("L6 asked: trust and safety, whom neither party sees"),
}
WHY_HIGHER: Words = {
    "amount": _("The sum is above the limit for mediators."),
    "breach": _("A clock ran half over its time."),
    "objection": _("An objection to the mediator was upheld."),
    "asked": _("Somebody asked for it:"),
}

# What is no command of the workflow's table, as the case file names it.
LOGGED: Words = {
    "ask_glass": _("Ask to look into a private talk"),
    "approve_glass": _("Agree to a look into a private talk"),
    "refuse_glass": _("Refuse a look into a private talk"),
    "open_glass": _("Open a private talk to read it"),
    "end_glass": _("End a look into a private talk"),
    "glass_over": _("The time to look into a private talk ends"),
    "glass_told": _("The party is told of a look into its private talk"),
}
