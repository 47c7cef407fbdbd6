"""The writer: all sends that came in while the previous commit was under way go into the next one, together.

Each gets its own answer, after the commit. One thread with its own connection; nothing else runs there.
"""

import asyncio
from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from mediation.conversations.actions.send import Send, Sent, send_messages
from mediation.conversations.errors import ThreadHeld
from mediation.core.clock import iso
from mediation.core.errors import Refused, Unavailable
from mediation.live import frames
from mediation.live.gather import Gatherer
from mediation.live.protocol import SendMessage

if TYPE_CHECKING:
    from mediation.live.socket import Socket

Item = tuple["Socket", SendMessage]
QUEUE = 4_096


class _Sends(Gatherer[Item]):
    """Takes `(socket, command)` and answers the socket."""

    batch_limit = 128

    def prepare(self, batch: list[Item]) -> list[Send]:
        return [
            Send(
                socket.user_id, said.thread, said.cid, said.text, said.reply_to, said.mentions, said.files, said.seen,
                said.confirmed,
            )
            for socket, said in batch
        ]  # fmt: skip

    def work(self, job: list[Send]) -> list[Sent | Refused]:
        return send_messages(job)

    def finish(self, batch: list[Item], result: list[Sent | Refused]) -> None:
        for (socket, said), answer in zip(batch, result, strict=True):
            if isinstance(answer, Refused):
                socket.send(frames.refused(said.cid, answer))
            else:
                socket.send(frames.ack(said.cid, answer.thread_id, answer.seq, iso(answer.at)))

    def fail(self, batch: list[Item], error: Exception) -> None:
        super().fail(batch, error)
        for socket, said in batch:
            socket.send(frames.refused(said.cid, Unavailable()))


class PatientWriter(_Sends):
    """Sends to threads whose row somebody holds. `threads` counts what waits or is under way for each."""

    name = "patient-writer"

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.threads: Counter[UUID] = Counter()

    def add(self, item: Item) -> None:
        self.threads[item[1].thread] += 1
        super().add(item)

    def work(self, job: list[Send]) -> list[Sent | Refused]:
        return send_messages(job)

    def finish(self, batch: list[Item], result: list[Sent | Refused]) -> None:
        self._forget(batch)
        super().finish(batch, result)

    def fail(self, batch: list[Item], error: Exception) -> None:
        self._forget(batch)
        super().fail(batch, error)

    def _forget(self, batch: list[Item]) -> None:
        self.threads -= Counter(said.thread for _, said in batch)


class Writer(_Sends):
    """Never waits for a thread's row: what would have to goes to the patient one, and holds up nobody else."""

    name = "writer"

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.patient = PatientWriter(loop)

    @property
    def is_full(self) -> bool:
        return len(self.waiting) + len(self.patient.waiting) >= QUEUE

    def add(self, item: Item) -> None:
        # Behind what already waits for the same thread, so that one person's messages keep their order.
        if item[1].thread in self.patient.threads:
            self.patient.add(item)
        else:
            super().add(item)

    def work(self, job: list[Send]) -> list[Sent | Refused]:
        return send_messages(job, wait=False)

    def finish(self, batch: list[Item], result: list[Sent | Refused]) -> None:
        done = [(item, answer) for item, answer in zip(batch, result, strict=True) if not self._is_held(item, answer)]
        super().finish([item for item, _ in done], [answer for _, answer in done])

    def _is_held(self, item: Item, answer: Sent | Refused) -> bool:
        if not isinstance(answer, ThreadHeld):
            return False
        self.patient.add(item)
        return True

    def _start(self) -> None:
        # What came for a held thread in the meantime goes behind it.
        if self.patient.threads:
            for item in [item for item in self.waiting if item[1].thread in self.patient.threads]:
                self.waiting.remove(item)
                self.patient.add(item)
        super()._start()

    def stop(self) -> None:
        super().stop()
        self.patient.stop()
