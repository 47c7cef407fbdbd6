"""How far apart both sides are: the claim and every offer is a step, and the picture says them in words."""

from typing import Any

from mediation.web.case_gap import figures, gap

CASE = {
    "client": {"id": "c", "role": "client", "first_name": "Helen"},
    "freelancer": {"id": "f", "role": "freelancer", "first_name": "Mateo"},
}


def view(*offers: tuple[str, int], **changes: Any) -> dict[str, Any]:
    """A case that the client filed for everything back, with offers by (who, refund)."""
    found = {
        "state": "negotiating",
        "amount_minor": 220_000,
        "claimed_refund_minor": 220_000,
        "filed_at": "2026-03-02T09:00:00Z",
        "filer": CASE["client"],
        "currency": "USD",
        "offers": [{"made_by": who, "refund_minor": refund} for who, refund in offers],
    }
    return found | changes


def test_the_claim_is_the_first_step_of_who_filed_it() -> None:
    case = view(("f", 15_000), ("c", 110_000), ("f", 40_000))
    assert figures(case, "c") == [220_000, 110_000]
    assert figures(case, "f") == [15_000, 40_000]


def test_the_picture_is_said_in_words_with_every_step() -> None:
    found = gap(view(("f", 15_000), ("c", 110_000), ("f", 40_000), ("c", 70_000)), CASE)
    assert found is not None
    assert found["said"] == (
        "Helen: $2,200.00, then $1,100.00, then $700.00. Mateo: $150.00, then $400.00. Now $300.00 apart."
    )
    client, freelancer = found["sides"]
    assert (client["now"], client["first"]) == ("$700.00", "$2,200.00")
    assert client["before_x"] == [292, 150]
    assert found["band_x"] == freelancer["now_x"] < client["now_x"]


def test_nothing_is_drawn_while_one_side_is_silent_or_when_nobody_is_apart_any_more() -> None:
    assert gap(view(), CASE) is None
    assert gap(view(("c", 70_000)), CASE) is None
    assert gap(view(("f", 70_000), state="settling"), CASE) is None
    assert gap(view(("f", 0), ("c", 0), amount_minor=0), CASE) is None


def test_a_case_without_a_claim_begins_with_the_first_offers() -> None:
    case = view(("c", 50_000), ("f", 50_000), filed_at=None, claimed_refund_minor=None)
    found = gap(case, CASE)
    assert found is not None
    assert (found["apart"], found["sides"][0]["first"]) == ("", "")
    assert found["said"].endswith("No distance is left.")
