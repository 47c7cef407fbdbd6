"""Clocks in words: how long there still is, for whom, and what the script needs to count on."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext, pgettext_lazy

from accounts.models import User
from mediation.core import clock as time
from mediation.disputes.models import Dispute
from mediation.sla.queries import shown
from mediation.sla.queries.shown import Shown
from mediation.sla.words import METRICS
from mediation.web import moments

_TIME = '<time role="timer" datetime="{}" title="{}">{}</time>'
STATES = {
    "ok": pgettext_lazy("how a clock stands", "On time"),
    "soon": pgettext_lazy("how a clock stands", "Due soon"),
    "risk": pgettext_lazy("how a clock stands", "At risk"),
    "late": pgettext_lazy("how a clock stands", "Breached"),
    "paused": pgettext_lazy("how a clock stands", "Paused"),
}


def of_case(user: User, dispute: Dispute) -> dict[str, Any] | None:
    """The clocks that a reader may see, the next one first; None if there is none."""
    names = {one.pk: one.name.split(" ", 1)[0] for one in (dispute.filer, dispute.respondent)}
    rows, said = shown.of_case(user, dispute), words()
    found = [drawn(one, said) | {"name": names[one.person_id] if one.person_id else ""} for one in rows]
    return group() | {"rows": found} if found else None


def waiting(rooms: list[UUID]) -> Mapping[UUID, dict[str, Any]]:
    """How long there is to take each case; only for those to whom the rooms are shown."""
    said = words()
    return {room: drawn(one, said) for room, one in shown.waiting(rooms).items()}


def group() -> dict[str, Any]:
    """What stands once around clocks: the server's time and the words the script needs."""
    return {"now": _milliseconds(time.now()), "words": json.dumps(words())}


def words() -> dict[str, str]:
    """What clocks say in the reader's language; looked up once for all clocks of a page."""
    states = {name: str(word) for name, word in STATES.items()}
    return states | moments.lengths() | {"over": pgettext("a deadline", "%(time)s over")}


def drawn(one: Shown, said: Mapping[str, str]) -> dict[str, Any]:
    """One clock for its template; `said` is `words()`."""
    return {
        "what": METRICS[one.metric],
        "face": one.face,
        "word": said[one.face.state],
        "due_at": one.due_at,
        "full": moments.full(one.due_at) if one.due_at else "",
        "left": _left(one.face.seconds, said),
        "marks": one.marks,
        "due_ms": _milliseconds(one.due_at) if one.due_at else "",
        "marks_ms": json.dumps([_milliseconds(mark) for mark in one.marks]),
    }


def html(one: Mapping[str, Any]) -> SafeString:
    """A drawn clock: a ring, a word for who does not see colours, the time to go. The script counts on from here. No
    template of its own: a page of the desk has fifty.
    """
    face, due = one["face"], one["due_at"]
    marks = f' data-due="{one["due_ms"]}" data-marks="{one["marks_ms"]}"' if one["marks"] else ""
    time_left = _TIME.format(due.isoformat(), escape(one["full"]), escape(one["left"])) if due else ""
    return mark_safe(  # noqa: S308 (words are escaped, the rest is numbers and names of ours)
        f'<span class="clock" data-state="{face.state}"{marks}><svg class="clock-ring" viewBox="0 0 20 20" '
        'aria-hidden="true"><circle cx="10" cy="10" r="7.5"></circle><circle cx="10" cy="10" r="7.5" pathLength="100" '
        f'stroke-dasharray="{face.left} 100"></circle></svg><span><span class="clock-word" data-word>'
        f"{escape(one['word'])}</span> {time_left}</span></span>"
    )


def _left(seconds: int | None, said: Mapping[str, str]) -> str:
    if seconds is None or seconds >= 0:
        return moments.length(seconds, said)
    return said["over"] % {"time": moments.length(-seconds, said)}


def _milliseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1000)
