"""What would have been different in a case under other numbers: deadlines, limits and lanes. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from mediation.disputes.rules import deadlines, ladder
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Track


@dataclass(frozen=True, slots=True)
class PastCase:
    """What is asked of a case: `began` says when each of its times began, `ended` when somebody had acted."""

    track: Track
    amount_minor: int
    began: Mapping[Kind, datetime]
    ended: Mapping[Kind, datetime]


class Difference(NamedTuple):
    """One thing that would have been otherwise. `is_late`: who acted in time would have been too late."""

    what: str
    before: datetime | bool
    after: datetime | bool
    is_late: bool = False


Due = Callable[[PastCase, datetime, Terms], datetime]

DUE: dict[Kind, Due] = {
    Kind.RESPONSE: lambda case, began, terms: deadlines.response_due(case.track, began, terms),
    Kind.TALKS: lambda case, began, terms: deadlines.talks_due(began, terms, is_low_value=is_low_value(case, terms)),
    Kind.MEDIATION: lambda case, began, terms: began + timedelta(days=terms.mediation_days),
    Kind.RECOMMENDATION: lambda case, began, terms: deadlines.add_business_days(
        began, terms.recommendation_business_days
    ),
    Kind.LOG_REVIEW: lambda case, began, terms: deadlines.add_business_days(began, terms.log_review_business_days),
    Kind.ANSWER: lambda case, began, terms: deadlines.answer_due(began, terms),
    Kind.SIGN: lambda case, began, terms: began + timedelta(hours=terms.sign_hours),
    Kind.ELECTION: lambda case, began, terms: began + timedelta(days=terms.election_days),
}


def is_low_value(case: PastCase, terms: Terms) -> bool:
    return 0 < case.amount_minor < terms.low_value_below_minor


LIMITS: dict[str, Callable[[PastCase, Terms], bool]] = {
    "low_value": is_low_value,
    "password": lambda case, terms: case.amount_minor > terms.password_above_minor,
    "second_reader": lambda case, terms: case.amount_minor > terms.second_reader_above_minor,
    "senior": lambda case, terms: ladder.is_for_a_senior(case.amount_minor, terms),
}


def differences(case: PastCase, before: Terms, after: Terms) -> Iterator[Difference]:
    """What the case would have had otherwise under `after` than it had under `before`."""
    for kind, due in DUE.items():
        began = case.began.get(kind)
        if began is None:
            continue
        old, new = due(case, began, before), due(case, began, after)
        if old != new:
            ended = case.ended.get(kind)
            yield Difference(kind.value, old, new, is_late=ended is not None and new < ended <= old)
    for name, applies in LIMITS.items():
        was, would_be = applies(case, before), applies(case, after)
        if was != would_be:
            yield Difference(name, was, would_be)
