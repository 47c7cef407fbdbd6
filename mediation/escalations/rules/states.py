"""States, outcomes, sources and people of a referred case (domain, section 5)."""

from enum import StrEnum


class State(StrEnum):
    RECEIVED = "received"
    CLAIMED = "claimed"
    REPLIED = "replied"
    TRACKED = "tracked"
    TICKETED = "ticketed"
    CALL_SCHEDULED = "call_scheduled"
    ASSISTING = "assisting"
    TALENT_REFERRED = "talent_referred"
    FOLLOWING = "following"
    CLOSED = "closed"


class Outcome(StrEnum):
    RESOLVED = "resolved"
    WITH_TALENT_REP = "with_talent_rep"
    LOST = "lost"
    NOT_QUALIFIED = "not_qualified"


class Source(StrEnum):
    """Which way a referral came."""

    SOCIAL = "social"
    COMMUNITY = "community"
    P2P = "p2p"
    EXECUTIVE = "executive"


class Actor(StrEnum):
    """What somebody is to a case. Who referred it reads how it stands, and says no command."""

    EE = "ee"  # works at the executive desk
    OWNER = "owner"
    LEAD = "lead"
    SYSTEM = "system"


class Item(StrEnum):
    """What is gone through on the call."""

    JOB_POST = "job_post"
    FILTERS = "filters"
    BEST_PRACTICES = "best_practices"


OPEN = frozenset(State) - {State.CLOSED}
OWNED = OPEN - {State.RECEIVED}
WAITS_FOR_REPLY = frozenset({State.RECEIVED, State.CLAIMED})
ON_TRACKER = OPEN - {State.RECEIVED, State.CLAIMED, State.REPLIED}  # where a next step and its time stand
WITH_CALL = frozenset({State.TICKETED, State.CALL_SCHEDULED})
AT_WORK = frozenset({State.ASSISTING, State.TALENT_REFERRED, State.FOLLOWING})
