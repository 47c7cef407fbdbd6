"""What the help centre is worth, folded from plain facts: sessions, what was asked and shown, and whoever came anyway.

A session counts once its `WINDOW` is over: nobody who still may come is counted as helped. Until then it is `waiting`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt
from uuid import UUID

WINDOW = timedelta(hours=72)
DEFLECTED_AFTER = timedelta(hours=24)
FEW = 100
_Z = 1.959964
SOLVED, NOT_QUITE, PERSON = "solved", "not_quite", "person"
FILING, BOT = "filing", "bot"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question; `article` is the address of the one that was shown on its own, if any was."""

    id: UUID
    at: datetime
    article: str | None = None
    verdict: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """What one person asked in one go, oldest first, at least once; `contacts`: when they came to Upwork later.
    `handed_over_at`: when the assistant, or whoever asked, gave it to a person.
    """

    id: UUID
    place: str
    language: str
    audience: str
    began_at: datetime
    asks: tuple[Asked, ...]
    contacts: tuple[datetime, ...] = ()
    handed_over_at: datetime | None = None


class Outcome(StrEnum):
    """How a session ended; each has exactly one."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    SILENT = "silent"
    FAILED = "failed"
    HANDED_OVER = "handed_over"
    CAME_ANYWAY = "came_anyway"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; the Wilson bounds (95 %) are there where the whole is small."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        return wilson(self.part, self.whole) if 0 < self.whole < FEW else None


@dataclass(frozen=True, slots=True)
class Figures:
    """`counts` has every name of `MEMBERS`; the shares are made of them."""

    asked: int
    counts: Mapping[str, int]

    @property
    def resolution(self) -> Share:
        return Share(self.counts["resolved"], self.counts["over"])

    @property
    def confirmed(self) -> Share:
        return Share(self.counts["confirmed"], self.counts["over"])

    @property
    def silent(self) -> Share:
        return Share(self.counts["silent"], self.counts["over"])

    @property
    def deflection(self) -> Share:
        return Share(self.counts["deflected"], self.counts["contacting"])

    @property
    def bot(self) -> Share:
        return Share(self.counts["bot_resolved"], self.counts["bot_over"])


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Between what the share lies with 95 % certainty. `whole` is not zero."""
    share, square = part / whole, _Z * _Z
    middle = share + square / (2 * whole)
    reach = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    return max(0.0, (middle - reach) / (1 + square / whole)), min(1.0, (middle + reach) / (1 + square / whole))


def has_answer(session: Session) -> bool:
    return any(one.article for one in session.asks)


def came(session: Session, within: timedelta) -> bool:
    """Whether they came to Upwork from the first question until so long after the last."""
    return any(session.began_at <= at <= session.asks[-1].at + within for at in session.contacts)


def is_over(session: Session, now: datetime, window: timedelta = WINDOW) -> bool:
    return now > session.asks[-1].at + window


def outcome(session: Session, now: datetime) -> Outcome:
    """The last word that was said counts; where nothing was said, whether they came anyway."""
    if not is_over(session, now):
        return Outcome.WAITING
    last = _last_word(session)
    if last == PERSON:
        return Outcome.HANDED_OVER
    if not has_answer(session):
        return Outcome.UNANSWERED
    if last:
        return Outcome.CONFIRMED if last == SOLVED else Outcome.FAILED
    return Outcome.CAME_ANYWAY if came(session, WINDOW) else Outcome.SILENT


def is_handed_over(session: Session) -> bool:
    return session.handed_over_at is not None or any(one.verdict == PERSON for one in session.asks)


def _last_word(session: Session) -> str:
    said = [(one.said_at or one.at, one.verdict) for one in session.asks if one.verdict]
    said += [(session.handed_over_at, PERSON)] if session.handed_over_at else []
    return max(said)[1] if said else ""


def _ends_as(wanted: Outcome) -> Callable[[Session, datetime], bool]:
    return lambda session, now: outcome(session, now) is wanted


def _resolved(session: Session, now: datetime) -> bool:
    return outcome(session, now) in (Outcome.CONFIRMED, Outcome.SILENT)


def _contacting(session: Session, now: datetime) -> bool:
    return session.place == FILING and is_over(session, now, DEFLECTED_AFTER)


def _deflected(session: Session, now: datetime) -> bool:
    """Somebody who set out to contact Upwork, saw an answer, and opened nothing in a day."""
    opened = is_handed_over(session) or came(session, DEFLECTED_AFTER)
    return _contacting(session, now) and has_answer(session) and not opened


def _bot_over(session: Session, now: datetime) -> bool:
    return session.place == BOT and is_over(session, now)


def _bot_resolved(session: Session, now: datetime) -> bool:
    return _bot_over(session, now) and not is_handed_over(session) and not came(session, WINDOW)


# A number is the number of these sessions, and what it drills down to are their questions.
MEMBERS: Mapping[str, Callable[[Session, datetime], bool]] = {
    "sessions": lambda session, now: True,
    "shown": lambda session, now: has_answer(session),
    "over": is_over,
    **{one.value: _ends_as(one) for one in Outcome},
    "resolved": _resolved,
    "contacting": _contacting,
    "deflected": _deflected,
    "bot_over": _bot_over,
    "bot_resolved": _bot_resolved,
}


def fold(sessions: Iterable[Session], now: datetime) -> Figures:
    """The figures of a group of sessions at a moment."""
    kept = list(sessions)
    counts = {name: sum(1 for one in kept if belongs(one, now)) for name, belongs in MEMBERS.items()}
    return Figures(sum(len(one.asks) for one in kept), counts)


def by_article(sessions: Iterable[Session]) -> dict[str, list[Session]]:
    """Each question that an article was shown for, as a session of its own: what became of the article's answers."""
    found: dict[str, list[Session]] = {}
    for one in sessions:
        for ask in one.asks:
            if ask.article:
                handed = one.handed_over_at if ask is one.asks[-1] else None
                alone = replace(one, began_at=ask.at, asks=(ask,), handed_over_at=handed)
                found.setdefault(ask.article, []).append(alone)
    return found


DIMENSIONS: Mapping[str, Callable[[Session], str]] = {
    "place": lambda session: session.place,
    "language": lambda session: session.language,
    "audience": lambda session: session.audience,
}


def grouped(sessions: Iterable[Session], by: str) -> dict[str, list[Session]]:
    """Sessions by one of `DIMENSIONS`, or by `article`; what a group is called comes in order."""
    if by == "article":
        return dict(sorted(by_article(sessions).items()))
    found: dict[str, list[Session]] = {}
    for one in sessions:
        found.setdefault(DIMENSIONS[by](one), []).append(one)
    return dict(sorted(found.items()))
