"""The sentences of the transparency bar by code: stages, turns, what each means, and what happens otherwise."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediation.web import case_words

STAGE_WORDS = {
    "claim": pgettext_lazy("stage of a case", "Claim"),
    "talks": pgettext_lazy("stage of a case", "Direct talks"),
    "asked": pgettext_lazy("stage of a case", "Mediator asked"),
    "mediation": pgettext_lazy("stage of a case", "Mediation"),
    "log_review": case_words.DEADLINES["log_review"],
    "decision": pgettext_lazy("stage of a case", "Decision"),
    "accepting": case_words.STATES["settling"],
    "agreement": pgettext_lazy("stage of a case", "Agreement"),
    "no_agreement": case_words.STATES["non_resolution"],
    "arbitration": pgettext_lazy("stage of a case", "Arbitration"),
    "payment": pgettext_lazy("stage of a case", "Payment"),
    "closed": case_words.STATES["closed"],
}

# By state, then by whose turn it is for this reader: mine, other (one named person), both, upwork, else.
TURNS: dict[str, dict[str, Any]] = {
    "draft": {"mine": _("You finish your claim")},
    "awaiting_response": {
        "mine": _("You answer the claim"),
        "other": _("%(name)s answers the claim"),
        "upwork": _("Upwork looks at what the silence means"),
    },
    "negotiating": {
        "mine": _("You and %(other)s trade offers"),
        "mine_offer": _("You answer the offer of %(other)s"),
        "other_offer": _("%(name)s answers the open offer"),
        "both": _("Both sides trade offers"),
    },
    "escalated": {
        "upwork": _("The next free mediator takes the case"),
        "mine_tie": _("You say whether %(agent)s may take the case"),
        "other_tie": _("%(name)s says whether %(agent)s may take the case"),
        "both_tie": _("Both sides say whether %(agent)s may take the case"),
    },
    "mediating": {
        "mine": _("You answer what the mediator asked"),
        "mine_offer": _("You answer the offer of %(other)s"),
        "mine_point": _("You confirm a point to settle"),
        "mine_talk": _("You are offered a private talk with %(mediator)s"),
        "mine_words": _("You say whether your words may be shared"),
        "mine_rule": _("You say whether you agree to sealed bids"),
        "mine_bid": _("You make your sealed bid"),
        "other": _("%(name)s answers what the mediator asked"),
        "other_offer": _("%(name)s answers the open offer"),
        "other_point": _("%(name)s confirms a point to settle"),
        "other_rule": _("%(name)s says yes or no to sealed bids"),
        "both": _("Both sides have something to answer"),
        "both_point": _("Both sides confirm the points to settle"),
        "both_rule": _("Both sides say yes or no to sealed bids"),
        "upwork": _("%(mediator)s guides the talk"),
        "guide": _("You guide the talk"),
        "upwork_own_talk": _("You talk with %(mediator)s in private"),
        "upwork_their_talk": _("%(mediator)s talks with %(talks)s in private"),
        "guide_their_talk": _("You talk with %(talks)s in private"),
        "upwork_writes": _("%(mediator)s writes the recommendation"),
        "guide_writes": _("You write the recommendation"),
    },
    "log_review": {"upwork": _("Upwork checks the time log")},
    "recommended": {
        "mine": _("You answer the recommendation"),
        "both": _("Both sides answer, sealed"),
        "sealed": _("Your answer is sealed"),
    },
    "settling": {
        "mine": _("You read the agreement and accept it"),
        "other": _("%(name)s reads the agreement"),
        "both": _("Both sides read the agreement"),
        "system": _("Both sides have accepted"),
    },
    "executing": {"system": _("The money is on its way")},
    "non_resolution": {
        "mine": _("You can choose arbitration"),
        "chosen": _("You pay your share of the arbitration"),
        "paid": _("%(other)s can still choose arbitration"),
        "both": _("Both sides can choose arbitration"),
        "upwork": _("Upwork confirms what follows"),
    },
    "in_arbitration": {"arbitrator": _("The arbitrator decides")},
    "closed": {"nobody": _("Nobody, the case is closed")},
}

MORE: dict[str, Any] = {
    "draft": _("Nobody else sees it before you file"),
    "awaiting_response": _("Both statements are shown together"),
    "negotiating": _("Either of you can ask for a mediator"),
    "escalated": _("Everybody sees who joins. You can go on talking here"),
    "mediating": _("Nobody decides for you"),
    "log_review": _("The hours are compared with the log"),
    "recommended": _("Who answered what is never shown to the other side"),
    "settling": _("One text, accepted by both"),
    "executing": _("You need not do anything"),
    "non_resolution": _("Each side chooses and pays its own share"),
    "in_arbitration": _("Until then this room can only be read"),
    "closed": _("The case file stays yours"),
}

# In place of that, by what the reader has to answer: what it means, and that nobody has to.
MORE_OF_ASK: dict[str, Any] = {
    "point": _("Confirming it agrees to nothing else"),
    "talk": _("You can do without it. Only the mediator learns that you do"),
    "words": _("Nothing is shared unless you say yes"),
    "rule": _("Nobody bids unless both of you agree"),
    "bid": _("Nobody reads the sum, whether the bids meet or not"),
    "tie": _("One no is enough, and nobody has to say why"),
}
# Each as what somebody has to do.
ASKS: dict[str, Any] = {
    "offer": case_words.DEADLINES["offer"],
    "request": case_words.DEADLINES["request"],
    "point": case_words.COMMANDS["confirm_issue"],
    "talk": _("Take a private talk or do without"),
    "words": _("Share words or keep them private"),
    "rule": case_words.COMMANDS["agree_to_bidding"],
    "bid": case_words.COMMANDS["bid"],
    "tie": case_words.COMMANDS["answer_disclosure"],
}

# When no time runs.
TIMELESS: dict[str, Any] = {
    "escalated": _("As soon as one is free"),
    "executing": _("As soon as the ledger confirms it"),
    "in_arbitration": _("When the arbitrator has decided"),
}

# Beside that.
UNPROMISED: dict[str, Any] = {"escalated": _("No hour is promised for that")}

OTHERWISE: dict[str, Any] = {
    "": _("Nothing ends by itself"),
    "another_comes": _("A mediator without a tie can come meanwhile"),
    "on_hold": _("All deadlines stand still"),
    "draft_erased": _("The draft is erased, nothing is filed"),
    "money_moves": _("The money moves as decided"),
    "mediator_asked": _("A mediator is asked to help"),
    "no_agreement": _("The mediation ends without agreement"),
    "call_closes": _("The case closes; a mediator can be asked again at any time"),
    "late_is_noted": _("The delay is noted against Upwork"),
    "silence_is_no": _("No answer counts as no"),
    "goes_on_without": _("The talk goes on without it"),
    "offer_expires": _("The offer lapses, no money moves"),
    "case_closes": _("The case closes, the money stays"),
    "log_looked_at": _("Upwork checks the log without it"),
    "default_looked_at": _("The money may go as claimed, without an answer"),
    "grace_given": _("There is extra time once; then the money may go as claimed"),
    "sign_again": _("The time to accept is given once more"),
    "over_as_before": _("Upwork decides, because the time was over before"),
    "back_as_before": _("The text is void, and the case goes on where it was before"),
    "to_who_paid": _("The money goes to the side that paid"),
    "back_to_client": _("The money goes back to the client"),
    "stays_paid": _("What was paid stays paid"),
}
