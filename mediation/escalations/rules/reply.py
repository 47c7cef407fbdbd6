"""The clock of the reply: a segment says its target, and nothing makes it longer once it is over."""

from datetime import datetime

from mediation.sla.rules.clock import OPEN, Reading
from mediation.sla.rules.policies import Line, Subject

UNKNOWN_COUNTS_AS = "SB"


def subject(segment: str) -> Subject:
    """What policies are asked of a referral. A segment that nobody knows counts as small business."""
    return Subject(segment=segment or UNKNOWN_COUNTS_AS, priority="")


def follows(reading: Reading, line: Line, now: datetime) -> bool:
    """Whether a running clock takes another target: until it is over. A breach is never talked away."""
    if reading.status not in OPEN or (line.target, line.calendar) == (reading.target, reading.calendar):
        return False
    return reading.breached_at is None and (reading.due_at is None or reading.due_at >= now)
