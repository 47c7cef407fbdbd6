"""What stands in each queue, for whom, and what narrows it. `queries.pages` asks for it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from mediation.desk import audience
from mediation.desk.models import CaseTag, QueueRow, Snooze
from mediation.desk.rules.rows import Turn
from mediation.desk.rules.views import NO_CLAIM, Queue, View
from mediation.disputes.audience import READERS

_FOUND_BY = {Queue.LATE: ("order_at",), Queue.RISK: ("-risk_at",)}


def in_queue(user: User, queue: Queue, now: datetime) -> QuerySet[QueueRow]:
    """The cases of a queue that the user may see."""
    return audience.visible_rows(user).filter(_queues(user, now)[queue])


def narrowed(rows: QuerySet[QueueRow], view: View) -> QuerySet[QueueRow]:
    """Those of the rows that fit the filters of the view."""
    wanted = Q()
    if view.track:
        wanted &= Q(track="" if view.track == NO_CLAIM else view.track)
    if view.priority:
        wanted &= Q(priority=view.priority)
    if view.language:
        wanted &= Q(speaker__language=view.language)
    for tag in view.tags.split():
        wanted &= Q(Exists(CaseTag.objects.filter(dispute=OuterRef("pk"), name=tag)))
    for word in view.words.split():
        wanted &= _named(word)
    return rows.filter(wanted)


def going_on(rows: QuerySet[QueueRow], at: datetime, last: UUID) -> QuerySet[QueueRow]:
    """Those after a row. Its moment is said twice, so that the index is entered there and not at its beginning."""
    return rows.filter(Q(order_at__gt=at) | Q(order_at=at, pk__gt=last), order_at__gte=at)


def asleep_of(user: User, now: datetime) -> QuerySet[Snooze]:
    """What the agent has laid aside and is not due yet, also before a sweep has come by."""
    return Snooze.objects.filter(Q(until__isnull=True) | Q(until__gt=now), mediator=user)


def colleagues(user: User, *, most: int) -> QuerySet[User]:
    """Who shares a team with the user, each with `open_cases`; those with the fewest first."""
    theirs = QueueRow.objects.filter(mediator=OuterRef("pk"), is_open=True).values("pk")
    shared = Exists(User.teams.through.objects.filter(user=OuterRef("pk"), team__in=user.teams.all()))
    mates = User.objects.filter(shared, is_active=True, role__in=READERS).exclude(pk=user.pk)
    return mates.annotate(open_cases=Counted(theirs[:most])).order_by(F("open_cases"), "name")


def countable(user: User, queue: Queue, now: datetime, most: int) -> QuerySet[QueueRow]:
    """The cases of a queue up to a number, in the order in which an index finds them without reading the others."""
    return in_queue(user, queue, now).order_by(*_FOUND_BY.get(queue, ()))[:most]


class Counted(Subquery):
    """The number of rows of a query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def _queues(user: User, now: datetime) -> Mapping[Queue, Q]:
    """What stands in each queue. Ours are the cases of which somebody at Upwork is the owner."""
    own = Q(mediator=user)
    asleep = Q(Exists(asleep_of(user, now).filter(dispute=OuterRef("pk"))))
    mine = own & ~asleep
    decides = ~Q(decision="") & Q(decision__in=audience.decisions(user))  # the first is what the index says
    mates = User.objects.filter(teams__in=user.teams.all()).exclude(pk=user.pk)
    return {
        Queue.UNCLAIMED: Q(is_unclaimed=True),
        Queue.MINE: mine,
        Queue.ON_ME: mine & Q(turn=Turn.UPWORK.value),
        Queue.TEAM: Q(mediator__in=mates.values("pk")),
        Queue.DECIDE: decides,
        Queue.LATE: Q(order_at__lt=now),
        Queue.RISK: Q(order_at__gte=now, risk_at__lte=now),
        Queue.OPEN: Q(),
        Queue.SNOOZED: own & asleep,
    }


def _named(word: str) -> Q:
    """The number of the case, or a part of its contract's title or of a party's name."""
    named = Q(dispute__room__contract__title__icontains=word)
    named |= Q(dispute__filer__name__icontains=word) | Q(dispute__respondent__name__icontains=word)
    return named | Q(dispute__number=int(word)) if word.isascii() and word.isdecimal() and len(word) < 19 else named
