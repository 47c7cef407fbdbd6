"""The last step of a claim: all that will be filed, who reads which of it and when, and what becomes of the money."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mediation.disputes.forms.claim import PROBLEMS
from mediation.disputes.rules.states import Track
from mediation.web import case_cards

Case = Mapping[str, Any]


def review(case: Case) -> dict[str, Any]:
    """`problem`, `split`, `statement`, `wants` as they stand; who reads `at_once` and `later`; what is `frozen`."""
    view, other = case["view"], case["other"]["first_name"]
    mine = view["statements"][0] if view["statements"] else {"body": "", "wants": ""}
    refund, amount = view["claimed_refund_minor"], view["amount_minor"]
    return {
        "problem": dict(PROBLEMS).get(view["problem"], ""),
        "split": case_cards.split(refund, amount - refund, view["currency"])
        if view["filing"]["is_refund_said"]
        else None,
        "statement": mine["body"],
        "wants": mine["wants"],
        "at_once": _("%(name)s and Upwork read at once what went wrong, the sums, and what shows it.")
        % {"name": other},
        "later": _(
            "What happened and what would settle it for you is read when the answer of %(name)s is in: both sides' "
            "words are shown at the same moment."
        )
        % {"name": other},
        "frozen": _frozen(case),
    }


def _frozen(case: Case) -> str:
    if case["view"]["track"] == Track.ESCROW.value:
        return _("%(sum)s is frozen in escrow: neither of you gets it before the case is settled or withdrawn.") % {
            "sum": case["amount"]
        }
    return _("Nothing is frozen: this money has been paid already. What is settled says whether some of it comes back.")
