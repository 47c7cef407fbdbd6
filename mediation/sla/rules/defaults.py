"""What a house begins with: the desk's and the executive team's hours, and the targets of the domain.

A business day is as long as the desk's.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.policies import Priority
from mediation.sla.rules.steps import Action

DESK, EE = "desk", "ee"
ZONE = "America/New_York"
OPENS, CLOSES = 9 * 60, 17 * 60
WEEK: list[list[list[int]]] = [[[OPENS, CLOSES]]] * 5 + [[], []]
HOUR, DAY, BUSINESS_DAY = 60, 24 * 60, CLOSES - OPENS

FIRST_RESPONSE = {Priority.URGENT: 15, Priority.HIGH: HOUR, Priority.NORMAL: 4 * HOUR, Priority.LOW: 8 * HOUR}
NEXT_RESPONSE = {Priority.URGENT: 30, Priority.HIGH: 2 * HOUR, Priority.NORMAL: 4 * HOUR, Priority.LOW: 8 * HOUR}
UPDATE_DAYS = {Priority.URGENT: 1, Priority.HIGH: 1, Priority.NORMAL: 2, Priority.LOW: 3}
BELOW_SMALL_BUSINESS = "VSB"


@dataclass(frozen=True, slots=True)
class Default:
    """A line of the policy: minutes in the hours of a calendar; an empty one counts time as it passes."""

    metric: Metric
    minutes: int
    calendar: str = DESK
    priority: str = ""
    segment: str = ""


def lines() -> Iterator[Default]:
    """In their order."""
    yield Default(Metric.EE, 2 * HOUR, EE, segment=BELOW_SMALL_BUSINESS)
    yield Default(Metric.EE, 15, EE)
    for priority, minutes in FIRST_RESPONSE.items():
        yield Default(Metric.CLAIM, minutes // 2, priority=priority.value)
        yield Default(Metric.TTFR, minutes, priority=priority.value)
        yield Default(Metric.TTFC, minutes + HOUR, priority=priority.value)
        yield Default(Metric.NRT, NEXT_RESPONSE[priority], priority=priority.value)
        yield Default(Metric.PUT, UPDATE_DAYS[priority] * BUSINESS_DAY, priority=priority.value)
    yield Default(Metric.REC, 2 * BUSINESS_DAY)
    yield Default(Metric.LOG, BUSINESS_DAY)
    yield Default(Metric.OBJ, BUSINESS_DAY)
    yield Default(Metric.TRES, 30 * DAY, "")


# Metric ("" is any without its own) → percent → what is done.
STEPS: dict[str, dict[int, tuple[Action, ...]]] = {
    "": {
        80: (Action.NOTIFY,),
        100: (Action.NOTIFY, Action.LEVEL_UP),
        150: (Action.REASSIGN, Action.LEVEL_UP),
    },
    Metric.CLAIM.value: {
        50: (Action.PING_GROUP,),
        100: (Action.PING_GROUP, Action.LEVEL_UP),
        150: (Action.LEVEL_UP,),
    },
    Metric.EE.value: {
        50: (Action.PING_GROUP,),
        100: (Action.NOTIFY, Action.LEVEL_UP),
        150: (Action.LEVEL_UP,),
    },
}
