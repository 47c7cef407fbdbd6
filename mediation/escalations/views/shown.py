"""Cases in words, for the pages of the desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from accounts.models import User
from mediation.core.moments import written
from mediation.escalations import audience, words
from mediation.escalations.actions.contacts import account_of
from mediation.escalations.models import Call, Case, Entry
from mediation.escalations.queries.overview import Overview
from mediation.escalations.rules import table
from mediation.escalations.rules.criteria import Client, Terms, judge, verdict
from mediation.escalations.rules.states import WAITS_FOR_REPLY, State
from mediation.sla.rules.clock import Status
from mediation.sla.rules.face import Face
from mediation.sla.rules.face import State as FaceState

FACES = {
    FaceState.OK: pgettext_lazy("how a clock stands", "On time"),
    FaceState.SOON: pgettext_lazy("how a clock stands", "Due soon"),
    FaceState.RISK: pgettext_lazy("how a clock stands", "At risk"),
    FaceState.LATE: pgettext_lazy("how a clock stands", "Breached"),
    FaceState.PAUSED: pgettext_lazy("how a clock stands", "Paused"),
}
# Said on the case's page by parts of their own.
_ELSEWHERE = frozenset({"check", "correct", "note"})


def line(case: Case, face: Face | None) -> dict[str, Any]:
    """A case in a list."""
    return {
        "case": case,
        "name": case.contact.name,
        "state": words.OUTCOMES[case.outcome] if case.outcome else words.STATES[case.state],
        "segment": words.SEGMENTS.get(case.segment, ""),
        "source": words.SOURCES[case.source],
        "face": face,
        "face_word": FACES[face.state] if face else "",
        "is_late": case.clock_status == Status.MISSED.value,
    }


def page(case: Case, user: User, face: Face | None) -> dict[str, Any]:
    """Everything of a case that its page says."""
    rows = list(table.sayable(case.state, audience.actors(case, user)))
    names = [row.command for row in rows]
    first = next((name for name in table.NEXT[State(case.state)].split() if name in names), "")
    if first == "follow" and len(case.checked.all()) < len(words.ITEMS):
        first = "check"
    others = [name for name in names if name not in _ELSEWHERE and name != first]
    return {
        "line": line(case, face),
        "case": case,
        "first": first,
        "first_word": words.COMMANDS.get(first, ""),
        "acts": [(name, words.COMMANDS[name]) for name in dict.fromkeys(others)],
        "may": dict.fromkeys(names, True),
        "waits_for_reply": case.state in WAITS_FOR_REPLY,
        "criteria": criteria(case),
        "call": _call(case),
        "slots": [_moment(slot.starts_at, case) for slot in case.slots.all()],
        "form": getattr(case, "talent_form", None),
        "items": [(word, item in {one.item for one in case.checked.all()}) for item, word in words.ITEMS.items()],
        "log": [_entry(entry) for entry in case.entries.select_related("actor").order_by("-number")],
        "account": account_of(case.contact.email) if case.contact.person_id is None else None,
    }


def criteria(case: Case) -> dict[str, Any]:
    """Each criterion with its result, by the rules under which the client was referred."""
    judged = judge(terms_of(case), client_of(case))
    rows = [(words.CRITERIA[one.criterion], one.result, words.RESULTS[one.result]) for one in judged]
    return {"rows": rows, "verdict": verdict(judged), "version": case.rules.version}


def terms_of(case: Case) -> Terms:
    """The rules under which a client was referred."""
    names = ("least_value_minor", "currency", "asks_web_presence", "least_segment", "asks_long_term")
    return Terms(**{name: getattr(case.rules, name) for name in names})


def client_of(case: Case) -> Client:
    """What is known of the client."""
    names = ("value_minor", "currency", "has_web_presence", "segment", "is_long_term")
    return Client(**{name: getattr(case, name) for name in names})


def counted(found: Overview) -> dict[str, list[tuple[Any, int]]]:
    """The figures of the overview in words, in the order of the way."""
    parts: tuple[tuple[str, Mapping[str, Any], Mapping[str, int]], ...] = (
        ("states", words.STATES, found.by_state),
        ("sources", words.SOURCES, found.by_source),
        ("outcomes", words.OUTCOMES, found.outcomes),
    )
    return {name: [(word, of[key]) for key, word in said.items() if key in of] for name, said, of in parts}


def _call(case: Case) -> dict[str, Any] | None:
    call = case.calls.filter(status=Call.Status.SET.value).first() or case.calls.order_by("-starts_at").first()
    if call is None:
        return None
    return {"row": call, "status": call.get_status_display(), **_moment(call.starts_at, case)}


def _moment(at: datetime, case: Case) -> dict[str, Any]:
    """A moment in the reader's zone and in the client's."""
    with timezone.override(ZoneInfo(case.contact.time_zone)):
        there = written(at)
    return {
        "at": at,
        "there": there,
        "zone_there": case.contact.time_zone,
        "zone_here": timezone.get_current_timezone_name(),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    said = entry.data
    text = next((said[name] for name in ("text", "reason", "next_step", "ticket", "needs") if said.get(name)), "")
    return {
        "at": entry.at,
        "who": entry.actor.name if entry.actor else "",
        "what": words.HAPPENED[entry.command],
        "text": text,
        "minutes": said.get("target_minutes"),
        "is_late": said.get("late", False),
    }
