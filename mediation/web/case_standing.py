"""The words of the transparency bar: where a case stands, who acts next, what happens otherwise."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from mediation.core import clock
from mediation.disputes.rules.states import STAGES
from mediation.web import case_words, moments

View = Mapping[str, Any]
DAY_HOURS = 48

STAGE_WORDS = {
    "claim": pgettext_lazy("stage of a case", "Claim"),
    "talks": pgettext_lazy("stage of a case", "Direct talks"),
    "mediation": pgettext_lazy("stage of a case", "Mediation"),
    "agreement": pgettext_lazy("stage of a case", "Agreement"),
    "payment": pgettext_lazy("stage of a case", "Payment"),
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
        "other": _("%(name)s answers what the mediator asked"),
        "other_offer": _("%(name)s answers the open offer"),
        "both": _("Both sides have something to answer"),
        "both_offer": _("Both sides have something to answer"),
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
    "escalated": _("You can go on talking here"),
    "mediating": _("Nobody decides for you"),
    "log_review": _("The hours are compared with the log"),
    "recommended": _("Who answered what is never shown to the other side"),
    "settling": _("One text, accepted by both"),
    "executing": _("You need not do anything"),
    "non_resolution": _("Each side chooses and pays its own share"),
    "in_arbitration": _("Until then this room can only be read"),
    "closed": _("The case file stays yours"),
}

# When no time runs.
TIMELESS: dict[str, Any] = {
    "escalated": _("As soon as one is free"),
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
    """The five stages, each done, now or still to come."""
    now = STAGES.index(view["standing"]["stage"])
    is_over = view["state"] == "closed"
    return [
        {"word": STAGE_WORDS[stage], "is_done": index < now or is_over, "is_now": index == now and not is_over}
        for index, stage in enumerate(STAGES)
    ]


def standing(view: View, people: Mapping[str, View], other: View | None) -> dict[str, Any]:
    """Who acts next, by when, and what happens if nobody does; in the reader's words."""
    said = view["standing"]
    due = datetime.fromisoformat(said["due_at"]) if said["due_at"] else None
    is_closed = view["state"] == "closed"
    return {
        "mine": said["mine"] and not is_closed,
        "turn": _turn(view, people, other),
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
    return MORE[view["state"]]


def _timeless(view: View) -> Any:
    """What stands where a time would stand."""
    until = view["review_until"] and datetime.fromisoformat(view["review_until"])
    if until and until > clock.now():
        return _("A review until %(day)s") % {"day": moments.day(until)}
    return TIMELESS.get(view["state"], _("No time is running"))


def _turn(view: View, people: Mapping[str, View], other: View | None) -> str:
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
    if said["kind"] == "offer" or (acts and state == "negotiating"):
        key = f"{key}_offer"
    text = words.get(key) or words.get(key.removesuffix("_offer")) or next(iter(words.values()))
    fill = {
        "name": acts["first_name"] if acts else "",
        "other": other["first_name"] if other else "",
        "mediator": view["mediator"]["first_name"] if view["mediator"] else "Upwork",
    }
    return str(text) % fill


def _further(view: View) -> str:
    """What goes on behind the next step: how long the mediation runs."""
    running = [one for one in view["ledger"] if one["kind"] == "mediation" and one["ended_at"] is None]
    if view["state"] != "mediating" or view["standing"]["kind"] == "mediation" or not running:
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
