"""How far apart the two sides are: every figure that each has named, as money back to the client, on one line each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mediation.disputes.money import money

View = Mapping[str, Any]

SIDES = ("client", "freelancer")
# Nobody is apart any more: both read one text, or the money moves as was decided.
AGREED = frozenset({"settling", "executing", "closed"})
LEFT, WIDE = 8, 284  # of the picture, which is 300 wide


def gap(view: View, case: View) -> dict[str, Any] | None:
    """The steps of both sides towards each other; None while one of them has named nothing."""
    whole = view["amount_minor"]
    named = {side: figures(view, case[side]["id"]) for side in SIDES}
    if not whole or view["state"] in AGREED or not all(named.values()):
        return None
    now = [figures[-1] for figures in named.values()]
    places = [_place(minor, whole) for minor in now]
    apart = _money(max(now) - min(now), view) if now[0] != now[1] else ""
    sides = [_side(case[side], figures, view, whole) for side, figures in named.items()]
    return {
        "sides": sides,
        "apart": apart,
        "band_x": min(places),
        "band_width": round(max(places) - min(places), 1),
        "said": " ".join([*(side["said"] for side in sides), _said(apart)]),
    }


def figures(view: View, person: str) -> list[int]:
    """What one side has named as money back to the client, in order: the claim of who filed it, then each offer."""
    claimed = view["claimed_refund_minor"]
    is_claim = view["filed_at"] and view["filer"]["id"] == person and claimed is not None
    offered = [one["refund_minor"] for one in view["offers"] if one["made_by"] == person]
    return [claimed, *offered] if is_claim else offered


def _side(card: View, named: Sequence[int], view: View, whole: int) -> dict[str, Any]:
    sums, places = [_money(minor, view) for minor in named], [_place(minor, whole) for minor in named]
    steps = _(", then ").join(sums)
    return {
        "card": card,
        "now": sums[-1],
        "first": sums[0] if len(sums) > 1 else "",
        "now_x": places[-1],
        "before_x": places[:-1],
        "from_x": min(places),
        "to_x": max(places),
        "said": _("%(name)s: %(steps)s.") % {"name": card["first_name"], "steps": steps},
    }


def _said(apart: str) -> str:
    return _("Now %(sum)s apart.") % {"sum": apart} if apart else _("No distance is left.")


def _place(minor: int, whole: int) -> float:
    return round(LEFT + WIDE * minor / whole, 1)


def _money(minor: int, view: View) -> str:
    return money(minor, view["currency"], get_language() or "en")
