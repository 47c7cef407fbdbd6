"""Until when people are known to have been able to act, with every outage of before given back."""

from datetime import datetime

from mediation.disputes.models import Heartbeat, Outage


def until(moment: datetime) -> datetime:
    """That moment, or the last one before it at which we were seen to be there and no outage waits to be given back.
    What was due later speaks later: perhaps nobody could act before it. Where nobody ever looked, nothing is known.
    """
    seen_at = Heartbeat.objects.values_list("seen_at", flat=True).first()
    waiting = Outage.objects.filter(granted_at__isnull=True).order_by("began_at").values_list("began_at", flat=True)
    return min(one for one in (moment, seen_at, waiting.first()) if one is not None)
