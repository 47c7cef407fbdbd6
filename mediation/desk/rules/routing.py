"""Which agent a case suits, and why not. Pure; the day is passed in.

A case weighs points, an agent carries so many of them. What a profile leaves empty limits nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

USUAL_WEIGHT = 10


class Miss(StrEnum):
    """Why a case is not for an agent, in the order in which it is said."""

    AWAY = "away"
    CONFLICT = "conflict"
    LANGUAGE = "language"
    TRACK = "track"
    VALUE = "value"
    RAMP = "ramp"  # too much for somebody who has just begun
    FULL = "full"
    DECLINED = "declined"  # they said "not now" a little while ago


@dataclass(frozen=True, slots=True)
class Seat:
    """What an agent can take and what they carry. `value_limit_minor` is in minor units of the case's currency,
    whatever that is; `capacity` and `load` are in points.
    """

    languages: frozenset[str] = frozenset()
    tracks: frozenset[str] = frozenset()
    value_limit_minor: int | None = None
    capacity: int | None = None
    begins_on: date | None = None
    ramp_days: int = 0
    is_away: bool = False
    load: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a case asks of an agent. Without a claim its track is `rules.views.NO_CLAIM` and its amount 0."""

    language: str
    track: str
    amount_minor: int
    weight: int
    conflict: str = "clear"


@dataclass(frozen=True, slots=True)
class Fit:
    """How an agent suits a case: `misses` says why not. `limit` is what they may carry today, None for no limit."""

    misses: tuple[Miss, ...]
    load: int
    limit: int | None

    @property
    def is_good(self) -> bool:
        return not self.misses

    @property
    def order(self) -> tuple[bool, int, float]:
        """Who suits comes first, then whom least speaks against, then who carries least of what they can."""
        return not self.is_good, len(self.misses), self.load / self.limit if self.limit else self.load / 1_000


def fit(seat: Seat, wanted: Wanted, today: date) -> Fit:
    """Whether the case is for this agent today."""
    limit = limit_on(seat, today)
    heavy = seat.load + wanted.weight
    said = {
        Miss.AWAY: seat.is_away,
        Miss.CONFLICT: wanted.conflict != "clear",
        Miss.LANGUAGE: bool(seat.languages) and wanted.language not in seat.languages,
        Miss.TRACK: bool(seat.tracks) and wanted.track not in seat.tracks,
        Miss.VALUE: seat.value_limit_minor is not None and wanted.amount_minor > seat.value_limit_minor,
        Miss.RAMP: limit is not None and limit < heavy <= (seat.capacity or 0),
        Miss.FULL: seat.capacity is not None and heavy > seat.capacity,
    }
    return Fit(tuple(miss for miss in Miss if said.get(miss)), seat.load, limit)


def limit_on(seat: Seat, today: date) -> int | None:
    """The points an agent may carry on a day. Who begins has room for one case on the first day, and for everything
    after `ramp_days`; in between it grows by the day. Nobody carries anything before they begin.
    """
    if seat.capacity is None or seat.begins_on is None:
        return seat.capacity
    days = (today - seat.begins_on).days
    if days < 0:
        return 0
    if days >= seat.ramp_days:
        return seat.capacity
    return min(seat.capacity, max(USUAL_WEIGHT, seat.capacity * days // seat.ramp_days))


def weight(track: str, phase: str, weights: Mapping[tuple[str, str], int]) -> int:
    """How heavy a case is: what is said of its track and phase, else of its track, else what is usual."""
    return weights.get((track, phase), weights.get((track, ""), USUAL_WEIGHT))


def most_said(fits: Iterable[Fit]) -> list[tuple[Miss, int]]:
    """Why several cases are not for somebody: the first reason of each, with how often; the most frequent first."""
    first = [one.misses[0] for one in fits if one.misses]
    return sorted(((miss, first.count(miss)) for miss in Miss if miss in first), key=lambda one: -one[1])
