"""When things are due. Moments are aware and in UTC; business days are Monday to Friday in UTC.

The desk's calendars (holidays, zones, hours) are another slice above this one; a dispute's own deadlines are the same
for both parties wherever they live.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum

from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Track

SATURDAY = 5


class Kind(StrEnum):
    """What a timer waits for; its value names it in the ledger and in the log."""

    DRAFT = "draft"
    RESPONSE = "response"
    STAY = "stay"
    TALKS = "talks"
    MEDIATION = "mediation"
    RECOMMENDATION = "recommendation"
    LOG_REVIEW = "log_review"
    ANSWER = "answer"
    SIGN = "sign"
    ELECTION = "election"
    OFFER = "offer"
    COOLING_OFF = "cooling_off"
    REQUEST = "request"


# What a timer says when it is due: the first of these that the table and its guards allow. The others only note it.
COMMANDS_OF = {
    Kind.DRAFT: ("lapse_draft", "keep_draft"),
    Kind.RESPONSE: ("response_overdue",),
    Kind.STAY: ("end_stay",),
    Kind.TALKS: ("talks_overdue",),
    Kind.MEDIATION: ("mediation_overdue",),
    Kind.ANSWER: ("answers_agree", "answers_differ"),
    Kind.SIGN: ("sign_overdue", "sign_lapsed"),
    Kind.ELECTION: ("election_over",),
    Kind.OFFER: ("offer_expired",),
}

# Deadlines of the parties: these move with a cooling-off, an extension and our own outages. Upwork's never do.
OF_PARTIES = frozenset({Kind.RESPONSE, Kind.TALKS, Kind.ANSWER, Kind.SIGN, Kind.ELECTION, Kind.OFFER, Kind.MEDIATION})


def add_business_days(moment: datetime, days: int) -> datetime:
    """The same time of day, so many business days on. From a weekend it counts from Monday 00:00."""
    while moment.weekday() >= SATURDAY:
        moment = datetime.combine(moment.date() + timedelta(days=1), time(), moment.tzinfo)
    for _ in range(days):
        moment += timedelta(days=1)
        while moment.weekday() >= SATURDAY:
            moment += timedelta(days=1)
    return moment


def response_due(track: Track, filed_at: datetime, terms: Terms) -> datetime:
    """T_resp."""
    return filed_at + timedelta(days=response_days(track, terms))


def response_days(track: Track, terms: Terms) -> int:
    """How many days the other side has to answer."""
    return {
        Track.ESCROW: terms.response_days_escrow,
        Track.ASSISTANCE: terms.response_days_assistance,
        Track.HOURLY: terms.response_days_hourly,
    }[track]


def talks_due(since: datetime, terms: Terms, *, is_low_value: bool) -> datetime:
    """T_neg: shorter in the low-value lane."""
    return since + timedelta(hours=terms.low_value_talks_hours if is_low_value else terms.talks_hours)


def talks_left(used: timedelta, terms: Terms) -> timedelta:
    """How long both can go on talking without a mediator: the policy's days, however often the talks begin again, less
    what was used of them. Time with a mediator, before a text or on hold uses nothing.
    """
    return max(timedelta(days=terms.talks_most_days) - used, timedelta())


def answer_due(since: datetime, terms: Terms) -> datetime:
    """T_ans: business days, and never less than the least number of hours."""
    by_days = add_business_days(since, terms.answer_business_days)
    return max(by_days, since + timedelta(hours=terms.answer_least_hours))


def filing_ends(track: Track, event_at: datetime, terms: Terms) -> datetime:
    """Until when a claim can be filed. A: after the end or refund request; B: after the payment; C: the Friday after
    the week's hours, 24:00 UTC, i.e. the first moment of Saturday, from any moment of the week after it.
    """
    if track is Track.ESCROW:
        return event_at + timedelta(days=terms.filing_days_escrow)
    if track is Track.ASSISTANCE:
        return event_at + timedelta(days=terms.filing_days_assistance)
    days_to_saturday = (SATURDAY - event_at.weekday()) % 7 or 7
    return datetime.combine(event_at.date() + timedelta(days=days_to_saturday), time(), event_at.tzinfo)


def looked_at_again(now: datetime, terms: Terms) -> datetime:
    """When a draft that nothing limits yet is looked at: by then the contract may have ended."""
    return now + timedelta(days=terms.filing_days_escrow)


def moved_by_outage(due: datetime, outages: list[tuple[datetime, datetime]]) -> datetime:
    """Our own outages: those in the last 24 hours before a party's deadline move it by their length, at least to the
    next full hour (domain, section 3). The whole length counts, also what lies before or after those hours: who came
    back late has lost that too.
    """
    begin = due - timedelta(hours=24)
    lost = sum((end - start for start, end in outages if start < due and end > begin), timedelta())
    if not lost:
        return due
    full_hour = due.replace(minute=0, second=0, microsecond=0)
    return max(due + lost, full_hour + timedelta(hours=1))
