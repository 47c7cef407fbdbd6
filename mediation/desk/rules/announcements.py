"""Which events of a case are announced in the team room. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Announcement(StrEnum):
    CLAIMED = "claimed"  # somebody took a case
    RELEASED = "released"  # its mediator gave it back to the queue
    REASSIGNED = "reassigned"  # a supervisor gave it to somebody
    SAID = "said"  # words of somebody in the team
    LEFT = "left"  # its mediator cannot go on, and it waits again
    EE_CAME = "ee_came"  # a client was referred to the executive desk
    EE_TAKEN = "ee_taken"  # somebody there took a referred case
    EE_GIVEN = "ee_given"  # … or has it from somebody else
    EE_WAITS = "ee_waits"  # half the time for the reply is over
    EE_LATE = "ee_late"  # the reply is overdue


ANNOUNCED: Mapping[str, Announcement] = {
    "dispute.claim": Announcement.CLAIMED,
    "dispute.release": Announcement.RELEASED,
    "dispute.take_level": Announcement.CLAIMED,
    "dispute.assign": Announcement.REASSIGNED,
    "dispute.reassign": Announcement.REASSIGNED,
    "dispute.replace_mediator": Announcement.LEFT,
}
# Of referred cases: by their events alone, for the executive desk is no slice that the desk knows.
REFERRALS: Mapping[str, Announcement] = {
    "escalation.refer": Announcement.EE_CAME,
    "escalation.claim": Announcement.EE_TAKEN,
    "escalation.assign": Announcement.EE_GIVEN,
    "escalation.hand_over": Announcement.EE_GIVEN,
    "escalation.warn": Announcement.EE_WAITS,
    "escalation.breach": Announcement.EE_LATE,
}
