"""Where a slice above measures how much an agent carries, and says here when a case would be too much.

It is asked under the lock on the case, whoever says the command and through whatever door.
"""

from collections.abc import Callable

from accounts.models import User
from mediation.disputes.models import Dispute

measures: set[Callable[[User, Dispute], bool]] = set()


def is_full(agent: User, dispute: Dispute) -> bool:
    """Whether the case is more than the agent can carry beside those they have."""
    return any(measure(agent, dispute) for measure in measures)
