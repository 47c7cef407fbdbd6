"""What somebody can say to a case now, asked of the same table and guards that decide when they say it."""

from collections.abc import Iterator, Sequence
from typing import Any

from mediation.core.errors import Refused
from mediation.disputes.errors import NothingOpen, OnHold
from mediation.disputes.rules import guards
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.table import Row

# Guards of what is written in the form: that it is still empty is no reason not to offer it.
OF_WORDS = frozenset(
    {
        "complete_answer", "reasoned", "handed_over", "evidence_source", "award_attached", "log_complete",
        "fresh_password", "complete_attached",
    }
)  # fmt: skip
# What can be said while the case is held: an outage of before is given into the time that is left, and a hold is where
# trust and safety are needed most.
ON_HOLD = frozenset({"unhold", "void", "grant_outage", "level_up", "raise_level", "take_safety", "drop_level"})


class _Unsaid(Exception):
    """A guard asked for something that will only be known when the command is said."""


class _Begun(dict[str, Any]):
    """A payload of which only a part is known."""

    def __missing__(self, name: str) -> Any:
        raise _Unsaid(name)


def refusal(line: Row, facts: Facts, begun: Sequence[dict[str, Any]] | None) -> Refused | None:
    """Why the command would be refused now whatever is written in its form; None if it can be said.

    `begun` are the things the command could be about (an offer, a request, …), each as the part of the payload that
    names it; None for a command that is about the case. One that passes is enough.
    """
    if facts.is_on_hold and line.command not in ON_HOLD:
        return OnHold()
    if begun is None:
        return _refused(line, facts, {})
    refused: Refused | None = NothingOpen()
    for payload in begun:
        refused = _refused(line, facts, payload)
        if refused is None:
            return None
    return refused


def refusals(line: Row, facts: Facts) -> list[Refused]:
    """Everything for which a command about the case itself would be refused now, not the first alone."""
    if facts.is_on_hold and line.command not in ON_HOLD:
        return [OnHold()]
    return list(_refusals(line, facts, {}))


def _refused(line: Row, facts: Facts, payload: dict[str, Any]) -> Refused | None:
    return next(_refusals(line, facts, payload), None)


def _refusals(line: Row, facts: Facts, payload: dict[str, Any]) -> Iterator[Refused]:
    for name in line.guards:
        if name in OF_WORDS:
            continue
        try:
            guards.named(name)(facts, _Begun(payload))
        except _Unsaid:
            continue
        except Refused as refused:
            yield refused
