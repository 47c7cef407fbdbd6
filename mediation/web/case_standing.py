"""The words of the transparency bar: where a case stands, who acts next, what happens otherwise."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from mediation.core import clock
from mediation.web import case_words, moments, standing_words

View = Mapping[str, Any]
DAY_HOURS = 48
HOUR, DAY, JUST_GIVEN = timedelta(hours=1), timedelta(days=1), timedelta(minutes=15)
WITH_MEDIATION = frozenset({"escalated", "mediating"})

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


def stages(view: View) -> list[dict[str, Any]]:
    """The stages of this case, each done, now or still to come."""
    path = view["standing"]["stages"]
    now = path.index(view["standing"]["stage"])
    is_over = view["state"] == "closed"
    return [
        {
            "word": standing_words.STAGE_WORDS[stage],
            "is_done": index < now or is_over,
            "is_now": index == now and not is_over,
        }
        for index, stage in enumerate(path)
    ]


def shared_turn(said: View, people: Mapping[str, View | None], tied: str) -> str:
    """Who acts next, for what everybody reads alike; `people` are `filer`, `respondent` and `mediator`, `tied` the name
    of the agent of whom both are asked whether they may come.
    """
    view = {**people, "standing": said, "state": said["where"], "role": "", "arbitration": []}
    return _turn(view | {"disclosures": [{"agent": {"name": tied}, "decided_at": None}]}, None)


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
        "left": time_left(due) if due else "" if said["asks"] else standing_words.UNPROMISED.get(view["state"], ""),
        "otherwise": _("It stays closed") if is_closed else standing_words.OTHERWISE[said["otherwise"]],
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
    if view["state"] in WITH_MEDIATION and view["standing"]["mine"]:
        return standing_words.MORE_OF_ASK.get(_ask(view), standing_words.MORE[view["state"]])
    return standing_words.MORE[view["state"]]


def asked(said: View, party: str) -> list[str]:
    """What a party has to answer as far as the reader may know, in the order in which it is said."""
    return next((one["what"] for one in said["asks"] if one["party"] == party), [])


def to_answer(said: View, party: str) -> list[Any]:
    """The same in words."""
    return [standing_words.ASKS[one] for one in asked(said, party)]


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
    said = {} if view["standing"]["asks"] else standing_words.TIMELESS
    return said.get(view["state"], _("No time is running"))


def _turn(view: View, other: View | None) -> str:
    said, state = view["standing"], view["state"]
    if said["on_hold"]:
        return str(_("The case is on hold"))
    words = standing_words.TURNS[state]
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
    talks = _in_private(view) if key in ("upwork", "guide") else None
    if talks is not None:
        key += "_own_talk" if talks == view["role"] else "_their_talk"
    text = words.get(f"{key}_{_ask(view)}") or words.get(key) or next(iter(words.values()))
    fill = {
        "talks": view[talks]["first_name"] if talks else "",
        "name": acts["first_name"] if acts else "",
        "other": other["first_name"] if other else "",
        "mediator": view["mediator"]["first_name"] if view["mediator"] else "Upwork",
        "agent": next((one["agent"]["name"] for one in view.get("disclosures", ()) if one["decided_at"] is None), ""),
    }
    return str(text) % fill


def _in_private(view: View) -> str | None:
    """The side that talks with the mediator alone just now: everybody in the case is told that it does."""
    running = (one["party"] for one in view.get("caucuses", ()) if one["began_at"] and not one["ended_at"])
    party = next(running, None)
    return next((side for side in ("filer", "respondent") if party and view[side]["id"] == party), None)


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
    """“26 hours left”; from two days on in days, to the nearest. What has just been given keeps its name: a quarter of
    an hour that is gone costs no hour, and five days are five at once.
    """
    left = due - clock.now()
    if left < timedelta():
        return str(_("the time is over"))
    hours = (left + JUST_GIVEN) // HOUR
    if left < HOUR:
        return str(_("less than an hour left"))
    if hours < DAY_HOURS:
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    days = (left + DAY / 2) // DAY
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
