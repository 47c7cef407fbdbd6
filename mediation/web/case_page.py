"""A case for one reader, put into words and shapes for the templates: where it stands, what can be done, the panel.

Everything comes from `disputes.queries.case.case_view`, which holds nothing that the reader may not see.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.disputes import audience
from mediation.disputes.models import Dispute
from mediation.disputes.queries import casefile
from mediation.disputes.queries.case import case_view
from mediation.web import case_standing, case_words
from mediation.web.casebook import facts
from mediation.web.money import money

View = Mapping[str, Any]

# Said beside the thing they are about, so they are no buttons of the bar.
BESIDE = frozenset(
    {
        "accept_offer", "counter_offer", "decline_offer", "withdraw_offer", "edit_issue", "settle_issue",
        "state_position", "confirm_issue", "answer_evidence", "answer_request", "withdraw_request", "grant_release",
        "refuse_release", "edit_draft", "file", "discard", "accept_text", "ask_change", "answer", "agree_to_bidding",
        "bid",
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
IN_BAR = 3


def of_room(user: User, room_id: UUID) -> dict[str, Any] | None:
    """What the room's page shows of its case; None without one. Raises NotFound for who may not read the room."""
    dispute = audience.open_case(user, room_id)
    return drawn(dispute, user) | {"away": facts.news(dispute, user)} if dispute else None


def drawn(dispute: Dispute, user: User) -> dict[str, Any]:
    """The case ready for the templates."""
    view = case_view(dispute, user)
    people = {card["id"]: card for card in (view["filer"], view["respondent"], view["mediator"]) if card}
    sides = {card["role"]: card for card in (view["filer"], view["respondent"])}
    me = people.get(str(user.pk))
    other = next((card for card in sides.values() if me and card["id"] != me["id"]), None)
    can = {one["command"] for one in view["actions"] if one["allowed"]}
    case = {
        "view": view,
        "id": view["id"],
        "room": view["room"],
        "is_party": view["role"] in ("filer", "respondent"),
        "is_mediator": view["role"] == "mediator",
        "client": sides["client"],
        "freelancer": sides["freelancer"],
        "me": me,
        "other": other,
        "can": can,
        "has_file": bool(casefile.audiences(dispute, user)),
        "title": _("Case %(number)s") % {"number": view["number"]} if view["number"] else _("The case"),
        "phase_word": case_words.PHASES.get(view["phase"], ""),
        "state_word": case_words.STATES[view["state"]],
        "is_open": view["state"] not in ("draft", "closed"),
        "stages": case_standing.stages(view),
        "standing": case_standing.standing(view, people, other),
    }
    options, answers = _options(case), _answers(case, view)
    shown = max(0, IN_BAR - len(answers))
    bar = [one for one in options if one["command"] not in RARE][:shown]
    more = [one for one in options if one not in bar]
    return case | _parts(case, view, people) | {"answers": answers, "bar": bar, "more": more}


def address(case: Mapping[str, Any], command: str, **about: Any) -> str:
    """Where a command's plain form is."""
    query = "&".join(f"{name}={value}" for name, value in about.items())
    return reverse("web:case_do", args=[case["id"], command]) + (f"?{query}" if query else "")


