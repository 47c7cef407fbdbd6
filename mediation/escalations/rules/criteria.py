"""Whom the executive desk takes: each criterion with its result, so that who refers somebody sees why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mediation.sla.rules.policies import SEGMENTS


class Criterion(StrEnum):
    JOB_VALUE = "job_value"
    WEB_PRESENCE = "web_presence"
    SEGMENT = "segment"
    LONG_TERM = "long_term"


class Result(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of a client. None, an empty segment and False ask for nothing. Sums are minor units."""

    least_value_minor: int | None = 250_000
    currency: str = "USD"
    asks_web_presence: bool = True
    least_segment: str = "SB"
    asks_long_term: bool = True


@dataclass(frozen=True, slots=True)
class Client:
    """What is known of a client; None and an empty segment are not known."""

    value_minor: int | None = None
    currency: str = "USD"
    has_web_presence: bool | None = None
    segment: str = ""
    is_long_term: bool | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    criterion: Criterion
    result: Result


def judge(terms: Terms, client: Client) -> tuple[Judged, ...]:
    """The result of each criterion that is asked for, in their order."""
    return tuple(Judged(criterion, result) for criterion, result in _results(terms, client))


def verdict(judged: Iterable[Judged]) -> Result:
    """All together: not met as soon as one is not, unknown as long as one is."""
    results = {one.result for one in judged}
    if Result.NOT_MET in results:
        return Result.NOT_MET
    return Result.UNKNOWN if Result.UNKNOWN in results else Result.MET


def _results(terms: Terms, client: Client) -> Iterator[tuple[Criterion, Result]]:
    if terms.least_value_minor is not None:
        is_comparable = client.value_minor is not None and client.currency == terms.currency
        reaches = (client.value_minor or 0) >= terms.least_value_minor if is_comparable else None
        yield Criterion.JOB_VALUE, _result(reaches)
    if terms.asks_web_presence:
        yield Criterion.WEB_PRESENCE, _result(client.has_web_presence)
    if terms.least_segment:
        is_known = client.segment in SEGMENTS
        yield Criterion.SEGMENT, _result(_reaches(client.segment, terms.least_segment) if is_known else None)
    if terms.asks_long_term:
        yield Criterion.LONG_TERM, _result(client.is_long_term)


def _reaches(segment: str, least: str) -> bool:
    return SEGMENTS.index(segment) >= SEGMENTS.index(least)


def _result(holds: bool | None) -> Result:
    if holds is None:
        return Result.UNKNOWN
    return Result.MET if holds else Result.NOT_MET
