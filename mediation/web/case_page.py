"""A case for one reader, put into words and shapes for the templates: where it stands, what can be done, the panel.

Everything comes from `disputes.queries.case`, which holds nothing that the reader may not see.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.conversations import audience as rooms
from mediation.disputes import audience
from mediation.disputes.models import Dispute
from mediation.disputes.money import money
from mediation.disputes.queries import casefile, glass
from mediation.disputes.queries.case import as_party, case_view, papers
from mediation.web import (
    asked_before,
    case_arbitration,
    case_bar,
    case_cards,
    case_gap,
    case_ledger,
    case_standing,
    case_words,
    clocks,
    desk_words,
    draft_words,
    mediating,
)
from mediation.web.case_references import form_address
from mediation.web.casebook import facts

View = Mapping[str, Any]

# What is said of the money once it is decided.
HELD = {"executing": gettext_lazy("on its way"), "closed": gettext_lazy("was in dispute")}
EVIDENCE_ICONS = {"message": "thread", "term": "contract", "time_log": "clock", "payment": "money"}


def of_room(user: User, room_id: UUID) -> dict[str, Any] | None:
    """What the room's page shows of its case; None without one. Raises NotFound for who may not read the room."""
    known = audience.cases_in(user, room_id)
    dispute = audience.current(known)
    if dispute is None:
        return None
    case = whole(dispute, user)
    cards = _earlier_cards([one for one in known if one.pk != dispute.pk], user) | case["cards"]
    return case | {"cards": cards, "away": facts.news(dispute, user)}


def _earlier_cards(cases: list[Dispute], user: User) -> dict[str, dict[str, Any]]:
    """The cards of the room's other cases, with nothing to do: what can be done is the current case's."""
    cards: dict[str, dict[str, Any]] = {}
    for view in papers(cases, user):
        case, people = _cast(view, user)
        cards |= _papers(case | {"can": set()}, view, people)["cards"]
    return cards


def whole(dispute: Dispute, user: User) -> dict[str, Any]:
    """The case with everything beside it: clocks for who may know of them, for staff the mediator's columns."""
    case = drawn(dispute, user) | {"clocks": clocks.of_case(user, dispute)}
    if case["is_mediator"]:
        preview = reverse("web:case_preview", args=[dispute.pk, "client"])
        case |= {"head": _head_buttons(case), "preview": preview, "brief": facts.in_panel(dispute)}
        case |= {"lacks": draft_words.lacks(case, dispute, user)}
    if case["is_party"]:
        return case
    return case | mediating.columns(case, dispute, user) | {"asked_before": asked_before.rows(dispute, user)}


def _head_buttons(case: Mapping[str, Any]) -> list[dict[str, str]]:
    """What a mediator looks for at the head of the room: giving the case to somebody else, and a recommendation."""
    draft = case["view"]["recommendation"]
    is_ready = bool(draft and draft["is_draft"]) and "issue_recommendation" in case["can"]
    proposing = "issue_recommendation" if is_ready else "draft_recommendation"
    words = {"release": (_("Hand over"), "arrow"), proposing: (_("Recommend"), "offer")}
    asking = {"word": _("Ask a colleague"), "icon": "people", "href": reverse("web:desk_ask", args=[case["id"]])}
    said = [
        {"word": word, "icon": icon, "href": form_address(case, command)}
        for command, (word, icon) in words.items()
        if command in case["can"]
    ]
    return [asking, *said] if case["is_open"] else said


def drawn(dispute: Dispute, user: User) -> dict[str, Any]:
    """The case ready for the templates."""
    return _drawn(case_view(dispute, user), dispute, user, addresses(dispute, user))


def previewed(dispute: Dispute, user: User, party: User) -> dict[str, Any]:
    """The case as a side sees it, for its mediator, with nothing to do. Raises NotFound for anybody else."""
    there = addresses(dispute, user)
    return _drawn(as_party(dispute, user, party), dispute, party, there) | {"is_preview": True, "has_file": False}


def _drawn(view: View, dispute: Dispute, user: User, there: View) -> dict[str, Any]:
    base, people = _cast(view, user)
    case = {
        **base,
        "room": view["room"],
        **there,
        "can": {one["command"] for one in view["actions"] if one["allowed"]},
        "has_file": bool(casefile.audiences(dispute, user)),
        "may_look": glass.may_break(dispute, user),
        "title": _("Case %(number)s") % {"number": view["number"]} if view["number"] else _("The case"),
        "phase_word": case_words.PHASES.get(view["phase"], ""),
        "state_word": case_words.STATES[view["state"]],
        "asks": case_standing.asked(view["standing"], str(user.pk)),
        "is_open": view["state"] not in ("draft", "closed"),
        "stages": case_standing.stages(view),
        "standing": case_standing.standing(view, base["other"]),
    }
    return case | _parts(case, view, people) | case_bar.buttons(case, user)


