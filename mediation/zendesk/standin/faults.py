"""Faults that wait for a request: which ones it meets, and how often."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

What = Literal["lose_answer", "refuse_before", "status", "delay", "wrong_public", "fail_rows"]
WHATS = ("lose_answer", "refuse_before", "status", "delay", "wrong_public", "fail_rows")


@dataclass(slots=True)
class Fault:
    """`times` requests that fit meet it, after the first `after` of them; times 0 is for ever.

    lose_answer: applied, then the connection is cut. refuse_before: cut before it is applied.
    status: answered with `status`, `body`, `content_type`, `headers` and not applied. delay: `seconds` pass first.
    wrong_public: the comment is stored with the other `public`. fail_rows: the `rows` of a bulk job fail.
    """

    what: What
    method: str = ""
    path: str = ""
    times: int = 1
    after: int = 0
    status: int = 503
    body: Any = ""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    rows: list[int] = field(default_factory=list)
    met: int = 0
    is_spent: bool = False

    def fits(self, method: str, path: str) -> bool:
        return (not self.method or self.method.upper() == method) and bool(re.search(self.path, path))

    def meet(self) -> bool:
        """Count one request that fits; whether it is hit."""
        self.met += 1
        hit = self.met > self.after
        self.is_spent = bool(self.times) and self.met >= self.after + self.times
        return hit


def read(given: dict[str, Any]) -> Fault:
    """Raises ValueError with what is wrong."""
    if given.get("what") not in WHATS:
        raise ValueError(f"what must be one of: {', '.join(WHATS)}")
    try:
        fault = Fault(**given)
        re.compile(fault.path)
    except (TypeError, re.error) as trouble:
        raise ValueError(str(trouble)) from None
    return fault


def met_by(faults: list[Fault], method: str, path: str) -> list[Fault]:
    """Those that hit this request; spent ones are taken off the list."""
    hit = [fault for fault in list(faults) if fault.fits(method, path) and fault.meet()]
    faults[:] = [fault for fault in faults if not fault.is_spent]
    return hit


def shown(fault: Fault) -> dict[str, Any]:
    return asdict(fault)
