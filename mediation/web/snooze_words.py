"""Laying a case aside, in words: the choices, and what was chosen of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mediation.core import clock
from mediation.desk import audience
from mediation.desk.errors import BadMoment
from mediation.desk.rules.snoozes import Until, moment
from mediation.web import moments

UNTIL: dict[Until, Any] = {
    Until.SOON: _("For two hours"),
    Until.TOMORROW: _("Until tomorrow morning"),
    Until.MONDAY: _("Until Monday morning"),
    Until.WORD: _("Until a party writes or acts"),
    Until.OTHER: _("Until another moment"),
}


def choices(user: User) -> list[dict[str, Any]]:
    """Each with its moment in the reader's time, where it has one."""
    now = clock.now()
    found = {until: moment(until, now, user.time_zone) for until in UNTIL}
    return [
        {"value": until.value, "word": word, "at": moments.full(at) if (at := found[until]) else ""}
        for until, word in UNTIL.items()
    ]


def laying(user: User, dispute_id: UUID) -> dict[str, Any]:
    """The page that lays a case aside. Raises NotFound for who may not see it."""
    case = audience.row_of(user, dispute_id).dispute
    return {"case": case.pk, "title": case.room.contract.title, "until": choices(user)}


def chosen(post: Mapping[str, str], user: User) -> tuple[datetime | None, bool]:
    """The moment, None for none, and whether a word of a party comes before it. Raises BadMoment."""
    said = post.get("until", "")
    if said not in set(Until):
        raise BadMoment
    until = Until(said)
    if until is Until.WORD:
        return None, True
    at = _written(post.get("moment", "")) if until is Until.OTHER else moment(until, clock.now(), user.time_zone)
    return at, bool(post.get("on_word"))


def _written(text: str) -> datetime:
    """A wall clock of the reader's."""
    try:
        return timezone.make_aware(datetime.fromisoformat(text))
    except ValueError as problem:
        raise BadMoment from problem