def _cast(view: View, user: User) -> tuple[dict[str, Any], dict[str, View]]:
    """Who is who in the case for this reader, and everybody by id."""
    people = {card["id"]: card for card in (view["filer"], view["respondent"], view["mediator"]) if card}
    sides = {card["role"]: card for card in (view["filer"], view["respondent"])}
    me = people.get(str(user.pk))
    return {
        "view": view,
        "id": view["id"],
        "is_party": view["role"] in ("filer", "respondent"),
        "is_mediator": view["role"] == "mediator",
        "client": sides["client"],
        "freelancer": sides["freelancer"],
        "me": me,
        "other": next((card for card in sides.values() if me and card["id"] != me["id"]), None),
    }, people


def addresses(dispute: Dispute, user: User) -> dict[str, Any]:
    """Where the reader is at home with the case: in its room, or before it alone where that room is not theirs."""
    reads_room = not user.is_upwork_staff or rooms.readable_rooms(user).filter(pk=dispute.room_id).exists()
    own = reverse("web:case", args=[dispute.pk])
    return {
        "reads_room": reads_room,
        "home": reverse("web:room", args=[dispute.room_id]) if reads_room else own,
        "whole": reverse("web:room_case", args=[dispute.room_id]) if reads_room else own,
    }


def _parts(case: Mapping[str, Any], view: View, people: Mapping[str, View]) -> dict[str, Any]:
    bids = view["bidding"]["rounds"]
    return _papers(case, view, people) | {
        "amount": money(view["amount_minor"], view["currency"], get_language() or "en"),
        "held": HELD.get(view["state"])
        or (_("frozen while you talk") if view["money"]["frozen_minor"] else _("in dispute")),
        "result": _result(view),
        "gap": case_gap.gap(view, case),
        "about": _about(view),
        "track_word": desk_words.TRACKS[view["track"]] if view["has_claim"] else "",
        "issues": [_issue(one, view, case) for one in view["issues"]],
        "agreed": sum(one["status"] == "agreed" for one in view["issues"]),
        "evidence": [_item(one, people) for one in view["evidence"]],
        "ledger": case_ledger.lines(view, people, case["me"]),
        "arbitration": case_arbitration.steps(view, people),
        "requests": [one | {"of": people.get(one["asked_of"])} for one in view["requests"] if one["is_open"]],
        "promises": [one for one in view["promises"] if one["kept_at"] is None and view["state"] != "closed"],
        "releases": [one for one in view["releases"] if one["decided_at"] is None],
        "ties": [one for one in view["disclosures"] if one["decided_at"] is None],
        "statements": [one | {"by": people.get(one["author"])} for one in view["statements"]],
        "bidding": bids[-1] if bids and bids[-1]["ended_at"] is None else None,
        "gone": [people[one] for one in view["closed_accounts"]],
        "overlays": [one | {"by": people.get(one["asked_by"] or "")} for one in view["overlays"] if one["is_on"]],
    }


def _papers(case: Mapping[str, Any], view: View, people: Mapping[str, View]) -> dict[str, Any]:
    """Offers, recommendation and agreement in words, and the cards that show them in the talk."""
    offers = [case_cards.offer(one, case, people) for one in view["offers"]]
    recommendation = view["recommendation"] and case_cards.recommendation(view["recommendation"], view)
    agreement = view["agreement"] and case_cards.agreement(view["agreement"], case)
    if recommendation:
        recommendation["formers"] = case_cards.former_recommendations(view)
    if agreement:
        agreement["formers"] = case_cards.former_agreements(case)
    return {
        "open_offers": [one for one in offers if one["status"] == "open"],
        "past_offers": [one for one in reversed(offers) if one["status"] != "open"],
        "recommendation": recommendation,
        "agreement": agreement,
        "cards": case_cards.cards(case, view, people, offers, recommendation, agreement),
    }


def _result(view: View) -> dict[str, Any] | None:
    """Who gets what, once that is settled; with the document of an award."""
    refund = view["money"]["settled_refund_minor"]
    if view["state"] not in HELD or not view["has_claim"] or refund is None:
        return None
    sums = case_cards.split(refund, view["amount_minor"] - refund, view["currency"])
    award = next((one for one in view["awards"] if one["confirmed_at"]), None)
    return {"split": sums, "why": case_words.OUTCOMES.get(view["outcome"], ""), "award": award}


def _about(view: View) -> str:
    """Which money it is about, where that is one milestone."""
    one = view["milestone"]
    return _("Milestone %(number)s: %(title)s") % {"number": one["position"], "title": one["title"]} if one else ""


def _item(one: View, people: Mapping[str, View]) -> dict[str, Any]:
    return {**one, "by": people.get(one["submitted_by"]), "icon": EVIDENCE_ICONS.get(one["kind"], "file")}


def _issue(one: View, view: View, case: Mapping[str, Any]) -> dict[str, Any]:
    sides = {view[key]["role"]: (key, view[key]) for key in ("filer", "respondent")}
    silent = [card for key, card in sides.values() if one["positions"][key]["confirmed_at"] is None]
    return {
        **one,
        "waits_for": silent[0]
        if one["status"] == "open"
        and len(silent) == 1
        and "point" in case_standing.asked(view["standing"], silent[0]["id"])
        else None,
        "status_word": case_standing.ISSUE_STATES[one["status"]],
        "sides": [{"card": case[side], **one["positions"][sides[side][0]]} for side in ("client", "freelancer")],
    }
