"""Runs of small lines fold into one that opens: the work on the points, and on the evidence, told step by step.

All but the newest line of a run fold, so that what has just happened is always said. The page's scripts fold the same
lines by the same families (`static/js/lib/folds.js`).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from mediation.web import words

LEAST = 3  # fewer lines than that take no more place than the one they would fold into
FAMILY_OF = {f"dispute.{command}": name for name, one in words.FOLDS.items() for command in one["commands"]}

Row = dict[str, Any]


def folded(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of a timeline with each run of one family folded. A day, a message, any other line ends a run."""
    run: list[Row] = []
    for row in rows:
        if run and row.get("family") != run[0]["family"]:
            yield from _closed(run)
            run = []
        if row.get("family"):
            run.append(row)
        else:
            yield row
    yield from _closed(run)


def _closed(run: list[Row]) -> Iterator[Row]:
    earlier = run[:-1]
    if len(earlier) < LEAST:
        yield from run
        return
    family = words.FOLDS[earlier[0]["family"]]
    yield {
        "kind": "fold",
        "key": f"fold-{earlier[0]['seq']}",
        "icon": family["icon"],
        "audience": earlier[0]["audience"],
        "line": family["said"] % {"n": len(earlier)},
        "rows": earlier,
    }
    yield run[-1]
