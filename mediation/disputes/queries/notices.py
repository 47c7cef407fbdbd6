"""The notices of a case that were handed over, by channel: the default rule depends on them."""

from datetime import datetime

from mediation.disputes.models import Dispute

OF_THE_CLAIM = ("file", "response_overdue")


def handed_over(dispute: Dispute) -> list[tuple[str, datetime]]:
    """`(channel, moment)` for each notice to the respondent that was handed over since the claim was filed."""
    return [
        (one.channel, one.handed_over_at)
        for one in dispute.notices.all()
        if one.handed_over_at is not None and one.to_id == dispute.respondent_id and one.code in OF_THE_CLAIM
    ]
