"""Notes every few seconds that people can act through this process: what comes in is heard and the database takes it.

The worker cannot tell that. It may be away while everybody can act, and be there while nobody can.
"""

from mediation.disputes.actions import outages
from mediation.live.gather import Gatherer

EVERY_SECONDS = round(outages.EVERY.total_seconds())


class Reachable(Gatherer[None]):
    """Knocked on by the loop, so that a loop that hangs leaves no mark."""

    name = "reachable"

    def work(self, job: list[None]) -> None:
        outages.note_reachable()

    def finish(self, batch: list[None], result: None) -> None:
        """It is written down; nobody waits for it."""
