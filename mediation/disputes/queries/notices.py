"""The notices of a case that were handed over: the default rule depends on them."""

from mediation.disputes.models import Dispute

OF_THE_CLAIM = ("file", "response_overdue")


def handed_over(dispute: Dispute) -> dict[str, frozenset[str]]:
    """Each notice of the claim to the respondent, with the channels that have taken it; none is left out."""
    taken = {
        (one.code, one.channel)
        for one in dispute.notices.all()
        if one.handed_over_at is not None and one.to_id == dispute.respondent_id
    }
    return {code: frozenset(channel for of, channel in taken if of == code) for code in OF_THE_CLAIM}
