"""What the parties asked the help centre before the case, for Upwork's people alone, so that nobody asks it again."""

from typing import Any

from accounts.models import User
from mediation.disputes.models import Dispute
from mediation.help_center.queries.handed import AskedBefore, before_case


def rows(dispute: Dispute, reader: User) -> list[dict[str, Any]]:
    """For `case/_asked_before.html`; nothing for anybody who is not of Upwork's staff."""
    return [_row(one) for one in before_case(dispute)] if reader.is_upwork_staff else []


def _row(told: AskedBefore) -> dict[str, Any]:
    first = told.name.split(" ", 1)[0]
    return {"name": first, "is_handed_over": told.is_handed_over, "at": told.asks[0].at, "asks": told.asks}
