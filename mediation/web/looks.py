"""Looks into private talks (break-glass) in words: how each stands, what its reader can do, and the talk itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.conversations.queries.room import room_state
from mediation.core import clock
from mediation.disputes.forms.glass import GROUNDS, STATUSES
from mediation.disputes.models import Dispute
from mediation.disputes.queries.glass import Talk
from mediation.disputes.rules.glass import Ground, Status
from mediation.disputes.rules.policy import Terms
from mediation.web import clocks, moments, room_page, sentences, timeline
from mediation.web.sentences import Reader

RUNNING = frozenset({Status.WAITING, Status.APPROVED, Status.OPEN})


def terms(dispute: Dispute) -> dict[str, int]:
    """The numbers of the case's policy."""
    numbers = Terms.of(dispute.policy.terms)
    return {"minutes": numbers.glass_minutes, "hours": numbers.glass_wait_hours}


def row(dispute: Dispute, look: Mapping[str, Any], user: User) -> dict[str, Any]:
    """One look, and what the reader can do with it now."""
    status = Status(look["status"])
    is_mine = look["asked_by"]["id"] == str(user.pk)
    names = {str(one.pk): one.name for one in (dispute.filer, dispute.respondent)}
    until = look["lapses_at"] if status is Status.WAITING else look["ended_at"] or look["ends_at"]
    return {
        **look,
        "command_id": uuid4(),
        "case": {"id": dispute.pk, "number": dispute.number, "title": dispute.room.contract.title},
        "of": names[look["party"]],
        "ground_word": GROUNDS[Ground(look["ground"])],
        "status_word": STATUSES[status],
        "asked": datetime.fromisoformat(look["asked_at"]),
        "decided": datetime.fromisoformat(look["decided_at"]) if look["decided_at"] else None,
        "opened": datetime.fromisoformat(look["opened_at"]) if look["opened_at"] else None,
        "until": datetime.fromisoformat(until) if until else None,
        "is_running": status in RUNNING,
        "is_mine": is_mine,
        "can_decide": status is Status.WAITING and not is_mine,
        "can_open": status is Status.APPROVED and is_mine,
        "can_read": status is Status.OPEN and is_mine,
        "can_end": status in RUNNING and (is_mine or status is not Status.WAITING),
    }


def talk(user: User, talk: Talk) -> dict[str, Any]:
    """The page of the talk: its threads, the lines of one, and until when it can be read."""
    look, dispute = talk.glass, talk.glass.dispute
    reader = room_page.reader_of(user, room_state(user=user, room_id=dispute.room_id))
    threads = [{**one, "words": _thread_words(one, reader)} for one in talk.threads]
    ends_at = look.ends_at or look.lapses_at
    oldest = talk.page.messages[0]["seq"] if talk.page.messages else 0
    return {
        "case": {"id": dispute.pk, "number": dispute.number, "title": dispute.room.contract.title},
        "look": look,
        "of": look.party.name,
        "threads": threads,
        "shown": next(one for one in threads if one["id"] == talk.shown["id"]),
        "rows": _rows(talk, reader),
        "oldest": oldest if talk.page.more else 0,
        "command_id": uuid4(),
        "ends_at": ends_at,
        "until": moments.clock(ends_at),
        "left": moments.length(int((ends_at - clock.now()).total_seconds())),
        "ends_ms": int(ends_at.timestamp() * 1000),
        "clock": clocks.group(),
    }


def _thread_words(thread: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    """What the thread is called. A topic without a title has none of this case's time."""
    words = sentences.thread_words(thread, reader)
    return words if words["tab"] else {**words, "tab": _("A topic from another case")}


def _rows(talk: Talk, reader: Reader) -> list[dict[str, Any]]:
    """The lines, with files at the door of this look: the room's own is not for who reads this way."""
    rows = list(timeline.rows(talk.shown, talk.page.messages, reader, quoted=talk.page.quoted))
    names = {"dispute": talk.glass.dispute_id, "glass": talk.glass.pk}
    for line in rows:
        for file in line.get("files", ()):
            file |= {"thumb": False, "href": reverse("cases:look_file", kwargs=names | {"file": file["id"]})}
    return rows
