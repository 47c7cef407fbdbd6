"""What must hold of a log whatever happened to the machine. Each raises AssertionError that says what is wrong.

The checkers are themselves checked: `test_checkers.py` plants each fault and sees the checker turn red.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from mediation.conversations.models import Message, Thread
from mediation.events.models import Event


def check_gapless(topic: UUID) -> None:
    """R-03: the thread's events are 1..n, in the order in which they were written, and the head says n."""
    seqs = list(Event.objects.filter(topic_id=topic).order_by("id").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1)), f"{topic} is not gapless in commit order: {seqs[-20:]}"
    head = Thread.objects.values_list("head_seq", flat=True).get(pk=topic)
    assert head == len(seqs), f"{topic} has the head {head} and {len(seqs)} events"


def check_one_event_each(topic: UUID) -> None:
    """A message is there if and only if the event of its sending is."""
    messages = set(Message.objects.filter(thread=topic, kind="text").values_list("seq", flat=True))
    sent = set(Event.objects.filter(topic_id=topic, type="message.sent").values_list("seq", flat=True))
    assert messages == sent, f"messages without event {messages - sent}, events without message {sent - messages}"


def check_none_lost(acked: Mapping[str, tuple[UUID, int]]) -> None:
    """R-01: every acknowledged message (client id → thread, seq) is stored where the acknowledgement said."""
    stored = {
        str(client_id): (thread, seq)
        for client_id, thread, seq in Message.objects.exclude(client_id=None).values_list(
            "client_id", "thread_id", "seq"
        )
    }
    lost = {client_id: place for client_id, place in acked.items() if stored.get(client_id) != place}
    assert not lost, f"{len(lost)} acknowledged messages are not where they were said to be: {list(lost.items())[:5]}"


def check_none_doubled(client_ids: Iterable[str]) -> None:
    """R-02: however often it was sent, a message is stored once."""
    wanted = set(client_ids)
    counts = Counter(str(one) for one in Message.objects.exclude(client_id=None).values_list("client_id", flat=True))
    doubled = {one: count for one, count in counts.items() if one in wanted and count > 1}
    assert not doubled, f"stored more than once: {doubled}"


def check_complete_view(seen: Sequence[int], head: int) -> None:
    """R-04: a viewer ends with exactly 1..n, in order, each once."""
    assert list(seen) == list(range(1, head + 1)), f"seen {len(seen)} of {head}, not in order or not each once"


def check_never_locked(log: str) -> None:
    """O-10: on SQLite nobody is ever told that the database is locked."""
    assert "database is locked" not in log, "the database was locked"
    assert "A command met OperationalError" not in log, "a send, or another command, had to be tried again"
