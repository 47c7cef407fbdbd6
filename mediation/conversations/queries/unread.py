"""What one reader has and has not read."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mediation.conversations.audience import Person
from mediation.conversations.models import Message, ReadMark, Thread
from mediation.conversations.rules import news
from mediation.core import sql

MOST_COUNTED = 100  # the interface says 99+; counting further would cost more the less somebody reads

# `_unread_messages` in plain SQL, for a person who has read a thread up to `after`.
UNREAD = f"""
    SELECT 1 FROM conversations_message m
    WHERE m.thread_id = {{thread}} AND m.seq > {{after}}
    AND (m.kind = 'text' OR m.code LIKE '{news.PREFIX}%%')
    AND (m.author_id IS NULL OR m.author_id <> {{person}})
    ORDER BY m.seq LIMIT {MOST_COUNTED}"""  # noqa: S608 (a number and our own names)
COUNTED = f"(SELECT COUNT(*) FROM ({UNREAD}) AS counted)"  # noqa: S608 (the same)
_MARKS = {"person": "uuid", "thread": "uuid", "after": "int"}
_COUNT = "SELECT given.person, given.thread, {count} FROM {given}"


class CountedRows(Subquery):
    """How many rows a sliced subquery has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def with_reading(threads: QuerySet[Thread], person: Person) -> QuerySet[Thread]:
    """The threads with `my_seq`, how far the person has read, and `unread`, at most MOST_COUNTED.

    Unread are other people's messages after that, removed ones too: their place is still news. Of the system's lines
    only those are that are news.
    """
    mark = ReadMark.objects.filter(thread=OuterRef("pk"), user=person.id).values("seq")[:1]
    counted = CountedRows(_unread_messages(person).values("pk")[:MOST_COUNTED])
    return threads.annotate(my_seq=Coalesce(Subquery(mark), 0)).annotate(unread=counted)


def _unread_messages(person: Person) -> QuerySet[Message]:
    """The unread messages of the thread outside, which must have `my_seq`.

    In order, so that a count that stops reads no more than it counts.
    """
    after = Message.objects.filter(thread=OuterRef("pk"), seq__gt=OuterRef("my_seq"))
    counted = Q(kind=Message.Kind.TEXT.value) | Q(code__startswith=news.PREFIX)
    return after.filter(counted).exclude(author=person.id).order_by("seq")


def count_unread(marks: Collection[tuple[UUID, UUID, int]]) -> dict[tuple[UUID, UUID], int]:
    """For many `(person, thread, how far they have read)` at once: how much is unread, by person and thread."""
    if not marks:
        return {}
    count = COUNTED.format(person="given.person", thread="given.thread", after="given.after")
    rows = sql.fetch(_COUNT.format(count=count, given=sql.table(_MARKS, marks)), sql.cells(_MARKS, marks))
    return {(sql.as_uuid(person), sql.as_uuid(thread)): count for person, thread, count in rows}
