"""What beat knocks on, and how often. A missed knock is not caught up with: the next one finds the same rows."""

from typing import Any


def knock(task: str, seconds: float, expires: float | None = None) -> dict[str, Any]:
    """One line of the table."""
    return {"task": f"mediation.{task}", "schedule": seconds, "options": {"expires": expires or seconds}}


SCHEDULE = {
    "show the pulse": knock("core.tasks.show_pulse", 5.0, expires=15),
    "sweep unhandled events": knock("events.tasks.dispatch", 3.0),
    "let due timers speak": knock("disputes.tasks.fire_timers", 2.0),
    "pay out": knock("disputes.tasks.pay_out", 2.0),
    "hand over notices": knock("disputes.tasks.hand_over_notices", 3.0),
    "erase files that were never sent": knock("conversations.tasks.erase_abandoned_uploads", 3600.0),
}
