"""One open socket: takes frames, keeps to the limits, remembers what it has been given."""

from collections import deque
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.queries import UserIdentity
from mediation.core.errors import Refused, TooMany
from mediation.core.rates import Bucket
from mediation.live import frames
from mediation.live import protocol as p
from mediation.live.commands import SessionEnded
from mediation.live.frames import Frame

if TYPE_CHECKING:
    from mediation.live.hub.hub import Hub

EARLY_FRAMES = 64
FRAMES_AT_ONCE = 300
FRAMES_PER_SECOND = 100


class Outlet(Protocol):
    """The way out to the client."""

    def send(self, frame: Frame) -> None: ...

    def close(self, code: int) -> None: ...


class Socket:
    """Loop only. `given` maps each thread it may read to the last seq it was given."""

    __slots__ = (
        "__weakref__", "_early", "_frames", "_window", "_window_bytes", "applied", "asked_room", "cursors",
        "epoch", "given", "hub", "is_catching_up", "is_closed", "is_known", "is_outsider", "is_staff", "is_suspended",
        "is_synced", "is_welcomed", "language", "name", "outlet", "pushed", "role", "room_id", "said_hello",
        "session_asked_at", "session_due_at", "session_key", "strikes", "stuck_since", "typing_in", "user_id",
    )  # fmt: skip

    def __init__(self, hub: "Hub", outlet: Outlet, session_key: str) -> None:
        self.hub = hub
        self.outlet = outlet
        self.session_key = session_key
        self.user_id: UUID = UUID(int=0)
        self.role = self.name = self.language = ""
        self.is_known = self.is_closed = self.is_welcomed = self.is_synced = self.said_hello = False
        self.is_staff = self.is_outsider = self.is_suspended = self.is_catching_up = False
        self.session_asked_at = 0.0
        self.session_due_at = float("inf")
        self.asked_room: UUID | None = None
        self.room_id: UUID | None = None
        self.epoch: str | None = None
        self.cursors: dict[UUID, int] = {}
        self.given: dict[UUID, int] = {}
        self.pushed = self.applied = 0
        self.stuck_since = 0.0
        self.strikes = 0
        self.typing_in: set[UUID] = set()
        self._early: list[bytes | str] | None = []
        self._window: deque[tuple[int, int]] = deque()
        self._window_bytes = 0
        # Nobody is cut off for frames who keeps within the rate of sends, however high that is set.
        self._frames = Bucket(
            max(FRAMES_AT_ONCE, 2 * settings.LIVE_SEND_BURST),
            max(FRAMES_PER_SECOND, 2 * settings.LIVE_SEND_PER_MINUTE / 60),
        )

    # --- In
    def hear(self, said: bytes | str) -> None:
        """A frame came in. Never raises."""
        if self.is_closed:
            return
        if self._early is not None:
            self._early.append(said)
            if len(self._early) > EARLY_FRAMES:
                self.close(p.TOO_FAST)
            return
        if not self._frames.take(self.hub.loop.time()):
            self.close(p.TOO_FAST)
            return
        try:
            command = p.decode(said)
        except p.Malformed as problem:
            self._strike(problem)
            return
        self._take(command)

    def hear_early(self) -> None:
        """The session is known: take what was said in the meantime."""
        early, self._early = self._early, None
        for said in early or ():
            self.hear(said)

    def _take(self, command: p.Command) -> None:
        if isinstance(command, p.Hello):
            self._hello(command)
        elif not self.said_hello:
            self._strike(p.Malformed("hello.first", _("Say hello first.")))
        elif isinstance(command, p.SendMessage):
            self._send_message(command)
        elif isinstance(command, p.Applied):
            self._applied(command.n)
        elif isinstance(command, p.Ping):
            self.send(frames.PONG)
        elif isinstance(command, p.Typing):
            self.hub.presence.typing(self, command.thread, on=command.on)
            self.hub.colleagues.types(self, command.thread, on=command.on)
        elif isinstance(command, p.Holds):
            self.hub.colleagues.holds(self, command.thread, on=command.on)
        elif self.hub.is_draining or not self.hub.lanes.add(self, command):
            self.refuse(getattr(command, "cid", None), TooMany(code="busy"))

    def _hello(self, said: p.Hello) -> None:
        if self.said_hello or said.v != p.VERSION:
            self._strike(p.Malformed("hello", _("Hello is said once, in version 1. Reload the page.")))
            return
        self.said_hello = True
        self.asked_room, self.epoch, self.cursors = said.room, said.epoch, said.cursors
        self.hub.welcomes.add(self)

    def _send_message(self, said: p.SendMessage) -> None:
        if self.hub.is_draining or self.hub.writer.is_full:
            self.refuse(said.cid, TooMany(code="busy"))
        elif not self.hub.may_send(self.user_id):
            self.refuse(said.cid, TooMany())
        else:
            self.hub.writer.add((self, said))

    def _applied(self, count: int) -> None:
        if count > self.pushed:
            self._strike(p.Malformed("applied", _("That is more than was given.")))
            return
        window = self._window
        while window and window[0][0] <= count:
            self._window_bytes -= window.popleft()[1]
        if count > self.applied:
            self.applied = count
            if self.stuck_since:
                self.stuck_since = 0.0
                self.hub.delivery.lag(self)

    def _strike(self, problem: p.Malformed) -> None:
        self.strikes += 1
        with translation.override(self.language or None):
            message = str(problem.message)
        if problem.cid is not None:
            self.send(
                frames.frame("refused", cid=problem.cid, code=problem.code, message=message, retry=False, detail={})
            )
        self.send(frames.error(problem.code, message))
        if self.strikes >= p.STRIKES:
            self.close(p.BAD_PROTOCOL)

    # --- Out
    def send(self, frame: Frame) -> None:
        if not self.is_closed:
            self.outlet.send(frame)

    def refuse(self, cid: UUID | None, refusal: Refused) -> None:
        with translation.override(self.language or None):
            self.send(frames.refused(cid, refusal))

    def done(self, command: p.Command, result: dict[str, Any] | Refused) -> None:
        """A command has been performed, or not."""
        cid = getattr(command, "cid", None)
        if isinstance(result, SessionEnded):
            self.close(p.SESSION_ENDED)
        elif isinstance(result, Refused):
            self.refuse(cid, result)
        elif cid is not None:
            self.send(frames.frame("ack", cid=cid, **result))
        elif isinstance(command, p.MarkRead):
            self.hub.has_read(self, command.thread, result["seq"])
        elif isinstance(command, p.Look) and self.room_id is None:
            self.hub.colleagues.look(self, result["room"], result["threads"])
        elif isinstance(command, p.Watch) and self.room_id is None:
            self.hub.colleagues.watch(self, result["rows"])

    def close(self, code: int) -> None:
        if not self.is_closed:
            self.is_closed = True
            self.outlet.close(code)
            self.gone()

    def gone(self) -> None:
        """The connection is over, whoever ended it."""
        self.is_closed = True
        if self.is_known:
            self.is_known = False
            self.hub.leave(self)

    # --- What it has been given
    def known_as(self, identity: UserIdentity) -> None:
        self.user_id, self.role = identity.id, identity.role
        self.name, self.language = identity.name, identity.language
        self.is_known = True

    def begin_at(self, heads: dict[UUID, int], epoch: str) -> str:
        """Start each thread after the client's cursor; returns the epoch to tell. A client of another epoch, or with a
        cursor that the log does not reach (a restore), starts anew: it is told an epoch that it does not know.
        """
        is_other = self.epoch not in (None, epoch)
        self.epoch = epoch
        if not is_other and any(self.cursors.get(thread, 0) > head for thread, head in heads.items()):
            is_other, epoch = True, f"{epoch}-again"
        self.given = {thread: 0 if is_other else self.cursors.get(thread, 0) for thread in heads}
        self.cursors = {}
        return epoch

    def room_left(self) -> int:
        """How many more events the socket may be given before it says that it has applied some."""
        left = p.WINDOW_EVENTS - (self.pushed - self.applied) if self._window_bytes < p.WINDOW_BYTES else 0
        if left <= 0 and not self.stuck_since:
            self.stuck_since = self.hub.loop.time()
        return left

    def may_take(self, events: int) -> bool:
        return self.is_welcomed and not self.is_suspended and not self.is_catching_up and events <= self.room_left()

    def give(self, thread: UUID, last: int, events: int, frame: Frame) -> None:
        """Hand over the events of `thread` up to `last`."""
        self.given[thread] = last
        self.pushed += events
        size = len(frame.payload)
        self._window.append((self.pushed, size))
        self._window_bytes += size
        self.send(frame)
