"""Where the pages say how a line of the system reads: its sentences are put together there, and a ticket repeats them.

A sayer is given the thread and the message's seq, and answers plain words in the language that is active.
"""

from collections.abc import Callable
from uuid import UUID

sayers: set[Callable[[UUID, int], str]] = set()


def say(thread_id: UUID, seq: int) -> str:
    """The sentence of a line; empty while nobody can say it."""
    return next((said for sayer in sayers if (said := sayer(thread_id, seq))), "")
