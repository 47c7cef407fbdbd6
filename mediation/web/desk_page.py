"""The desk in words: the list of queues with their counts, the rows of one, and the brief of a case."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.desk import audience
from mediation.desk.queries import pages, queue
from mediation.desk.queries.handling import handled
from mediation.desk.queries.pages import MOST_COUNTED, Beside, Kept
from mediation.desk.rules.views import FILTERS, Queue, View, view_of
from mediation.disputes import audience as cases
from mediation.disputes.errors import TooManyCases
from mediation.disputes.models import Dispute
from mediation.disputes.queries import conflicts
from mediation.web import case_page, clocks, desk_words, handing, offer_words, routing_words, snooze_words
from mediation.web.case_references import form_address
from mediation.web.desk_rows import Rows
from mediation.web.templatetags.look import card_of

Row = dict[str, Any]
AGENDA, TEAM_ROOM = "web:desk_agenda", "web:desk_team"


def context(user: User, view: View, asked: Mapping[str, str]) -> dict[str, Any]:
    """Everything the page needs. Raises NotFound for who has no desk, Invalid for an `after` that no page gave."""
    if not audience.is_at_desk(user):
        raise NotFound
    page, around = pages.desk(user, view, after=asked.get("after") or None)
    drawn = Rows(user, asked)
    return {
        **_beside(around, view),
        "view": view,
        "address": address(view),
        "heading": desk_words.QUEUES[view.queue],
        "counts": {name.value: _counted(around.counts[name]) for name in Queue},
        "filters": _filters(view),
        "keep_address": reverse("web:desk_save_view") + f"?{urlencode(view.as_parameters())}",
        "rows": mark_safe("".join(drawn.row(line) for line in page.lines)),  # noqa: S308 (each row is safe)
        "after": page.after,
        "is_first": not asked.get("after"),
        "takes": user.role in MEDIATOR_ROLES,
        "next_address": reverse("web:desk_next")
        + (f"?{urlencode(view.as_parameters())}" if view.as_parameters() else ""),
        "empty": desk_words.EMPTY[view.queue],
        "clocks": clocks.group(),
    }


def beside(user: User, place: str) -> dict[str, Any]:
    """What stands beside a page of the desk that is no queue. Raises NotFound for who has no desk."""
    if not audience.is_at_desk(user):
        raise NotFound
    return _beside(pages.beside(user), None, place)


def _beside(found: Beside, view: View | None, place: str = "") -> dict[str, Any]:
    meant = _counted(found.mentions) if found.mentions else ""
    return {
        "here": "desk",
        "queues": [_queue(name, found.counts[name], view) for name in Queue],
        "saved": [_saved(one, view) for one in found.views],
        "mates": [{"card": card_of(*one[:4]), "name": one.name, "open_cases": one.open_cases} for one in found.mates],
        "places": [
            {
                "word": word,
                "glyph": glyph,
                "href": reverse(name),
                "is_on": name == place,
                "count": meant if name == TEAM_ROOM else "",
            }
            for name, word, glyph in desk_words.PLACES
        ],
    }


def address(view: View, **more: str) -> str:
    """Where a view is shown."""
    said = urlencode(view.as_parameters() | more)
    return reverse("web:desk") + (f"?{said}" if said else "")


def came_from(referer: str) -> str:
    """The queue that the reader looked at when they did something, by the address their browser names; else the first.
    Only what a view can say is taken from it, so that it leads nowhere else.
    """
    page, _, view = referer.partition("?")
    return address(view_of(dict(parse_qsl(view)))) if page.endswith(reverse("web:desk")) else reverse("web:desk")


def keeping(user: User, view: View) -> dict[str, Any]:
    """What the form says that keeps a view."""
    if not audience.is_at_desk(user):
        raise NotFound
    words = [option["word"] for one in _filters(view) for option in one["options"] if option["is_on"]]
    words += [f"#{tag}" for tag in view.tags.split()]
    return {
        "heading": desk_words.QUEUES[view.queue],
        "narrowed": [*words, f"“{view.words}”"] if view.words else words,
        "parameters": view.as_parameters(),
        "teams": user.teams.all(),
        "address": address(view),
    }


def brief(user: User, dispute_id: UUID, *, is_offered: bool = False) -> dict[str, Any]:
    """What an agent reads before taking a case, and why it is offered. Raises NotFound for who may not see it."""
    row = audience.row_of(user, dispute_id)
    dispute = cases.case_of(user, dispute_id)
    case = case_page.whole(dispute, user)
    claim = next((one for one in case["view"]["actions"] if one["command"] == "claim"), None)
    found = handled(dispute.pk)
    word, why = desk_words.CONFLICTS[conflicts.check(user, dispute)]
    return {
        "case": case,
        "title": dispute.room.contract.title,
        "track": desk_words.TRACKS[row.track or "none"],
        "priority": desk_words.PRIORITIES[row.priority],
        "is_unclaimed": row.is_unclaimed,
        "conflict": {"word": word, "why": why},
        "refused": "" if claim is None or claim["allowed"] else claim["why_not"]["message"],
        "may_claim": claim is not None and claim["allowed"],
        "handled": found,
        "tags": [{"word": f"#{tag}", "href": address(View(queue=Queue.OPEN, tags=tag))} for tag in found.tags],
        "may_handle": audience.may_handle(user),
        "handing": handing.summary(user, dispute, case),
        "acts": handing.acts(case),
        "snooze": _snooze(user, dispute),
        "fit": routing_words.own(user, dispute) if row.is_unclaimed and user.role in MEDIATOR_ROLES else "",
        "offer": offer_words.offered(user, dispute.pk) if is_offered and row.is_unclaimed else None,
        "declines": offer_words.declines(user, dispute.pk) if row.is_unclaimed else [],
        "suggested": handing.suggested(dispute, case),
        "overrides": form_address(case, "claim", back="desk") if _is_full(claim) else "",
    }


def _snooze(user: User, dispute: Dispute) -> dict[str, Any] | None:
    """Laying it aside; for its mediator alone."""
    if dispute.mediator_id != user.pk:
        return None
    laid = queue.asleep_of(user, clock.now()).filter(dispute=dispute).first()
    return {"laid": laid, "until": snooze_words.choices(user)}


def _is_full(claim: Mapping[str, Any] | None) -> bool:
    """Whether nothing but the reader's load speaks against taking the case."""
    return claim is not None and not claim["allowed"] and claim["why_not"]["code"] == TooManyCases.code


