"""What clocks tell: a step was taken. It is told among the staff's notes alone."""

from mediation.events.catalogue import EventType, declare
from mediation.sla.rules.steps import BREACH

DATA = ("clock", "dispute", "metric", "percent")
WARNED, BREACHED, OVERDUE = "clock.warned", "clock.breached", "clock.overdue"

declare(
    EventType(WARNED, "much of a clock's time is over", data=DATA),
    EventType(BREACHED, "a clock's time is over", data=DATA),
    EventType(OVERDUE, "a clock's time was over long ago", data=DATA),
)


def of_step(percent: int) -> str:
    """The event of a step."""
    if percent < BREACH:
        return WARNED
    return BREACHED if percent == BREACH else OVERDUE
