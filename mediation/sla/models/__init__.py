"""What is stored of clocks, by noun."""

from mediation.sla.models.calendars import Calendar, CalendarVersion
from mediation.sla.models.clocks import Clock, ClockFact, StepMail, StepTaken
from mediation.sla.models.policies import Policy, PolicyLine, PolicyStep

__all__ = [
    "Calendar",
    "CalendarVersion",
    "Clock",
    "ClockFact",
    "Policy",
    "PolicyLine",
    "PolicyStep",
    "StepMail",
    "StepTaken",
]
