"""What goes into a send and what comes out of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mediation.core.errors import Refused


@dataclass(frozen=True, slots=True)
class Send:
    """A message somebody wants to send. `client_id` is made by the client; `seen` is the newest seq it had shown."""

    author_id: UUID
    thread_id: UUID
    client_id: UUID
    body: str
    reply_to_seq: int | None = None
    mentions: tuple[UUID, ...] = ()
    files: tuple[UUID, ...] = ()
    seen: int | None = None
    confirmed: bool = False

    @property
    def key(self) -> tuple[UUID, UUID]:
        """What makes a retry the same message."""
        return self.author_id, self.client_id


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that is stored. `repeated`: it already was, and this is the first result."""

    thread_id: UUID
    seq: int
    client_id: UUID
    at: datetime
    repeated: bool = False


@dataclass(slots=True)
class LockedThread:
    """A thread whose row this transaction holds; `head` moves as messages are given their seq."""

    id: UUID
    room_id: UUID
    audience: str
    head: int


@dataclass(frozen=True, slots=True)
class Right:
    """What an author who may read a thread may do in it. `silence`: why they may not write there just now."""

    may_write: bool
    is_staff: bool
    silence: Refused | None = None
