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
    "take the steps of clocks": knock("sla.tasks.sweep", 2.0),
    "hand over mails about clocks": knock("sla.tasks.hand_over_mails", 3.0),
    "let automations look": knock("desk.tasks.sweep_automations", 30.0),
    "send to webhooks": knock("desk.tasks.send_webhooks", 2.0),
    "hand over mails of rules": knock("desk.tasks.hand_over_mails", 3.0),
    "forget old lines of the rules' logs": knock("desk.tasks.forget_old_lines", 3600.0),
    "say what time says to referred cases": knock("escalations.tasks.sweep", 3.0),
    "hand over mails of the executive desk": knock("escalations.tasks.hand_over_mails", 3.0),
    "bring tickets in step": knock("zendesk.tasks.work", 2.0),
    "read what changed at Zendesk": knock("zendesk.tasks.read_changes", 300.0),
    "compare tickets": knock("zendesk.tasks.check", 60.0),
    "end looks into private talks": knock("disputes.tasks.end_looks", 10.0),
    "take up cases that were laid aside": knock("desk.tasks.wake_due", 5.0),
    "look whether the case files hold": knock("disputes.tasks.verify_cases", 300.0),
    "look for what no article answers": knock("help_center.tasks.find_gaps", 86400.0),
    "erase files that were never sent": knock("conversations.tasks.erase_abandoned_uploads", 3600.0),
}
