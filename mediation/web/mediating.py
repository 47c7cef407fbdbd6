"""The mediator's columns beside the room in words: both sides, the checklist of the phase, how even it was so far."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.disputes.models import Dispute
from mediation.disputes.money import money
from mediation.disputes.queries import mediating
from mediation.disputes.rules import evenness
from mediation.disputes.rules.checklist import Check, checks
from mediation.disputes.rules.evenness import Measure, Said
from mediation.disputes.rules.states import Phase
from mediation.web import case_standing, case_words, moments, ticket
from mediation.web.case_references import form_address

Case = Mapping[str, Any]
HALF = 100  # of the picture, for each side
SIDES = ("client", "freelancer")
_PRIVATE = frozenset({"begin_caucus", "end_caucus", "ask_release"})
_IN_TALK = frozenset({"end_caucus", "ask_release"})  # only while a private talk with this side goes on
_LEVEL_ACTS = ("take_level", "take_safety", "level_up", "drop_level")
_NAMED = {"make_request": "asked_of"}  # how a form names the side; else `party`

CHECKS = {
    "greeted": gettext_lazy("Both have heard from you"),
    "stated": gettext_lazy("Both have said how they see it"),
    "points": gettext_lazy("The points are named"),
    "positions": gettext_lazy("Both have spoken to each point"),
    "confirmed": gettext_lazy("Both have confirmed each point"),
    "talks_offered": gettext_lazy("A private talk was offered to each"),
    "talks_held": gettext_lazy("Nobody waits for a private talk"),
    "evidence": gettext_lazy("Evidence is answered"),
    "requests": gettext_lazy("What you asked for is there"),
    "offers": gettext_lazy("Each side has made an offer"),
    "closed": gettext_lazy("The evidence is closed"),
    "found": gettext_lazy("Each point has a finding that cites evidence"),
}
# While the phases of a mediation still lead somewhere.
PHASED = frozenset({"mediating", "recommended", "settling"})
DECISIONS = frozenset({"confirm_default", "confirm_no_arbitration", "record_award"})
# What the mediator can do about a line that is not done.
REMEDIES = {"points": "add_issue", "closed": "close_evidence", "found": "draft_recommendation"}
MEASURES = {
    "reply": gettext_lazy("Usual time until you reply"),
    "private": gettext_lazy("Time in private with you"),
    "words": gettext_lazy("Words from you to each"),
    "requests": gettext_lazy("What you asked of each"),
    "written": gettext_lazy("Words that each wrote"),
}


def columns(case: Case, dispute: Dispute, reader: User) -> dict[str, Any]:
    """What `case/_sides.html`, `_checklist.html` and `_balance.html` show; the last two only to who mediates."""
    said = mediating.written(dispute, reader)
    found: dict[str, Any] = {
        "phases": _phases(case["view"]["phase"]) if case["view"]["state"] in PHASED else [],
        "queue": _queue(dispute, reader),
        "not_yet": _not_yet(case),
        "ladder": _ladder(case),
        "ticket": ticket.ticket(dispute.pk),
        "sides": _sides(case, dispute, said),
        "offer_list": sorted(case["open_offers"] + case["past_offers"], key=lambda one: one["number"]),
    }
    if not case["is_mediator"]:
        return found
    hearing = mediating.hearing(dispute, said, reader.pk)
    for side in found["sides"]:
        side["heard"] = hearing[side["card"]["role"]]
    if phase := case["view"]["phase"]:
        lines = checks(Phase(phase), mediating.progress(dispute, case["view"], hearing))
        found["checks"] = [_check(one, case) for one in lines]
        found["moves"] = _moves(case)
    measures = mediating.measures(dispute, case["view"], hearing)
    found["balance"] = {"is_even": evenness.is_even(measures), "rows": [_row(one, case) for one in measures]}
    return found


# --- the ladder ------------------------------------------------------------------------------------------------------
def _ladder(case: Case) -> dict[str, Any] | None:
    """On which level the case stands, what was asked for and why, and what came of it."""
    found = case["view"]["ladder"]
    is_known = found and (found["asks"] or case["view"]["mediator"])
    if not is_known or not case["is_open"]:
        return None
    return {
        "stands": case_words.LEVELS[found["stands_at"]],
        "asks": [_ask(one) for one in found["asks"]],
        "acts": [
            {
                "word": case_words.COMMANDS[command],
                "href": form_address(case, command),
                "is_taking": command.startswith("take"),
            }
            for command in _LEVEL_ACTS
            if command in case["can"]
        ],
    }


def _ask(one: Case) -> dict[str, Any]:
    return {
        "word": case_words.ASKED_LEVELS[one["level"]],
        "why": case_words.WHY_HIGHER[one["why"]],
        "note": one["note"],
        "asked_by": one["asked_by"],
        "asked_at": datetime.fromisoformat(one["asked_at"]),
        "taken_by": one["taken_by"],
        "is_open": one["ended_at"] is None,
    }


# --- both sides ------------------------------------------------------------------------------------------------------
def _sides(case: Case, dispute: Dispute, said: list[Said]) -> list[dict[str, Any]]:
    people, past = mediating.sides(dispute), mediating.histories(dispute)
    waits, now = mediating.usual_waits(dispute, said), mediating.of_now(dispute, case["view"])
    return [
        {
            "card": case[side],
            "zone": people[side].time_zone,
            "language": dict(settings.LANGUAGES)[people[side].language],
            "wait": moments.length(waits[side]),
            "wants": next((one["wants"] for one in case["statements"] if one["author"] == case[side]["id"]), ""),
            "offer": _last_offer(case, case[side]["id"]),
            "confirmed": _confirmed(case, side),
            "asked": [one for one in case["requests"] if one["asked_of"] == case[side]["id"]],
            "to_answer": case_standing.to_answer(case["view"]["standing"], case[side]["id"]),
            "talk": _talk(now, case[side]["id"]),
            "acts": _acts(case, case[side]["id"]),
            "past": _past(*past[side]),
        }
        for side in SIDES
    ]


def _last_offer(case: Case, person: str) -> dict[str, Any] | None:
    one = next((each for each in reversed(case["view"]["offers"]) if each["made_by"] == person), None)
    return one and {"number": one["number"], "sum": _money(one["refund_minor"], case)}


def _confirmed(case: Case, side: str) -> str:
    """How many of the points that are still open this side has confirmed."""
    said = [
        each
        for one in case["issues"]
        if one["status"] == "open"
        for each in one["sides"]
        if each["card"]["role"] == side
    ]
    done = sum(each["confirmed_at"] is not None for each in said)
    return _("%(done)s of %(all)s") % {"done": done, "all": len(said)} if said else ""


def _talk(view: Mapping[str, Any], person: str) -> str:
    """How things stand with a private talk: running, held so long, offered, declined."""
    talks = [one for one in view["caucuses"] if one["party"] == person]
    held = [one for one in talks if one["began_at"]]
    if any(not one["ended_at"] for one in held):
        return pgettext("private talk", "running")
    if held:
        return f"{len(held)} · {moments.length(mediating.private_seconds(view, person))}"
    if talks:
        return pgettext("private talk", "declined") if talks[-1]["declined_at"] else pgettext("private talk", "offered")
    return ""


def _acts(case: Case, person: str) -> list[dict[str, Any]]:
    """What the mediator can do in private with this side."""
    runs = any(one["party"] == person and one["began_at"] and not one["ended_at"] for one in case["view"]["caucuses"])
    words = {
        "begin_caucus": _("Begin a private talk"),
        "end_caucus": _("End the private talk"),
        "ask_release": _("Ask to share words"),
        "make_request": _("Ask for something"),
    }
    return [
        {
            "word": word,
            "is_private": command in _PRIVATE,
            "href": form_address(case, command, **{_NAMED.get(command, "party"): person}),
        }
        for command, word in words.items()
        if command in case["can"] and (command not in _IN_TALK or runs)
    ]


def _past(jobs: int, cases: int) -> str:
    words = [
        ngettext("%(n)s other contract", "%(n)s other contracts", jobs) % {"n": jobs},
        ngettext("%(n)s other case", "%(n)s other cases", cases) % {"n": cases},
    ]
    return ", ".join(words)


# --- the phase -------------------------------------------------------------------------------------------------------
def _phases(now: str) -> list[dict[str, Any]]:
    """The five phases: done, now, to come. Nothing without a mediation."""
    if not now:
        return []
    order = list(Phase)
    place = order.index(Phase(now))
    return [
        {"word": case_words.PHASES[one.value], "is_done": number < place, "is_now": number == place}
        for number, one in enumerate(order)
    ]


def _check(one: Check, case: Case) -> dict[str, Any]:
    command = REMEDIES.get(one.name, "")
    return {
        "word": CHECKS[one.name],
        "is_done": one.is_done,
        "needed": one.needed and not one.is_done,
        "count": _("%(done)s of %(all)s") % {"done": one.done, "all": one.of} if one.of > 1 else "",
        "href": form_address(case, command) if command in case["can"] and not one.is_done else "",
        "act": case_words.COMMANDS.get(command, ""),
    }


def _moves(case: Case) -> list[dict[str, str]]:
    """To the phase after and before; where the next cannot be yet, why not."""
    said = {one["command"]: one for one in case["view"]["actions"]}
    words = {"advance_phase": _("Next phase"), "step_back": _("Back one phase")}
    return [
        {
            "word": word,
            "href": form_address(case, command) if command in case["can"] else "",
            "why_not": "" if command in case["can"] else said[command]["why_not"]["message"],
        }
        for command, word in words.items()
        if command in case["can"] or (command in said and command == "advance_phase")
    ]


def _not_yet(case: Case) -> list[dict[str, str]]:
    """What is Upwork's to decide in this state and cannot be yet, and why."""
    refused = [one for one in case["view"]["actions"] if one["command"] in DECISIONS and not one["allowed"]]
    return [{"word": case_words.COMMANDS[one["command"]], "why": one["why_not"]["message"]} for one in refused]


