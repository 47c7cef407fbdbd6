"""Which events of a case are announced in the team room. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Announcement(StrEnum):
    CLAIMED = "claimed"  # somebody took a case
    RELEASED = "released"  # its mediator gave it back to the queue
    REASSIGNED = "reassigned"  # a supervisor gave it to somebody
    SAID = "said"  # words of somebody in the team
    LEFT = "left"  # its mediator cannot go on, and it waits again


ANNOUNCED: Mapping[str, Announcement] = {
    "dispute.claim": Announcement.CLAIMED,
    "dispute.release": Announcement.RELEASED,
    "dispute.take_level": Announcement.CLAIMED,
    "dispute.assign": Announcement.REASSIGNED,
    "dispute.reassign": Announcement.REASSIGNED,
    "dispute.replace_mediator": Announcement.LEFT,
}
