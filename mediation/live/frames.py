"""What the server says. A frame is encoded once and its bytes are shared by every socket that gets it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from mediation.core.errors import Refused


class Frame:
    """One outgoing text frame: the JSON, and the same ready for the wire (unmasked, uncompressed)."""

    __slots__ = ("_text", "payload", "wire")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self.wire = _header(len(payload)) + payload
        self._text: str | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = self.payload.decode()
        return self._text


def _header(length: int) -> bytes:
    if length < 126:
        return bytes((0x81, length))
    if length < 65536:
        return b"\x81\x7e" + length.to_bytes(2, "big")
    return b"\x81\x7f" + length.to_bytes(8, "big")


def frame(t: str, **fields: Any) -> Frame:
    """A frame named `t`. Fields may be UUIDs, moments and anything JSON has."""
    return Frame(orjson.dumps({"t": t, **fields}))


def events(thread_id: UUID, room_id: UUID, encoded: Sequence[bytes]) -> Frame:
    """Consecutive events of one thread, each already encoded."""
    head = f'{{"t":"events","thread":"{thread_id}","room":"{room_id}","events":['.encode()
    return Frame(head + b",".join(encoded) + b"]}")


def ack(cid: UUID, thread_id: UUID, seq: int, at: str) -> Frame:
    """A message is stored, for good."""
    text = f'{{"t":"ack","cid":"{cid}","thread":"{thread_id}","seq":{seq},"id":"{thread_id}:{seq}","at":"{at}"}}'
    return Frame(text.encode())


def refused(cid: UUID | None, refusal: Refused) -> Frame:
    """A command was not done: why, and whether the same one may succeed later."""
    return frame("refused", cid=cid, **refusal.as_dict())


def error(code: str, message: object) -> Frame:
    """What arrived was not in the language."""
    return frame("error", code=code, message=str(message))


PONG = frame("pong")
SYNCED = frame("synced")
# Other rooms than before ask for a mediator. Which ones, the lists of staff ask for anew.
WAITING = frame("waiting")
