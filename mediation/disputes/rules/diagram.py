"""The workflow as arrows between states, drawn from the one table: for the project's notes and for the help."""

from collections.abc import Iterable
from typing import NamedTuple

from mediation.disputes.rules.states import BEFORE_SETTLING, FILED, Actor, State
from mediation.disputes.rules.table import TABLE, Row

START = "start"  # before the case is there
BEFORE = "before"  # every state before the agreement, drawn once instead of six times
OPEN = "open"  # every state from filing to the close, likewise
GROUPS = {BEFORE: "any state before an agreement", OPEN: "any state after filing"}


class Arrow(NamedTuple):
    """From one state to another, and the commands that lead there, in the order of the table."""

    source: str
    target: str
    commands: tuple[str, ...]
    who: frozenset[Actor]


def arrows() -> list[Arrow]:
    """Every change of state there is, in the order in which a case goes through them."""
    found: dict[tuple[str, str], list[Row]] = {}
    for line in TABLE:
        for source in _sources(line):
            for target in _targets(line):
                if source != target:
                    found.setdefault((source, target), []).append(line)
    order = [START, *State, *GROUPS]
    made = [
        Arrow(source, target, _names(lines), frozenset().union(*(line.who for line in lines)))
        for (source, target), lines in found.items()
    ]
    first = Arrow(START, State.DRAFT, ("start_claim",), frozenset({Actor.FILER}))
    asked = Arrow(START, State.ESCALATED, ("ask_mediator",), frozenset({Actor.FILER}))
    return [first, asked, *sorted(made, key=lambda arrow: (order.index(arrow.source), order.index(arrow.target)))]


def staying() -> dict[str, tuple[str, ...]]:
    """What can be said in a state without leaving it."""
    return {
        state.value: _names(line for line in TABLE if state in line.states and line.to is None and not line.returns)
        for state in State
    }


def mermaid() -> str:
    """The diagram as Mermaid writes it."""
    lines = ["stateDiagram-v2", *(f'    state "{words}" as {name}' for name, words in GROUPS.items())]
    for source, target, commands, _who in arrows():
        begin = "[*]" if source == START else source
        lines.append(f"    {begin} --> {target}: {', '.join(commands)}")
    return "\n".join([*lines, f"    {State.CLOSED} --> [*]"])


def _sources(line: Row) -> Iterable[str]:
    if line.states >= FILED:
        return (OPEN,)
    if line.states >= BEFORE_SETTLING:
        return (BEFORE,)
    return [state.value for state in State if state in line.states]


def _targets(line: Row) -> Iterable[str]:
    """A line that returns goes to the mediator if there is one, otherwise to the talks."""
    if line.returns:
        return (
            (State.NEGOTIATING.value, State.MEDIATING.value) if line.states != {State.ESCALATED} else ("negotiating",)
        )
    return (line.to.value,) if line.to is not None else ()


def _names(lines: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.command for line in lines))
