"""The notices of a case that were handed over, by channel: the default rule depends on them."""

from datetime import datetime

from mediation.disputes.models import Dispute


def handed_over(dispute: Dispute) -> list[tuple[str, datetime]]:
    """`(channel, moment)` for each notice to the respondent that was handed over since the claim was filed."""
    given = dispute.notices.values_list("channel", "handed_over_at")
    return [(channel, moment) for channel, moment in given if moment is not None]
