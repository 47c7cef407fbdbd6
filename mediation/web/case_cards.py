"""The case's cards in the timeline: the claim, an offer, a recommendation, the agreement, shared words, silence.

Each is drawn as it stands now.
A line of the room names its card by `key_of`, and its case holds the card under that name, whichever of the room's
cases it is and however old the line. The scripts' twin is static/js/room/cards.js.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mediation.disputes.forms.claim import PROBLEMS
from mediation.disputes.money import money
from mediation.web import case_standing, case_words

View = Mapping[str, Any]

AGREEING = frozenset({"dispute.accept_offer", "dispute.bids_match", "dispute.propose_text", "dispute.answers_agree"})
ANSWERING = ("accept_full", "decline")
CLAIMING = frozenset({"dispute.file", "dispute.attach_claim"})
OFFERING = frozenset({"dispute.make_offer", "dispute.counter_offer"})
_KEYS = (
    (CLAIMING, "dispute", "claim-{dispute}"),
    (OFFERING, "offer", "offer-{offer}"),
    (AGREEING, "agreement", "agreement-{dispute}-{agreement}"),
    ({"dispute.issue_recommendation"}, "recommendation", "recommendation-{recommendation}"),
    ({"dispute.grant_release"}, "release", "shared-{release}"),
    ({"dispute.confirm_default"}, "dispute", "default-{dispute}"),
)
ICONS = {
    "open": "clock",
    "accepted": "check",
    "countered": "swap",
    "declined": "x",
    "withdrawn": "undo",
    "expired": "clock",
    "superseded": "undo",
}


_PROBLEMS = dict(PROBLEMS)
NOTICES = {
    ("file", "in_app"): _("Told of the claim here"),
    ("file", "email"): _("Told of the claim by e-mail"),
    ("response_overdue", "in_app"): _("Reminded here, with more time"),
    ("response_overdue", "email"): _("Reminded by e-mail, with more time"),
}


def key_of(code: str, params: View) -> str:
    """The name of the card that a line of the room shows; empty for a line without one."""
    for codes, needed, key in _KEYS:
        if code in codes and needed in params:
            return key.format(**params)
    return ""


def cards(
    case: View,
    view: View,
    people: Mapping[str, View],
    offers: Sequence[View],
    recommendation: View | None,
    agreement: View | None,
) -> dict[str, dict[str, Any]]:
    """Every card of a case by its name: `{"kind", "of", "case"}`. A recommendation that is a draft has none."""
    found: dict[str, tuple[str, View]] = {f"offer-{one['id']}": ("offer", one) for one in offers}
    if view["filed_at"] and view["claimed_refund_minor"] is not None:
        found[f"claim-{case['id']}"] = ("claim", claim(view, case))
    proposed = [recommendation] if recommendation and not recommendation["is_draft"] else []
    for one in [*former_recommendations(view), *proposed]:
        found[f"recommendation-{one['id']}"] = ("recommendation", one)
    for one in [*former_agreements(case), *([agreement] if agreement else [])]:
        found[f"agreement-{case['id']}-{one['version']}"] = ("agreement", one)
    for one in view["shared"]:
        found[f"shared-{one['id']}"] = ("shared", {**one, "by": people.get(one["party"])})
    if view["default"]:
        found[f"default-{case['id']}"] = ("default", default(view, people))
    return {key: {"kind": kind, "of": one, "case": case} for key, (kind, one) in found.items()}


def offer(one: View, case: View, people: Mapping[str, View]) -> dict[str, Any]:
    """An offer with its words: who made it, who answers it, what became of it."""
    by = people.get(one["made_by"])
    sides = (case["client"], case["freelancer"])
    return {
        **one,
        "by": by,
        "to": next((card for card in sides if card["id"] != one["made_by"]), None),
        "split": split(one["refund_minor"], one["release_minor"], case["view"]["currency"]),
        "state_word": case_standing.OFFER_STATES[one["status"]],
        "icon": ICONS[one["status"]],
        "left": case_standing.time_left(datetime.fromisoformat(one["expires_at"])),
        "to_answer": case["is_party"] and not one["is_mine"] and one["status"] == "open",
        "next": next((other["number"] for other in case["view"]["offers"] if other["answers"] == one["id"]), None),
    }


def claim(view: View, case: View) -> dict[str, Any]:
    """The claim as it was filed: what about, who would get what, and until when the other side can answer."""
    refund = view["claimed_refund_minor"]
    is_open = view["state"] == "awaiting_response"
    due_at = view.get("standing", {}).get("due_at") if is_open else None
    return {
        "by": view["filer"],
        "to": view["respondent"],
        "is_mine": view["role"] == "filer",
        "is_open": is_open,
        "is_silent": is_open and view.get("standing", {}).get("ball") == "upwork",
        "due": datetime.fromisoformat(due_at) if due_at else None,
        "problem": _PROBLEMS.get(view["problem"], ""),
        "split": split(refund, view["amount_minor"] - refund, view["currency"]),
        "answers": [{"command": one, "word": case_words.COMMANDS[one]} for one in ANSWERING if one in case["can"]],
    }


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


def default(view: View, people: Mapping[str, View]) -> dict[str, Any]:
    """The decision by silence in words: what was claimed and moves, why, and how the silent side had been told."""
    refund = view["default"]["refund_minor"]
    return {
        **view["default"],
        "split": split(refund, view["amount_minor"] - refund, view["currency"]),
        "silent": people[view["respondent"]["id"]],
        "notices": [{**one, "word": NOTICES[one["code"], one["channel"]]} for one in view["default"]["notices"]],
    }


def former_recommendations(view: View) -> list[dict[str, Any]]:
    """Those that were replaced, the newest first."""
    return [recommendation(one, view) | {"is_former": True, "formers": []} for one in view["former_recommendations"]]


def former_agreements(case: View) -> list[dict[str, Any]]:
    """The texts that no longer stand, the newest first."""
    return [agreement(one, case) | {"formers": []} for one in case["view"]["former_agreements"]]


def recommendation(one: View, view: View) -> dict[str, Any]:
    """The recommendation in words: each finding with its issue and what it rests on."""
    titles = {issue["id"]: issue for issue in view["issues"]}
    items = {item["id"]: {"id": item["id"], "number": item["number"]} for item in view["evidence"]}
    due_at = view.get("standing", {}).get("due_at") if view["state"] == "recommended" else None
    language = get_language() or "en"
    findings = [
        {
            "issue": titles.get(each["issue"]),
            "text": each["text"],
            "refund": money(each["refund_minor"], view["currency"], language),
            "evidence": [items[item] for item in each["evidence"] if item in items],
        }
        for each in one["findings"]
    ]
    sums = split(one["refund_minor"], one["release_minor"], view["currency"])
    sides = sorted((view["filer"], view["respondent"]), key=lambda card: str(card["role"]))  # client, freelancer
    said = {
        "due": datetime.fromisoformat(due_at) if due_at else None,
        "ticks": [{"card": card, "is_in": card["id"] in (one["are_in"] or [])} for card in sides],
    }
    return {**one, **said, "split": sums, "findings": findings, "is_former": False}


def _sign_by(view: View) -> datetime | None:
    """Until when the text can be accepted."""
    due_at = view.get("standing", {}).get("due_at") if view["state"] == "settling" else None
    return datetime.fromisoformat(due_at) if due_at else None


def agreement(one: View, case: View) -> dict[str, Any]:
    """The agreement: its clauses from the template, its fingerprint, and who has accepted."""
    params = one["params"]
    ticks = [{"card": case[side], "at": one["accepted"].get(case[side]["id"])} for side in ("client", "freelancer")]
    return {
        **one,
        "split": split(params["refund_minor"], params["release_minor"], case["view"]["currency"]),
        "terms": params["terms"],
        "due": _sign_by(case["view"]) if one["void_at"] is None else None,
        "ticks": ticks,
        "both": all(tick["at"] for tick in ticks),
        "is_former": one["void_at"] is not None,
        "short": f"{one['sha256'][:4]} {one['sha256'][4:8]} {one['sha256'][8:12]} … {one['sha256'][-4:]}",
    }
