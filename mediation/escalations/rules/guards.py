"""What has to hold before a command is carried out. Each guard reads facts and what was said, and gives the refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from mediation.escalations.rules.states import Item
from mediation.sla.rules.policies import SEGMENTS

LONGEST = 2_000
MOST_SLOTS = 5
FARTHEST = timedelta(days=366)
Said = Mapping[str, Any]


class Refusal(StrEnum):
    """Why not; the words stand in `errors.py`."""

    WORDS = "words"
    REASON = "reason"
    COLLEAGUE = "colleague"
    SAME_OWNER = "same_owner"
    NEXT_STEP = "next_step"
    UNREACHABLE = "unreachable"
    TICKET = "ticket"
    SLOTS = "slots"
    CALL = "call"
    ITEM = "item"
    UNCHECKED = "unchecked"
    FORM = "form"
    NO_FORM = "no_form"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Facts:
    """What guards know of a case. `colleagues` are who can have one."""

    now: datetime
    owner: UUID | None = None
    colleagues: frozenset[UUID] = frozenset()
    is_reachable: bool = False
    checked: frozenset[str] = field(default_factory=frozenset)
    has_form: bool = False


def _words(said: Said, name: str) -> bool:
    return 0 < len(str(said.get(name) or "").strip()) <= LONGEST


def _ahead(facts: Facts, moment: datetime | None) -> bool:
    """Whether it is still to come, and not so far off that it is a slip of the hand."""
    return moment is not None and facts.now < moment <= facts.now + FARTHEST


def _worded(facts: Facts, said: Said) -> Refusal | None:
    return None if _words(said, "text") else Refusal.WORDS


def _reasoned(facts: Facts, said: Said) -> Refusal | None:
    return None if _words(said, "reason") else Refusal.REASON


def _colleague(facts: Facts, said: Said) -> Refusal | None:
    return None if said.get("to") in facts.colleagues else Refusal.COLLEAGUE


def _another(facts: Facts, said: Said) -> Refusal | None:
    return Refusal.SAME_OWNER if said.get("to") == facts.owner else None


def _next_step(facts: Facts, said: Said) -> Refusal | None:
    """What is done next and when. Nothing is planned for what is over."""
    is_planned = _words(said, "next_step") and _ahead(facts, said.get("follow_up_at"))
    return None if is_planned else Refusal.NEXT_STEP


def _reachable(facts: Facts, said: Said) -> Refusal | None:
    return None if facts.is_reachable else Refusal.UNREACHABLE


def _ticket_named(facts: Facts, said: Said) -> Refusal | None:
    return None if _words(said, "ticket") else Refusal.TICKET


def _slots_ahead(facts: Facts, said: Said) -> Refusal | None:
    slots = said.get("slots") or []
    fits = 0 < len(slots) <= MOST_SLOTS and len(set(slots)) == len(slots) and all(_ahead(facts, one) for one in slots)
    return None if fits else Refusal.SLOTS


def _call_ahead(facts: Facts, said: Said) -> Refusal | None:
    return None if _ahead(facts, said.get("starts_at")) else Refusal.CALL


def _known_items(facts: Facts, said: Said) -> Refusal | None:
    return None if set(said.get("items") or []) <= set(Item) else Refusal.ITEM


def _checked(facts: Facts, said: Said) -> Refusal | None:
    return None if facts.checked >= set(Item) else Refusal.UNCHECKED


def _form_filled(facts: Facts, said: Said) -> Refusal | None:
    is_filled = _words(said, "needs") and _words(said, "representative")
    return None if is_filled and _ahead(facts, said.get("appointment_at")) else Refusal.FORM


def _talent_form(facts: Facts, said: Said) -> Refusal | None:
    return None if facts.has_form else Refusal.NO_FORM


def _known_segment(facts: Facts, said: Said) -> Refusal | None:
    return None if said.get("segment", "") in ("", *SEGMENTS) else Refusal.SEGMENT


GUARDS: dict[str, Callable[[Facts, Said], Refusal | None]] = {
    "worded": _worded,
    "reasoned": _reasoned,
    "colleague": _colleague,
    "another": _another,
    "next_step": _next_step,
    "reachable": _reachable,
    "ticket_named": _ticket_named,
    "slots_ahead": _slots_ahead,
    "call_ahead": _call_ahead,
    "known_items": _known_items,
    "checked": _checked,
    "form_filled": _form_filled,
    "talent_form": _talent_form,
    "known_segment": _known_segment,
}


def first_refusal(names: tuple[str, ...], facts: Facts, said: Said) -> Refusal | None:
    """The refusal of the first guard that does not hold."""
    return next((refusal for name in names if (refusal := GUARDS[name](facts, said)) is not None), None)
