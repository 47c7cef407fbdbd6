"""What a draft recommendation still lacks, each reason with the names and sums it is about."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.core.errors import Refused
from mediation.disputes.errors import CaucusOwed, FindingMissing, FindingsDoNotAddUp
from mediation.disputes.models import Dispute
from mediation.disputes.money import money
from mediation.disputes.queries.case.unready import unready

Case = Mapping[str, Any]


def lacks(case: Case, dispute: Dispute, user: User) -> list[str]:
    """A sentence for each; none where there is no draft, or where it can be sent."""
    draft = case["view"]["recommendation"]
    if not (draft and draft["is_draft"]) or "issue_recommendation" in case["can"]:
        return []
    return [_sentence(one, case) for one in unready(dispute, user)]


def _sentence(why: Refused, case: Case) -> str:
    detail: Mapping[str, Any] = why.detail or {}
    if isinstance(why, FindingMissing):
        points = [f"{one['position']}. {one['title']}" for one in case["issues"] if one["id"] in detail["issues"]]
        return f"{why.message} ({'; '.join(points)})"
    if isinstance(why, FindingsDoNotAddUp):
        language, currency = get_language() or "en", case["view"]["currency"]
        return _("The findings give back %(found)s together, the recommendation %(refund)s. Make them the same.") % {
            "found": money(detail["findings_minor"], currency, language),
            "refund": money(detail["refund_minor"], currency, language),
        }
    if isinstance(why, CaucusOwed):
        names = {case[side]["id"]: case[side]["first_name"] for side in ("client", "freelancer")}
        return _("%(name)s was offered a private talk too. Have it, or wait until they say no.") % {
            "name": names[detail["party"]]
        }
    return str(why.message)
