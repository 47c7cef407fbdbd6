"""The way to a claim, one step at a time: what each step asks for, what is still missing, and whose step a refusal is.

The server keeps the draft from step to step, so that the way is the same without scripts.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.core.errors import Refused
from mediation.disputes.errors import MoreThanHeld, MoreThanPaid, NothingThere, OtherTrack, WindowOver
from mediation.disputes.rules.states import Track

Case = Mapping[str, Any]

# What the draft is about has been paid, has gone, or its time is over: other money may fit.
OTHER_MONEY = (OtherTrack, NothingThere, WindowOver)


class Step(NamedTuple):
    """One page of the way: `fields` of the draft it asks for, `required` of them before one goes on."""

    code: str
    word: Promise
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()


ABOUT = Step("about", _("What is it about?"))
EVIDENCE = Step("evidence", _("What shows it"))
REVIEW = Step("review", _("Read and file"))
STEPS = (
    ABOUT,
    Step("problem", _("Kind of problem"), ("problem",), ("problem",)),
    Step("money", _("Money"), ("amount_minor",), ("amount_minor",)),
    Step("wants", _("What you want"), ("claimed_refund_minor", "wants"), ("claimed_refund_minor",)),
    Step("statement", _("Your statement"), ("statement",), ("statement",)),
    EVIDENCE,
    REVIEW,
)
BY_CODE = {one.code: one for one in STEPS}
OF_FIELD = {name: step for step in STEPS for name in step.fields}
REQUIRED = [name for step in STEPS for name in step.required]


def way(current: Step) -> dict[str, Any]:
    """Where a step stands among the others, for its page."""
    at = STEPS.index(current)
    return {
        "code": current.code,
        "word": current.word,
        "number": at + 1,
        "of": len(STEPS),
        "all": [{"word": one.word, "is_current": one is current} for one in STEPS],
    }


def beside(current: Step, by: int) -> Step:
    """The step before (-1) or after (1)."""
    return STEPS[min(max(STEPS.index(current) + by, 0), len(STEPS) - 1)]


def kept(case: Case) -> dict[str, Any]:
    """The draft as the command names it. What its writer has not said yet is None."""
    view = case["view"]
    mine = view["statements"][0] if view["statements"] else {"body": "", "wants": ""}
    return {
        "problem": view["problem"] or None,
        "amount_minor": view["amount_minor"] or None,
        # Nothing is what it begins with: whoever means nothing says so, or the money would go the wrong way unseen.
        "claimed_refund_minor": view["claimed_refund_minor"] if view["filing"]["is_refund_said"] else None,
        "statement": mine["body"] or None,
        "wants": mine["wants"] or None,
    }


def missing(case: Case) -> list[str]:
    """The fields without which it cannot be filed, in the order of their steps."""
    said = kept(case)
    return [name for name in REQUIRED if said[name] is None]


def first_open(case: Case) -> Step:
    """Where the writer goes on: the first step that still misses something."""
    empty = missing(case)
    return OF_FIELD[empty[0]] if empty else REVIEW


def of_refusal(refused: Refused) -> Step:
    """The step at which what was refused can be mended."""
    return BY_CODE["money"] if isinstance(refused, (*OTHER_MONEY, MoreThanHeld, MoreThanPaid)) else REVIEW


def too_much(case: Case, amount_minor: Any) -> str:
    """Why it is about more than is there; empty where it is not. Filing asks the rule once more."""
    if not isinstance(amount_minor, int) or amount_minor <= case["view"]["filing"]["there_minor"]:
        return ""
    return str((MoreThanHeld if case["view"]["track"] == Track.ESCROW.value else MoreThanPaid).message)
