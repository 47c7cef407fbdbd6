"""The desk's knock: rows of the queue changed, or a team's room has a new line. The page asks for them itself, for each
reader's queue is another one.

Found by a look at the rows every second while somebody is here who could have the desk open: no process has to tell
another, and a change that the worker made is found like any other.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from mediation.desk.queries.changes import Change, Looked, recent, recent_lines
from mediation.live import frames
from mediation.live.hub.inbox import follows_desk, watches_waiting

if TYPE_CHECKING:
    from mediation.live.hub.hub import Hub


class Desk:
    """`look` runs in a thread of the fetcher, one at a time; `knock` on the loop."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self._seen: frozenset[Change] | None = None
        self._lines: frozenset[tuple[int, UUID]] | None = None

    def look(self) -> Looked:
        """What changed since the last look; nothing at the first."""
        found, lines = frozenset(recent()), frozenset(recent_lines())
        seen, self._seen = self._seen, found
        read, self._lines = self._lines, lines
        if seen is None or read is None:
            return Looked()
        return Looked(list(found - seen), sorted({team for _, team in lines - read}))

    def knock(self, looked: Looked) -> None:
        """Say which cases and whose, and whether one of them has no owner: enough to know if a queue is concerned. Of
        teams, which. A room whose case has other clocks than before asks for them anew.
        """
        said = []
        if changes := looked.rows:
            said.append(
                frames.frame(
                    "desk",
                    cases=sorted({change.case for change in changes}),
                    mediators=sorted({change.mediator for change in changes if change.mediator}),
                    is_unclaimed=any(change.is_unclaimed for change in changes),
                )
            )
        if looked.teams:
            said.append(frames.frame("team", teams=looked.teams))
        for socket in filter(follows_desk, tuple(self.hub.board.sockets)):
            for frame in said if watches_waiting(socket) else said[: bool(looked.rows)]:
                socket.send(frame)