def _options(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the reader can do now: a button each."""
    allowed = [one["command"] for one in case["view"]["actions"] if one["allowed"]]
    allowed.sort(key=lambda command: (command in RARE, command not in FIRST))
    return [
        {"command": command, "word": case_words.COMMANDS[command], "href": address(case, command)}
        for command in allowed
        if command not in BESIDE
    ]


def _answers(case: Mapping[str, Any], view: View) -> list[dict[str, Any]]:
    """What waits for the reader before everything else: offers, the recommendation, the text, the bids."""
    found = []
    for offer in view["offers"]:
        if offer["status"] == "open" and not offer["is_mine"] and "accept_offer" in case["can"]:
            found += _offer_answers(case, offer)
    for command in ("answer", "accept_text", "ask_change", "agree_to_bidding", "bid"):
        if command in case["can"] and not _is_done(command, view):
            found.append({"word": case_words.COMMANDS[command], "href": address(case, command)})
    return found


def _is_done(command: str, view: View) -> bool:
    rounds = view["bidding"]["rounds"]
    return (command == "agree_to_bidding" and bool(rounds and rounds[-1]["agreed_by_me"])) or (
        command == "accept_text" and bool(view["agreement"] and view["agreement"]["accepted_by_me"])
    )


def _offer_answers(case: Mapping[str, Any], offer: View) -> list[dict[str, Any]]:
    words = {
        "accept_offer": _("Accept offer %(number)s"),
        "counter_offer": _("Counter-offer"),
        "decline_offer": _("Decline offer %(number)s"),
    }
    return [
        {"word": word % {"number": offer["number"]}, "href": address(case, command, offer_id=offer["id"])}
        for command, word in words.items()
        if command in case["can"]
    ]


def split(refund_minor: int, release_minor: int, currency: str) -> dict[str, Any]:
    """A split as the picture and the words of it need it: the client's part first."""
    language = get_language() or "en"
    whole = refund_minor + release_minor
    return {
        "refund_minor": refund_minor,
        "release_minor": release_minor,
        "refund": money(refund_minor, currency, language),
        "release": money(release_minor, currency, language),
        "part": round(100 * refund_minor / whole, 2) if whole else 50,
        "rest": round(100 - 100 * refund_minor / whole, 2) if whole else 50,
    }


def _parts(case: Mapping[str, Any], view: View, people: Mapping[str, View]) -> dict[str, Any]:
    currency = view["currency"]
    named = [_offer(one, case, people, currency) for one in view["offers"]]
    recommendation = view["recommendation"]
    agreement = view["agreement"]
    bids = view["bidding"]["rounds"]
    return {
        "amount": money(view["amount_minor"], currency, get_language() or "en"),
        "gap": _gap(view, case),
        "open_offers": [one for one in named if one["status"] == "open"],
        "past_offers": [one for one in reversed(named) if one["status"] != "open"],
        "issues": [_issue(one, view, case) for one in view["issues"]],
        "agreed": sum(one["status"] == "agreed" for one in view["issues"]),
        "evidence": [one | {"by": people.get(one["submitted_by"])} for one in view["evidence"]],
        "ledger": [_line(one, people) for one in _ledger(view)],
        "requests": [one | {"of": people.get(one["asked_of"])} for one in view["requests"] if one["is_open"]],
        "releases": [one for one in view["releases"] if one["decided_at"] is None],
        "statements": [one | {"by": people.get(one["author"])} for one in view["statements"]],
        "recommendation": _recommended(recommendation, view) if recommendation else None,
        "agreement": _text(agreement, view, case) if agreement else None,
        "bidding": bids[-1] if bids and bids[-1]["ended_at"] is None else None,
        "overlays": [one | {"by": people.get(one["asked_by"] or "")} for one in view["overlays"] if one["is_on"]],
    }


def _offer(one: View, case: Mapping[str, Any], people: Mapping[str, View], currency: str) -> dict[str, Any]:
    return {
        **one,
        "by": people.get(one["made_by"]),
        "split": split(one["refund_minor"], one["release_minor"], currency),
        "state_word": case_standing.OFFER_STATES[one["status"]],
        "to_answer": case["is_party"] and not one["is_mine"] and one["status"] == "open",
    }


def _gap(view: View, case: Mapping[str, Any]) -> dict[str, Any] | None:
    """How far apart the newest offers of both sides are, as money back to the client."""
    last = {one["made_by"]: one["refund_minor"] for one in view["offers"]}
    client, freelancer = (last.get(case[side]["id"]) for side in ("client", "freelancer"))
    whole = view["amount_minor"]
    if client is None or freelancer is None or not whole:
        return None
    language = get_language() or "en"
    low, high = sorted((client, freelancer))
    place = {"client": 8 + 284 * client / whole, "freelancer": 8 + 284 * freelancer / whole}
    return {
        "client": money(client, view["currency"], language),
        "freelancer": money(freelancer, view["currency"], language),
        "apart": money(high - low, view["currency"], language) if high > low else "",
        "from": round(min(place.values()), 1),
        "width": round(abs(place["client"] - place["freelancer"]), 1),
        "client_x": round(place["client"], 1),
        "freelancer_x": round(place["freelancer"], 1),
    }


def _issue(one: View, view: View, case: Mapping[str, Any]) -> dict[str, Any]:
    sides = {card["role"]: key for key, card in (("filer", view["filer"]), ("respondent", view["respondent"]))}
    return {
        **one,
        "status_word": case_standing.ISSUE_STATES[one["status"]],
        "sides": [{"card": case[side], **one["positions"][sides[side]]} for side in ("client", "freelancer")],
    }


def _ledger(view: View) -> list[View]:
    """Running deadlines first, then the last that ended."""
    running = [one for one in view["ledger"] if one["ended_at"] is None]
    ended = [one for one in view["ledger"] if one["ended_at"] is not None and one["ended_how"] != "moved"]
    return sorted(running, key=lambda one: one["due_at"]) + ended[:-4:-1]


def _line(one: View, people: Mapping[str, View]) -> dict[str, Any]:
    person = people.get(one["person"] or "")
    return {
        **one,
        "word": case_words.DEADLINES[one["kind"]],
        "of": person["first_name"] if person else case_words.WHO.get(one["who"], ""),
        "how": case_words.ENDED.get(one["ended_how"], ""),
        "due": datetime.fromisoformat(one["due_at"]),
    }


def _recommended(one: View, view: View) -> dict[str, Any]:
    titles = {issue["id"]: issue for issue in view["issues"]}
    numbers = {item["id"]: item["number"] for item in view["evidence"]}
    language = get_language() or "en"
    findings = [
        {
            "issue": titles.get(each["issue"]),
            "text": each["text"],
            "refund": money(each["refund_minor"], view["currency"], language),
            "evidence": [numbers[item] for item in each["evidence"] if item in numbers],
        }
        for each in one["findings"]
    ]
    sums = split(one["refund_minor"], one["release_minor"], view["currency"])
    return {**one, "split": sums, "findings": findings}


def _text(one: View, view: View, case: Mapping[str, Any]) -> dict[str, Any]:
    """The agreement: its clauses from the template, its fingerprint, and who has accepted."""
    params = one["params"]
    ticks = [{"card": case[side], "at": one["accepted"].get(case[side]["id"])} for side in ("client", "freelancer")]
    return {
        **one,
        "split": split(params["refund_minor"], params["release_minor"], view["currency"]),
        "terms": params["terms"],
        "ticks": ticks,
        "both": all(tick["at"] for tick in ticks),
        "short": f"{one['sha256'][:4]} {one['sha256'][4:8]} {one['sha256'][8:12]} … {one['sha256'][-4:]}",
    }
