"""The agenda in words: what is due over, today, this week and later, and how much its reader carries."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.core import clock
from mediation.desk.queries import routing
from mediation.desk.queries.agenda import Item, Kind, agenda
from mediation.desk.rules.agenda import Part, part_of
from mediation.desk.rules.routing import Seat, limit_on
from mediation.sla.words import METRICS
from mediation.web import case_words, desk_page, desk_words

PARTS: dict[Part, Any] = {
    Part.OVER: pgettext_lazy("agenda", "Over"),
    Part.TODAY: pgettext_lazy("agenda", "Today"),
    Part.WEEK: pgettext_lazy("agenda", "This week"),
    Part.LATER: pgettext_lazy("agenda", "Later"),
}


def context(user: User) -> dict[str, Any]:
    """Raises NotFound for who has no desk."""
    around = desk_page.beside(user, desk_page.AGENDA)
    now, items = clock.now(), agenda(user)
    lines: dict[Part, list[dict[str, Any]]] = {part: [] for part in Part}
    for item in items:
        lines[part_of(item.at, now, user.time_zone)].append(_line(item))
    return {
        **around,
        "parts": [{"name": part.value, "word": PARTS[part], "lines": lines[part]} for part in Part if lines[part]],
        "seat": _seat(routing.seats([user])[user.pk]) if user.role in MEDIATOR_ROLES else None,
    }


def _line(item: Item) -> dict[str, Any]:
    return {
        "at": item.at,
        "what": f"{_what(item)}, {item.who}" if item.who else _what(item),
        "about": item.about,
        "title": item.case.room.contract.title,
        "href": reverse("web:room", args=[item.case.room_id]),
    }


def _what(item: Item) -> str:
    if item.kind is Kind.SNOOZE:
        return _("Comes back to your queue")
    return str(METRICS[item.code] if item.kind is Kind.CLOCK else case_words.DEADLINES[item.code])


def _seat(seat: Seat) -> dict[str, Any]:
    """What an agent is told of what they can take."""
    languages = dict(settings.LANGUAGES)
    limit = limit_on(seat, clock.now().date())
    return {
        "is_away": seat.is_away,
        "load": seat.load,
        "limit": limit,
        "languages": ", ".join(str(languages[code]) for code in sorted(seat.languages) if code in languages)
        or _("all"),
        "tracks": ", ".join(str(desk_words.TRACKS[code]) for code in sorted(seat.tracks)) or _("all"),
        "is_growing": limit is not None and limit != seat.capacity,
        "capacity": seat.capacity,
    }
