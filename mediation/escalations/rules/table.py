"""The one workflow table of a referred case: in which state who may say which command, and what follows.

Guards are named here and defined in `rules/guards.py`, effects in `actions/effects.py`; a test checks that each name
exists. Nothing else decides a state. Tracker before ticket and ticket before call follow from the states themselves.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mediation.escalations.rules.states import (
    AT_WORK,
    ON_TRACKER,
    OPEN,
    OWNED,
    WAITS_FOR_REPLY,
    WITH_CALL,
    Actor,
    Outcome,
    State,
)

STAY = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `to` None: the state stays."""

    command: str
    states: frozenset[State]
    to: State | None
    who: frozenset[Actor]
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    outcome: Outcome | None = None


def row(
    command: str,
    states: State | frozenset[State],
    to: State | None,
    who: Actor | frozenset[Actor],
    *,
    guards: str = "",
    effects: str = "",
    outcome: Outcome | None = None,
) -> Row:
    """A line, written short: single values stand for sets of one, names are separated by spaces."""
    return Row(
        command,
        frozenset({states}) if isinstance(states, State) else states,
        to,
        frozenset({who}) if isinstance(who, Actor) else who,
        tuple(guards.split()),
        tuple(effects.split()),
        outcome,
    )


S, W = State, Actor
DESK = frozenset({W.EE, W.LEAD})
HOLDERS = frozenset({W.OWNER, W.LEAD})
TABLE: tuple[Row, ...] = (
    # --- Whose it is
    row("claim", S.RECEIVED, S.CLAIMED, W.EE, effects="take"),
    row("assign", S.RECEIVED, S.CLAIMED, W.LEAD, guards="colleague", effects="give"),
    row("hand_over", OWNED, STAY, HOLDERS, guards="colleague another reasoned", effects="give"),
    # --- The way
    row("reply", S.CLAIMED, S.REPLIED, W.OWNER, guards="worded", effects="answer"),
    row("track", S.REPLIED, S.TRACKED, W.OWNER, guards="next_step", effects="enter plan"),
    row("ticket", S.TRACKED, S.TICKETED, W.OWNER, guards="reachable ticket_named", effects="keep_ticket"),
    row("offer_slots", WITH_CALL, STAY, W.OWNER, guards="slots_ahead", effects="offer_slots"),
    row("schedule_call", WITH_CALL, S.CALL_SCHEDULED, W.OWNER, guards="call_ahead", effects="set_call"),
    row("miss_call", S.CALL_SCHEDULED, S.TICKETED, W.OWNER, guards="reasoned", effects="drop_call"),
    row("begin_call", S.CALL_SCHEDULED, S.ASSISTING, W.OWNER, effects="hold_call"),
    row("check", AT_WORK, STAY, W.OWNER, guards="known_items", effects="check"),
    row("refer_talent", S.ASSISTING, S.TALENT_REFERRED, W.OWNER, guards="form_filled", effects="write_form"),
    row("follow", frozenset({S.ASSISTING, S.TALENT_REFERRED}), S.FOLLOWING, W.OWNER, guards="checked next_step",
        effects="plan"),
    row("plan", ON_TRACKER, STAY, HOLDERS, guards="next_step", effects="plan"),
    # --- Ends
    row("resolve", S.FOLLOWING, S.CLOSED, W.OWNER, guards="worded", effects="end", outcome=Outcome.RESOLVED),
    row("hand_to_rep", frozenset({S.TALENT_REFERRED, S.FOLLOWING}), S.CLOSED, W.OWNER, guards="talent_form worded",
        effects="end", outcome=Outcome.WITH_TALENT_REP),
    row("lose", ON_TRACKER, S.CLOSED, W.OWNER, guards="reasoned", effects="end", outcome=Outcome.LOST),
    row("disqualify", OWNED - WAITS_FOR_REPLY - {S.FOLLOWING, S.TALENT_REFERRED}, S.CLOSED, W.OWNER,
        guards="reasoned", effects="end", outcome=Outcome.NOT_QUALIFIED),
    row("reopen", S.CLOSED, S.FOLLOWING, W.LEAD, guards="reasoned next_step", effects="begin_again plan"),
    # --- What is known of the client, and words among the desk
    row("correct", OPEN, STAY, DESK, guards="known_segment", effects="correct follow_segment"),
    row("note", frozenset(S), STAY, DESK, guards="worded"),
    # --- What time says
    row("warn", WAITS_FOR_REPLY, STAY, W.SYSTEM, effects="tell_step"),
    row("breach", WAITS_FOR_REPLY, STAY, W.SYSTEM, effects="tell_step"),
    row("overdue", WAITS_FOR_REPLY, STAY, W.SYSTEM, effects="tell_step"),
    row("remind", ON_TRACKER, STAY, W.SYSTEM, effects="tell_owner"),
    row("remind_call", S.CALL_SCHEDULED, STAY, W.SYSTEM, effects="tell_owner"),
)  # fmt: skip

# The step that brings a case on, the one button of its page: the first that its reader can say.
NEXT = {
    S.RECEIVED: "claim assign",
    S.CLAIMED: "reply",
    S.REPLIED: "track",
    S.TRACKED: "ticket",
    S.TICKETED: "schedule_call",
    S.CALL_SCHEDULED: "begin_call",
    S.ASSISTING: "follow",
    S.TALENT_REFERRED: "follow",
    S.FOLLOWING: "resolve",
    S.CLOSED: "reopen",
}


def find(command: str, state: str) -> Row | None:
    """The line for a command in a state."""
    return next((line for line in TABLE if line.command == command and state in line.states), None)


def is_command(name: str) -> bool:
    """Whether there is such a command at all."""
    return any(line.command == name for line in TABLE)


def sayable(state: str, who: Collection[Actor]) -> Iterator[Row]:
    """What somebody can say in a state, in the order of the table; guards may still refuse it."""
    return (line for line in TABLE if state in line.states and line.who.intersection(who))
