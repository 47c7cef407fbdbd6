"""Between which bounds an administrator may set the numbers of a policy, and which of them go together."""

from collections.abc import Iterator

from mediation.disputes.rules.policy import Terms

MONEY_MOST = 100_000_000  # a million of whatever has hundredths

BOUNDS: dict[str, tuple[int, int]] = {
    "filing_days_escrow": (1, 90),
    "filing_days_assistance": (1, 365),
    "response_days_escrow": (1, 30),
    "response_days_assistance": (1, 30),
    "response_days_hourly": (1, 30),
    "grace_hours": (24, 240),
    "stay_hours": (1, 240),
    "talks_hours": (24, 240),
    "talks_most_days": (1, 10),
    "mediation_days": (1, 90),
    "recommendation_business_days": (1, 20),
    "log_review_business_days": (1, 20),
    "answer_business_days": (1, 20),
    "answer_least_hours": (48, 240),
    "sign_hours": (24, 240),
    "election_days": (1, 30),
    "reopen_days": (1, 365),
    "cool_off_least_hours": (1, 72),
    "cool_off_most_hours": (1, 72),
    "absence_days_a_year": (0, 60),
    "extensions_most": (0, 5),
    "offer_least_hours": (1, 72),
    "offer_most_days": (3, 90),
    "bid_rounds": (0, 10),
    "bid_step_minor": (1, 100_000),
    "low_value_below_minor": (0, MONEY_MOST),
    "low_value_talks_hours": (24, 240),
    "arbitration_share_minor": (0, MONEY_MOST),
    "password_above_minor": (0, MONEY_MOST),
    "second_reader_above_minor": (0, MONEY_MOST),
    "senior_above_minor": (0, MONEY_MOST),
    "cases_at_once": (1, 100),
    "ask_again_days": (0, 60),
    "auto_release_days": (2, 60),
    "auto_release_warning_hours": (1, 240),
    "even_reply_minutes": (0, 1440),
    "even_private_minutes": (0, 1440),
    "even_words": (0, 10_000),
    "even_requests": (0, 20),
    "even_least_percent": (1, 100),
    "glass_minutes": (5, 240),
    "glass_wait_hours": (1, 168),
}


def outside(terms: Terms) -> Iterator[str]:
    """The names of the numbers that are out of their bounds, or that do not fit with another."""
    for name, value in terms.as_dict().items():
        least, most = BOUNDS[name]
        if not least <= value <= most:
            yield name
    if terms.cool_off_least_hours > terms.cool_off_most_hours:
        yield "cool_off_most_hours"
    if terms.auto_release_warning_hours > terms.auto_release_days * 24:
        yield "auto_release_warning_hours"
    if terms.talks_hours > terms.talks_most_days * 24:
        yield "talks_most_days"
