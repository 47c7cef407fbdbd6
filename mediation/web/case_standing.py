"""The words of the transparency bar: where a case stands, who acts next, what happens otherwise."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from mediation.core import clock
from mediation.web import case_words, moments

View = Mapping[str, Any]
DAY_HOURS = 48
WITH_MEDIATION = frozenset({"escalated", "mediating"})

STAGE_WORDS = {
    "claim": pgettext_lazy("stage of a case", "Claim"),
    "talks": pgettext_lazy("stage of a case", "Direct talks"),
    "asked": case_words.STATES["escalated"],
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
OFFER_STATES = {
    "open": pgettext_lazy("offer", "Open"),
    "accepted": pgettext_lazy("offer", "Accepted"),
    "countered": pgettext_lazy("offer", "Countered"),
    "declined": pgettext_lazy("offer", "Declined"),
    "withdrawn": pgettext_lazy("offer", "Withdrawn"),
    "expired": pgettext_lazy("offer", "Lapsed"),
    "superseded": pgettext_lazy("offer", "Replaced"),
}
ISSUE_STATES = {
    "open": pgettext_lazy("point of disagreement", "Open"),
    "agreed": pgettext_lazy("point of disagreement", "Agreed"),
    "parked": pgettext_lazy("point of disagreement", "Set aside"),
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
    "escalated": {"upwork": _("The next free mediator takes the case")},
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
}

# When no time runs.
TIMELESS: dict[str, Any] = {
    "escalated": _("As soon as one is free. No hour is promised for that"),
    "executing": _("As soon as the ledger confirms it"),
    "in_arbitration": _("When the arbitrator has decided"),
}

OTHERWISE: dict[str, Any] = {
    "": _("Nothing ends by itself"),
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


def stages(view: View) -> list[dict[str, Any]]:
    """The stages of this case, each done, now or still to come."""
    path = view["standing"]["stages"]
    now = path.index(view["standing"]["stage"])
    is_over = view["state"] == "closed"
    return [
        {"word": STAGE_WORDS[stage], "is_done": index < now or is_over, "is_now": index == now and not is_over}
        for index, stage in enumerate(path)
    ]


def shared_turn(said: View, people: Mapping[str, View | None]) -> str:
    """Who acts next, for what everybody reads alike; `people` are `filer`, `respondent` and `mediator`."""
    return _turn({**people, "standing": said, "state": said["where"], "role": "", "arbitration": []}, None)


def standing(view: View, other: View | None) -> dict[str, Any]:
    """Who acts next, by when, and what happens if nobody does; in the reader's words."""
    said = view["standing"]
    due = datetime.fromisoformat(said["due_at"]) if said["due_at"] else None
    is_closed = view["state"] == "closed"
    return {
        "mine": said["mine"] and not is_closed,
        "turn": _turn(view, other),
        "more": _more(view),
        "due": due,
        "timeless": _timeless(view),
        "further": _further(view),
        "left": time_left(due) if due else "",
        "otherwise": _("It stays closed") if is_closed else OTHERWISE[said["otherwise"]],
        "on_hold": said["on_hold"],
    }


def _more(view: View) -> Any:
    """Beside whose turn it is: what that means, and at the end how it ended."""
    if view["state"] == "closed":
        return case_words.OUTCOMES.get(view["outcome"], "")
    if view["state"] == "awaiting_response" and view["standing"]["ball"] == "upwork":
        return _("A person decides, with the reason written down")
    if view["state"] == "mediating" and view["role"] not in ("filer", "respondent"):
        return _("What they settle on, the two of them decide")
    if view["state"] == "mediating" and view["standing"]["mine"]:
        return MORE_OF_ASK.get(_ask(view), MORE["mediating"])
    return MORE[view["state"]]


def asked(said: View, party: str) -> list[str]:
    """What a party has to answer as far as the reader may know, in the order in which it is said."""
    return next((one["what"] for one in said["asks"] if one["party"] == party), [])


def to_answer(said: View, party: str) -> list[Any]:
    """The same in words."""
    return [ASKS[one] for one in asked(said, party)]


def _ask(view: View) -> str:
    """What the bar tells of: what is the reader's to answer, else the one who acts next; with a time, before the rest.
    Of both sides only what is the same for both.
    """
    said = view["standing"]
    side = view["role"] if said["mine"] else said["ball"]
    if side in ("filer", "respondent"):
        asks = asked(said, view[side]["id"])
        return said["kind"] if said["kind"] in asks else next(iter(asks), "")
    asks, others = (asked(said, view[side]["id"]) for side in ("filer", "respondent"))
    return asks[0] if said["ball"] == "both" and asks == others and len(asks) == 1 else ""


def _timeless(view: View) -> Any:
    """What stands where a time would stand."""
    until = view["review_until"] and datetime.fromisoformat(view["review_until"])
    if until and until > clock.now():
        return _("A review until %(day)s") % {"day": moments.day(until)}
    return TIMELESS.get(view["state"], _("No time is running"))


def _turn(view: View, other: View | None) -> str:
    said, state = view["standing"], view["state"]
    if said["on_hold"]:
        return str(_("The case is on hold"))
    words = TURNS[state]
    acts = view.get(said["ball"]) if said["ball"] in ("filer", "respondent") else None
    key = "mine" if said["mine"] else "other" if acts else said["ball"]
    if state == "non_resolution" and said["ball"] == "both" and view["role"] in ("filer", "respondent"):
        steps = {one["kind"] for one in view["arbitration"] if one["party"] == view[view["role"]]["id"]}
        key = "paid" if "paid" in steps else "chosen" if "elected" in steps else key
    if state == "recommended" and view["role"] in ("filer", "respondent") and not said["mine"]:
        key = "sealed"
    if said["mine"] and view["role"] not in ("filer", "respondent"):
        key = "upwork"
    if key == "upwork" and view["role"] == "mediator" and "guide" in words:
        key = "guide"
    if state == "mediating" and said["kind"] == "recommendation" and key in ("upwork", "guide"):
        key = f"{key}_writes"
    text = words.get(f"{key}_{_ask(view)}") or words.get(key) or next(iter(words.values()))
    fill = {
        "name": acts["first_name"] if acts else "",
        "other": other["first_name"] if other else "",
        "mediator": view["mediator"]["first_name"] if view["mediator"] else "Upwork",
    }
    return str(text) % fill


def _further(view: View) -> str:
    """What goes on behind the next step: how long the mediation runs, or will once a mediator has come."""
    lines = [one for one in view["ledger"] if one["kind"] == "mediation"]
    if view["state"] == "escalated" and not lines:
        days = view["standing"]["mediation_days"]
        words = ngettext(
            "Once one has joined, the mediation has %(n)s day",
            "Once one has joined, the mediation has %(n)s days",
            days,
        )
        return words % {"n": days}
    running = [one for one in lines if one["ended_at"] is None]
    if view["state"] not in WITH_MEDIATION or view["standing"]["kind"] == "mediation" or not running:
        return ""
    until = moments.day(datetime.fromisoformat(min(one["due_at"] for one in running)))
    return str(_("Mediation runs until %(until)s")) % {"until": until}


def time_left(due: datetime) -> str:
    """“26 hours left”, in days beyond two of them."""
    hours = int((due - clock.now()).total_seconds() // 3600)
    if hours < 1:
        return str(_("less than an hour left")) if hours == 0 else str(_("the time is over"))
    if hours < DAY_HOURS:
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    return ngettext("%(n)s day left", "%(n)s days left", hours // 24) % {"n": hours // 24}