# --- even or not -----------------------------------------------------------------------------------------------------
def _row(one: Measure, case: Case) -> dict[str, Any]:
    """A line of two bars from one centre: each is as wide as its share of the greater."""
    values = {"client": one.client, "freelancer": one.freelancer}
    most = max(value or 0 for value in values.values())
    width = {side: round(HALF * (value or 0) / most) if most else 0 for side, value in values.items()}
    is_length = one.name in ("reply", "private")
    said = {
        side: "–" if value is None else moments.length(value) if is_length else str(value)
        for side, value in values.items()
    }
    return {
        "word": MEASURES[one.name],
        "is_even": one.is_even,
        "said": said,
        "label": f"{MEASURES[one.name]}: " + ", ".join(f"{case[side]['first_name']} {said[side]}" for side in SIDES),
        "width": width,
        "from": HALF - width["client"],
    }


# --- from case to case -----------------------------------------------------------------------------------------------
def _queue(dispute: Dispute, reader: User) -> dict[str, Any] | None:
    """Where this case stands among the reader's own, with its neighbours; None where there is only one or it is not."""
    rooms: Sequence[UUID] = mediating.own_cases(reader)
    if dispute.room_id not in rooms or len(rooms) == 1:
        return None
    place = rooms.index(dispute.room_id)
    return {
        "place": place + 1,
        "count": len(rooms),
        "previous": rooms[place - 1],
        "next": rooms[(place + 1) % len(rooms)],
    }


def _money(minor: int, case: Case) -> str:
    return money(minor, case["view"]["currency"], get_language() or "en")
