"""The buttons of the transparency bar: what waits for the reader first, then what people look for, the rest behind it.

An offer is answered at its card, where its answers weigh the same; the bar leads there.
"""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.conversations.audience import readable_threads
from mediation.web import case_words
from mediation.web.case_references import form_address

View = Mapping[str, Any]
Button = dict[str, Any]

# Said beside the thing they are about, so they are no buttons of the bar.
BESIDE = frozenset(
    {
        "accept_offer", "counter_offer", "decline_offer", "withdraw_offer", "edit_issue", "settle_issue",
        "state_position", "confirm_issue", "answer_evidence", "answer_request", "withdraw_request", "grant_release",
        "refuse_release", "edit_draft", "file", "discard", "accept_text", "ask_change", "answer", "agree_to_bidding",
        "bid", "answer_disclosure", "pick_evidence", "drop_pick", "level_up", "take_level", "take_safety", "drop_level",
        "keep_promise",
    }
)  # fmt: skip

# What people look for comes first; what ends or interrupts a case comes last.
FIRST = frozenset(
    {
        "accept_full",
        "decline",
        "make_offer",
        "ask_mediator",
        "claim",
        "advance_phase",
        "make_request",
        "elect",
        "pay_share",
    }
)
RARE = frozenset({"withdraw", "void", "hold", "declare_absence", "cool_off", "object_to_mediator", "decline_mediation"})
ICONS = {
    "make_offer": "offer",
    "ask_mediator": "hexagon",
    "submit_evidence": "flag",
    "cool_off": "pause",
    "advance_phase": "arrow",
    "make_request": "help",
}
IN_BAR = 3


def buttons(case: View, user: User) -> dict[str, Any]:
    """`answers` before everything else, `bar` beside them, `more` behind them."""
    private = _private(case, user)
    answers = _answers(case, private)
    said = {one.get("command") for one in answers}
    options = [one for one in _options(case) if one["command"] not in said]
    shown = _shown(case, options, max(0, IN_BAR - len(answers)))
    more = [one for one in options if one not in shown]
    beside = [one for one in private if one["href"] not in {answer["href"] for answer in answers}]
    return {"answers": answers, "bar": [*beside, *shown], "more": more}


def _shown(case: View, options: list[Button], most: int) -> list[Button]:
    """Beside an offer that waits in a mediation, a pause is what people look for, where there is room for it."""
    usual = [one for one in options if one["command"] not in RARE][:most]
    if not (most > 1 and case["is_party"] and case["view"]["state"] == "mediating"):
        return usual
    pause = [one for one in options if one["command"] == "cool_off"]
    return usual[: max(0, most - 1 - len(pause))] + pause


def _private(case: View, user: User) -> list[Button]:
    """The way to the mediator alone, for a party who has one."""
    mediator, room = case["view"]["mediator"], case["view"]["room"]
    if not (case["is_party"] and mediator and case["view"]["state"] == "mediating"):
        return []
    threads = readable_threads(user).filter(room=room, audience=f"caucus_{case['me']['role']}", is_main=True)
    return [
        {
            "word": _("Ask %(name)s privately") % {"name": mediator["first_name"]},
            "href": f"{reverse('web:room', args=[room])}?thread={thread}",
            "icon": "lock",
            "thread": str(thread),
        }
        for thread in threads.values_list("pk", flat=True)
    ]


def _options(case: View) -> list[Button]:
    """What the reader can do now: a button each."""
    allowed = [one["command"] for one in case["view"]["actions"] if one["allowed"]]
    allowed.sort(key=lambda command: (command in RARE, command not in FIRST))
    return [_button(case, command) for command in allowed if command not in BESIDE]


def _button(case: View, command: str) -> Button:
    word, icon = case_words.COMMANDS[command], ICONS.get(command, "")
    return {"command": command, "word": word, "icon": icon, "href": form_address(case, command)}


def _answers(case: View, private: list[Button]) -> list[Button]:
    """What waits for the reader before everything else: offers, requests, points, what was asked in private, the
    recommendation, the text, the bids. `private` is the way to the mediator alone.
    """
    found = []
    for offer in case["view"]["offers"]:
        if offer["status"] == "open" and not offer["is_mine"] and "accept_offer" in case["can"]:
            word, key = _("Answer offer %(number)s") % {"number": offer["number"]}, f"offer-{offer['id']}"
            found.append({"word": word, "href": f"{case['whole']}#{key}", "shows": key, "is_main": True})
    mine = [one["id"] for one in case["view"]["requests"] if one["is_open"] and one["of_me"]]
    if mine and "answer_request" in case["can"]:  # one after the other: two buttons with the same words tell nothing
        href = form_address(case, "answer_request", request_id=mine[0])
        found.append({"word": _("Answer what the mediator asked"), "href": href, "is_main": not found})
    asks = case["asks"]
    if "point" in asks and "confirm_issue" in case["can"]:
        issue = next(one for one in case["view"]["issues"] if one["status"] == "open" and not one["confirmed_by_me"])
        word, href = _("Confirm point %(number)s"), form_address(case, "confirm_issue", issue_id=issue["id"])
        found.append({"word": word % {"number": issue["position"]}, "href": href, "is_main": not found})
    if "talk" in asks and "decline_caucus" in case["can"]:
        words = {"word": _("Take the private talk"), "is_main": not found}
        found += [*(one | words for one in private), _button(case, "decline_caucus")]
    if "tie" in asks and "answer_disclosure" in case["can"]:
        found.append(_button(case, "answer_disclosure") | {"is_main": not found})
    if "words" in asks:
        release = next(one for one in case["view"]["releases"] if one["of_me"] and one["decided_at"] is None)
        found += [
            _button(case, command) | {"href": form_address(case, command, release_id=release["id"])}
            for command in ("grant_release", "refuse_release")
            if command in case["can"]
        ]
    for command in ("answer", "accept_text", "ask_change", "agree_to_bidding", "bid"):
        if command in case["can"] and not _is_done(command, case["view"]):
            again = {"word": _("Change my answer")} if _is_in(command, case["view"]) else {}
            found.append(_button(case, command) | again)
    return found


def _is_in(command: str, view: View) -> bool:
    """Whether the reader's own answer is sealed and can still be another one."""
    return command == "answer" and bool(view["recommendation"] and view["recommendation"]["mine_in"])


def _is_done(command: str, view: View) -> bool:
    rounds = view["bidding"]["rounds"]
    return (command == "agree_to_bidding" and bool(rounds and rounds[-1]["agreed_by_me"])) or (
        command == "accept_text" and bool(view["agreement"] and view["agreement"]["accepted_by_me"])
    )
