"""The numbers of a dispute. They are versioned data that an admin edits; these are the seeded defaults and their
form.
"""

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of the numbers. Money is in minor units of the dispute's currency, whatever that is."""

    filing_days_escrow: int = 7
    filing_days_assistance: int = 30
    response_days_escrow: int = 5
    response_days_assistance: int = 5
    response_days_hourly: int = 3
    grace_hours: int = 48
    stay_hours: int = 24
    talks_hours: int = 72
    talks_most_days: int = 10
    mediation_days: int = 30
    recommendation_business_days: int = 2
    log_review_business_days: int = 1
    answer_business_days: int = 2
    answer_least_hours: int = 48
    sign_hours: int = 48
    election_days: int = 7
    reopen_days: int = 30
    cool_off_least_hours: int = 12
    cool_off_most_hours: int = 24
    absence_days_a_year: int = 14
    extensions_most: int = 2
    offer_least_hours: int = 2
    offer_most_days: int = 30
    bid_rounds: int = 3
    bid_step_minor: int = 500
    low_value_below_minor: int = 10_000
    low_value_talks_hours: int = 48
    arbitration_share_minor: int = 29_100
    password_above_minor: int = 100_000
    second_reader_above_minor: int = 500_000
    senior_above_minor: int = 1_000_000
    cases_at_once: int = 12
    ask_again_days: int = 14
    auto_release_days: int = 14
    auto_release_warning_hours: int = 48
    even_reply_minutes: int = 15
    even_private_minutes: int = 15
    even_words: int = 100
    even_requests: int = 1
    even_least_percent: int = 50
    glass_minutes: int = 60
    glass_wait_hours: int = 24

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Terms":
        """The terms of a stored version; what it does not say is as seeded.

        Raises ValueError for a name that is unknown and for anything but a whole number of at least 0.
        """
        unknown = set(data) - {one.name for one in fields(cls)}
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        wrong = [
            name for name, value in data.items() if not isinstance(value, int) or isinstance(value, bool) or value < 0
        ]
        if wrong:
            raise ValueError(f"not a whole number of at least 0: {', '.join(sorted(wrong))}")
        return cls(**data)

    def as_dict(self) -> dict[str, int]:
        """For storing."""
        return asdict(self)
