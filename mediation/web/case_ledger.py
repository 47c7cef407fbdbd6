"""The deadlines of a case in words: what, of whom, until when, and what became of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mediation.web import case_words
from mediation.web.casebook.writer import REASONS

View = Mapping[str, Any]
ENDED_SHOWN = 3
EXTENDABLE = frozenset({"mediation", "talks"})


def lines(view: View, people: Mapping[str, View], me: View | None) -> list[dict[str, Any]]:
    """Running deadlines first, the next due on top; then the last that ended, the latest on top."""
    running = [one for one in view["ledger"] if one["ended_at"] is None]
    ended = [one for one in view["ledger"] if one["ended_at"] is not None and one["ended_how"] != "moved"]
    latest = sorted(ended, key=lambda one: one["ended_at"], reverse=True)[:ENDED_SHOWN]
    ordered = sorted(running, key=lambda one: one["due_at"]) + latest
    return [_line(one, view, people, me) for one in ordered]


def _line(one: View, view: View, people: Mapping[str, View], me: View | None) -> dict[str, Any]:
    offer = _offer(one, view) if one["kind"] == "offer" else None
    why = str(REASONS.get(one["reason"], one["reason"]))
    if not why and one["kind"] in EXTENDABLE and one["ended_at"] is None:
        why = _("not extended so far")
    return {
        **one,
        "word": _("Answer offer %(number)s") % {"number": offer["number"]}
        if offer
        else case_words.DEADLINES[one["kind"]],
        "of": _of(one, view, people, me),
        "how": _("replaced") if _is_replaced(offer, view) else case_words.ENDED.get(one["ended_how"], ""),
        "due": datetime.fromisoformat(one["due_at"]),
        "ended": datetime.fromisoformat(one["ended_at"]) if one["ended_at"] else None,
        "why": why,
    }


def _is_replaced(offer: View | None, view: View) -> bool:
    """Nobody answered it: its maker made another instead."""
    return (
        offer is not None
        and offer["status"] == "superseded"
        and any(
            one["made_by"] == offer["made_by"]
            and one["made_at"] == offer["ended_at"]
            and one["number"] > offer["number"]
            for one in view["offers"]
        )
    )


def _offer(line: View, view: View) -> View | None:
    """The offer that lapses with the line. Every new offer sets the line of the first one anew, so when it was set
    decides only between several; it finds one alone where the offer was moved after the line had ended.
    """
    answers = view[line["who"]]["id"] if line["who"] in ("filer", "respondent") else None
    asked = [one for one in view["offers"] if one["made_by"] != answers]
    due = [one for one in asked if one["expires_at"] == line["due_at"]]
    found = [one for one in due or asked if one["made_at"] == line["set_at"]] + due
    return found[0] if found else None


def _of(one: View, view: View, people: Mapping[str, View], me: View | None) -> str:
    """Whose deadline it is: a name, or “you”; a word for who is not one person."""
    card = people.get(one["person"] or "") or (view[one["who"]] if one["who"] in ("filer", "respondent") else None)
    if card is None:
        return str(case_words.WHO.get(one["who"], ""))
    return pgettext("whose deadline", "you") if me and card["id"] == me["id"] else str(card["first_name"])
