"""What decided a case before it was opened again: history, which decides nothing any more."""

from typing import Any

from mediation.disputes.queries.case import claim, ends, mediation
from mediation.disputes.queries.case.reader import Reader


def earlier(reader: Reader) -> list[dict[str, Any]]:
    """Each time the case was decided before, the latest first; `reopenings` is how often it had been opened again."""
    return [
        {
            "reopenings": number,
            "bidding": mediation.bidding(reader, number),
            "recommendation": mediation.recommendation(reader, number),
            "agreement": claim.earlier_agreement(reader, number),
            "arbitration": ends.arbitration(reader, number),
            "awards": ends.awards(reader, number),
        }
        for number in reversed(range(reader.dispute.reopenings))
    ]