def _queue(name: Queue, count: int, view: View | None) -> Row:
    return {
        "name": name.value,
        "word": desk_words.QUEUES[name],
        "glyph": desk_words.GLYPHS[name],
        "href": address(View(queue=name)),
        "count": _counted(count),
        "tone": {Queue.LATE: "late", Queue.RISK: "risk"}.get(name, "") if count else "",
        "is_on": view is not None and view.queue is name,
    }


def _counted(count: int) -> str:
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def _filters(view: View) -> list[Row]:
    words: dict[str, Mapping[str, Any]] = {"track": desk_words.TRACKS, "priority": desk_words.PRIORITIES}
    values: dict[str, tuple[str, ...]] = {**FILTERS, "language": tuple(dict(settings.LANGUAGES))}
    return [
        {
            "name": name,
            "options": [
                {
                    "value": value,
                    "word": words.get(name, dict(settings.LANGUAGES))[value],
                    "is_on": getattr(view, name) == value,
                }
                for value in values[name]
            ],
        }
        for name in values
    ]


def _saved(one: Kept, view: View | None) -> Row:
    kept = view_of(one.parameters)
    return {
        "id": one.id,
        "name": one.name,
        "href": address(kept),
        "is_on": kept == view,
        "is_team": one.team_id is not None,
    }
