"""Arbitration in words: who chose it, and where each side's share is. Both read the same."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mediation.disputes.money import money

View = Mapping[str, Any]

# Of a share: ordered, and confirmed by the ledger.
SHARES: dict[str, tuple[Any, Any]] = {
    "share": (_("Share ordered, the ledger has not confirmed it yet"), _("Share held in the ledger")),
    "fee": (_("Share becomes the arbitrator’s fee"), _("Share was the arbitrator’s fee")),
    "return": (_("Share is on its way back"), _("Share went back")),
}


def steps(view: View, people: Mapping[str, View]) -> list[dict[str, Any]]:
    """What happened on the way to the arbitrator, in order: `card`, `word`, `sum`, `at`."""
    language = get_language() or "en"
    found = [
        {"card": people.get(one["party"]), "word": _("Chose arbitration"), "sum": "", "at": one["at"]}
        for one in view["arbitration"]
        if one["kind"] == "elected"
    ]
    for one in view["money"]["instructions"]:
        if one["kind"] in SHARES:
            ordered, done = SHARES[one["kind"]]
            found.append(
                {
                    "card": people.get(one["party"]),
                    "word": done if one["confirmed_at"] else ordered,
                    "sum": money(one["amount_minor"], one["currency"], language),
                    "at": one["confirmed_at"] or one["given_at"],
                }
            )
    return sorted(found, key=lambda one: one["at"])


def share(view: View) -> str:
    """What each side pays for an arbitration, as a sum."""
    return money(view["money"]["arbitration_share_minor"], view["currency"], get_language() or "en")
