"""The facts that the figures are folded from: sessions of a period, and when their people came to Upwork."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.rules import Role
from mediation.conversations.models import HelpRequest, Message, Thread
from mediation.disputes.models import Performed
from mediation.help_center.models import Ask, HelpSession
from mediation.help_center.queries.answering import Kind
from mediation.help_center.rules import figures as rules

READERS = frozenset({Role.SUPERVISOR.value, Role.ANALYST.value, Role.ADMIN.value})
VISITOR, STAFF = "visitor", "staff"
Came = tuple[UUID, datetime]  # to which room, and when
_CAME = ("file", "ask_mediator")
_PRIVATE = (Thread.Audience.CAUCUS_CLIENT, Thread.Audience.CAUCUS_FREELANCER)


def may_read(user: User) -> bool:
    """Whether the figures are theirs to read, and the questions behind them."""
    return user.is_active and user.role in READERS


def sessions(begins: datetime, ends: datetime) -> list[rules.Session]:
    """What began in the period, oldest first; sessions without a question are none."""
    asks = Ask.objects.select_related("shown__article").order_by("at", "pk")
    within = HelpSession.objects.filter(began_at__gte=begins, began_at__lt=ends)
    found = within.select_related("person").prefetch_related(Prefetch("asks", asks)).order_by("began_at", "pk")
    came = _contacts(within, begins)
    return [_session(one, came) for one in found if one.asks.all()]


def questions(asked: list[UUID]) -> QuerySet[Ask]:
    """The questions themselves, newest first."""
    return Ask.objects.filter(pk__in=asked).select_related("shown__article", "session__person")


def audience_of(session: HelpSession) -> str:
    """Who asked: visitor, client, freelancer or staff."""
    if session.person is None:
        return VISITOR
    return STAFF if session.person.is_upwork_staff else session.person.role


def _session(one: HelpSession, came: dict[UUID, list[Came]]) -> rules.Session:
    asked = tuple(_asked(ask) for ask in one.asks.all())
    contacts = tuple(sorted(_on_it(one, came.get(one.person_id, ())))) if one.person_id else ()
    language = one.asks.all()[0].language
    return rules.Session(
        one.pk, one.place, language, audience_of(one), one.began_at, asked, contacts, one.handed_over_at
    )  # fmt: skip


def _on_it(one: HelpSession, came: Iterable[Came]) -> Iterator[datetime]:
    """What was asked in a room is about its contract; what was asked elsewhere may be about any."""
    return (at for room, at in came if one.room_id in (None, room))


def _asked(ask: Ask) -> rules.Asked:
    """A proposal (“is it one of these?”) is no answer."""
    shown = ask.shown if ask.kind == Kind.ARTICLE else None
    return rules.Asked(ask.pk, ask.at, shown.article.slug if shown else None, ask.verdict, ask.said_at)


def _contacts(within: QuerySet[HelpSession], begins: datetime) -> dict[UUID, list[Came]]:
    """When each person filed, asked for a mediator or wrote to Upwork in private; what they wrote is not read."""
    people = within.filter(person__isnull=False).values("person")
    told = [
        Performed.objects.filter(actor__in=people, command__in=_CAME, at__gte=begins).values_list(
            "actor", "dispute__room", "at"
        ),
        HelpRequest.objects.filter(asked_by__in=people, asked_at__gte=begins).values_list(
            "asked_by", "room", "asked_at"
        ),
        Message.objects.filter(author__in=people, thread__audience__in=_PRIVATE, created_at__gte=begins).values_list(
            "author", "thread__room", "created_at"
        ),
    ]
    found: dict[UUID, list[Came]] = defaultdict(list)
    for rows in told:
        for person, room, at in rows:
            found[person].append((room, at))
    return found
