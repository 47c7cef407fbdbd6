"""What the parts of a case are called, for readers: states, phases, commands, deadlines. Codes in, words out.

Whoever draws a case (room, case file, mail, help) takes the words from here, so that one thing has one name.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = dict[str, Any]

STATES: Words = {
    "draft": pgettext_lazy("case state", "Draft"),
    "awaiting_response": pgettext_lazy("case state", "Waiting for the answer"),
    "negotiating": pgettext_lazy("case state", "Direct talks"),
    "escalated": pgettext_lazy("case state", "Waiting for a mediator"),
    "mediating": pgettext_lazy("case state", "In mediation"),
    "log_review": pgettext_lazy("case state", "Hours under review"),
    "recommended": pgettext_lazy("case state", "Recommendation is out"),
    "settling": pgettext_lazy("case state", "Agreement to accept"),
    "executing": pgettext_lazy("case state", "Money is moving"),
    "non_resolution": pgettext_lazy("case state", "No agreement"),
    "in_arbitration": pgettext_lazy("case state", "In arbitration"),
    "closed": pgettext_lazy("case state", "Closed"),
}

PHASES: Words = {
    "opening": pgettext_lazy("phase of mediation", "Opening"),
    "issues": pgettext_lazy("phase of mediation", "Issues"),
    "exploring": pgettext_lazy("phase of mediation", "Exploring"),
    "options": pgettext_lazy("phase of mediation", "Options"),
    "drafting": pgettext_lazy("phase of mediation", "Drafting"),
}

TRACKS: Words = {
    "A": _("Money in escrow"),
    "B": _("Money already paid"),
    "C": _("Hours of last week"),
}

OUTCOMES: Words = {
    "accepted_in_full": _("The claim was accepted in full"),
    "settled": _("Settled by agreement"),
    "recommendation_accepted": _("Both accepted the recommendation"),
    "defaulted": _("Decided because no answer came"),
    "withdrawn": _("The claim was withdrawn"),
    "expired": _("Closed because no answer came"),
    "log_review": _("Decided by the review of the hours"),
    "returned_to_client": _("Nobody chose arbitration: the money went back to the client"),
    "released_to_elector": _("One side paid for arbitration: the money went to them"),
    "awarded": _("Decided by the arbitrator"),
    "no_agreement": _("No agreement: everything stays as it was"),
    "helped": _("The mediator helped, without a claim"),
    "voided": _("Voided by Upwork"),
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
    "file": _("File the claim"),
    "discard": _("Discard the draft"),
    "lapse_draft": _("The draft lapses"),
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
    "disclose_conflict": _("Say what ties you to one of them"),
    "answer_disclosure": _("Say whether this agent may take the case"),
    "override_conflict": _("Answer for the agent's tie to one of them"),
    "release": _("Give the case back"),
    "replace_mediator": _("Another mediator is called"),
    "reassign": _("Hand the case to another agent"),
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
