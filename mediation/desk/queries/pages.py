"""A page of a queue, and what stands beside it: written once for each kind of view, then asked with other values.

Pages go on after a key (due time, case), so that the last costs what the first does; counts stop at a limit. Whatever
the number of cases, the whole desk is one question to the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import DateTimeField, OuterRef, Subquery, Value

from accounts.models import User
from mediation.core import clock
from mediation.core.clock import from_iso, iso
from mediation.core.errors import Invalid
from mediation.core.prepared import Prepared, fetch_each
from mediation.desk import audience
from mediation.desk.models import QueueRow
from mediation.desk.queries import queue
from mediation.desk.queries.team_room import unseen
from mediation.desk.rules.views import MOST_TAGS, Queue, View
from mediation.sla.queries.shown import Shown
from mediation.sla.rules.face import face

PAGE = 50
MOST_COUNTED = 999
MOST_MATES = 12
# What stands for the values of a question that is written once.
_ME, _LAST = UUID(int=1), UUID(int=2)
_NOW, _AT = datetime(1, 1, 2, tzinfo=UTC), datetime(1, 1, 3, tzinfo=UTC)
_LANGUAGE = "\x01language"
_TAGS = tuple(f"\x01tag{number}" for number in range(MOST_TAGS))
_STANDS_FOR = {"me": _ME, "last": _LAST, "now": _NOW, "at": _AT, "language": _LANGUAGE} | {tag: tag for tag in _TAGS}
Asked = tuple[Prepared, Mapping[str, object]]


class Line(NamedTuple):
    """A case in a queue, with its contract and its people; by the names of the fields that they come from."""

    id: UUID
    order_at: datetime
    begins_at: datetime | None
    soon_at: datetime | None
    risk_at: datetime | None
    due_at: datetime | None
    metric: str
    priority: str
    track: str
    is_unclaimed: bool
    number: int | None
    has_claim: bool
    amount_minor: int
    currency: str
    problem: str
    state: str
    filer_is_client: bool
    asker_id: UUID | None
    room_id: UUID
    title: str
    filer: str
    respondent: str
    mediator_id: UUID | None
    mediator: str | None
    mediator_avatar: str | None
    mediator_role: str | None
    language: str
    until: datetime | None  # laid aside until then, in the queue of those

    def clock(self, now: datetime) -> Shown | None:
        """The clock that is due next, as it stands now."""
        if self.due_at is None:
            return None
        marks: tuple[Any, ...] = (self.begins_at, self.soon_at, self.risk_at, self.due_at)
        counted = marks if self.risk_at is not None else ()
        return Shown(self.metric, None, self.due_at, counted, face(counted, self.due_at, now))


_FIELDS = (
    "pk", "order_at", "begins_at", "soon_at", "risk_at", "due_at", "metric", "priority", "track", "is_unclaimed",
    "dispute__number", "dispute__has_claim", "dispute__amount_minor", "dispute__currency", "dispute__problem",
    "dispute__state", "dispute__filer_is_client", "dispute__asker", "dispute__room", "dispute__room__contract__title",
    "dispute__filer__name", "dispute__respondent__name", "mediator", "mediator__name", "mediator__avatar",
    "mediator__role", "speaker__language",
)  # fmt: skip


class Kept(NamedTuple):
    """A view that was kept, by the person or by one of their teams."""

    id: UUID
    name: str
    parameters: dict[str, str]
    team_id: UUID | None


class Mate(NamedTuple):
    """A colleague, and how many cases they have."""

    id: UUID
    name: str
    role: str
    avatar: str | None
    open_cases: int


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is what to ask for to go on; None where the queue ends."""

    lines: list[Line]
    after: str | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a queue: counts (`MOST_COUNTED` + 1 for more than that), views, colleagues, and how much is
    meant for the person and not seen yet.
    """

    counts: dict[Queue, int]
    mentions: int
    views: list[Kept]
    mates: list[Mate]


def page(user: User, view: View, *, after: str | None = None, size: int = PAGE) -> Page:
    """The next cases of a queue, by what is due next. Raises Invalid for an `after` that no page gave."""
    if not audience.is_at_desk(user):
        return Page([], None)
    return _page(fetch_each(_page_asked(user, view, after, size))[0], size)


def beside(user: User) -> Beside:
    """What stands beside whatever the desk shows."""
    return _beside(*fetch_each(*_beside_asked(user))) if audience.is_at_desk(user) else _NOTHING


def desk(user: User, view: View, *, after: str | None = None, size: int = PAGE) -> tuple[Page, Beside]:
    """Both. Raises Invalid for an `after` that no page gave."""
    if not audience.is_at_desk(user):
        return Page([], None), _NOTHING
    lines, *others = fetch_each(_page_asked(user, view, after, size), *_beside_asked(user))
    return _page(lines, size), _beside(*others)


def _page_asked(user: User, view: View, after: str | None, size: int) -> Asked:
    values: dict[str, object] = {"me": user.pk, "now": clock.now(), "language": view.language}
    if after:
        moment, _, key = after.partition("~")
        try:
            values |= {"at": from_iso(moment), "last": UUID(key)}
        except ValueError as problem:
            raise Invalid from problem
    written = _page_written if not view.words else _page_written.__wrapped__  # words are too many to keep
    tags = view.tags.split()
    values |= zip(_TAGS, tags, strict=False)
    kind = replace(view, language=view.language and _LANGUAGE, tags=" ".join(_TAGS[: len(tags)]))
    return written(user.role, kind, size, is_first=not after), values


@lru_cache(maxsize=512)
def _page_written(role: str, view: View, size: int, *, is_first: bool) -> Prepared:
    me = _somebody(role)
    found = queue.narrowed(queue.in_queue(me, view.queue, _NOW), view)
    if not is_first:
        found = queue.going_on(found, _AT, _LAST)
    until = (
        Subquery(queue.asleep_of(me, _NOW).filter(dispute=OuterRef("pk")).values("until"))
        if view.queue is Queue.SNOOZED
        else Value(None, output_field=DateTimeField())
    )
    # The page is found before its cases are read: joined first, all that colleagues have is read to show fifty.
    keys = found.order_by("order_at", "pk").values("pk")[: size + 1]
    lines = QueueRow.objects.filter(pk__in=keys).order_by("order_at", "pk")
    return Prepared(lines.values_list(*_FIELDS, until), **_STANDS_FOR)


def _page(rows: Any, size: int) -> Page:
    lines = [Line(*row) for row in rows[:size]]
    last = lines[-1] if len(rows) > size else None
    return Page(lines, f"{iso(last.order_at)}~{last.id}" if last else None)


def _beside_asked(user: User) -> list[Asked]:
    values = {"me": user.pk, "now": clock.now()}
    return [(written, values) for written in _beside_written(user.role, MOST_COUNTED + 1)]


@lru_cache
def _beside_written(role: str, most: int) -> tuple[Prepared, ...]:
    me = _somebody(role)
    sums = [queue.Counted(queue.countable(me, name, _NOW, most).values("pk")) for name in Queue]
    meant = queue.Counted(unseen(me).order_by().values("pk")[:most])
    counts = User.objects.filter(pk=me.pk).values_list(*sums, meant)
    views = audience.own_views(me).values_list("pk", "name", "parameters", "team")
    mates = queue.colleagues(me, most=most).values_list("pk", "name", "role", "avatar", "open_cases")[:MOST_MATES]  # type: ignore[misc]
    return tuple(Prepared(one, **_STANDS_FOR) for one in (counts, views, mates))


def _beside(counts: Any, views: Any, mates: Any) -> Beside:
    *found, mentions = counts[0]
    return Beside(
        dict(zip(Queue, found, strict=True)), mentions, [Kept(*one) for one in views], [Mate(*one) for one in mates]
    )


def _somebody(role: str) -> User:
    """Who stands for whoever asks."""
    return User(pk=_ME, role=role, is_active=True)


_NOTHING = Beside(dict.fromkeys(Queue, 0), 0, [], [])
