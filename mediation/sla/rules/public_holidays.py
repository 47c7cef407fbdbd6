"""Holidays that others wrote down: an iCalendar file, or the known ones of a country."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import holidays
from dateutil.rrule import rrulestr
from icalendar import Calendar

MOST_DAYS_AT_ONCE = 31
MOST = 2000
NAME_LENGTH = 80


def of_country(country: str, years: Iterable[int]) -> dict[str, str]:
    """Names by ISO date. Raises ValueError for a country that is not known."""
    try:
        found = holidays.country_holidays(country, years=list(years))
    except NotImplementedError as problem:
        raise ValueError(country) from problem
    return {day.isoformat(): name[:NAME_LENGTH] for day, name in found.items()}


def from_ical(data: bytes, first: date, last: date) -> dict[str, str]:
    """The whole days of a calendar file between two days, with what repeats. Raises ValueError for anything else."""
    try:
        events = Calendar.from_ical(data).walk("VEVENT")
        found = {day.isoformat(): name for event in events for day, name in _days(event, first, last)}
    except Exception as problem:  # the parser raises a dozen kinds on hostile input; each means the same
        raise ValueError("not a calendar") from problem
    if not found or len(found) > MOST:
        raise ValueError("nothing to take from it")
    return found


def _days(event: Any, first: date, last: date) -> Iterator[tuple[date, str]]:
    begin = event["DTSTART"].dt
    if isinstance(begin, datetime):
        return  # an appointment closes no office
    end = event["DTEND"].dt if "DTEND" in event else begin + timedelta(days=1)
    length = min(max((end - begin).days, 1), MOST_DAYS_AT_ONCE)
    for start in _starts(event, begin, first, last):
        for number in range(length):
            day = start + timedelta(days=number)
            if first <= day <= last:
                yield day, str(event.get("SUMMARY", ""))[:NAME_LENGTH]


def _starts(event: Any, begin: date, first: date, last: date) -> Iterator[date]:
    if "RRULE" not in event:
        yield begin
        return
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=datetime.combine(begin, time(), UTC))
    after = datetime.combine(first, time(), UTC) - timedelta(days=MOST_DAYS_AT_ONCE)
    for moment in rule.between(after, datetime.combine(last, time(), UTC), inc=True):
        yield moment.date()
