"""The escalation ladder (domain, section 5): on which level a case stands, why it should stand higher, who may take it.

A case stands where its owner stands. Asking for a higher level changes nothing but that it is asked: the owner stays
until somebody of that level takes the case, so there are never two and never none.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum

from accounts.rules import Role
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import State

BREACH_PERCENT = 150  # of a clock's time: so late, the case goes a level up


class Rung(IntEnum):
    """A level: L1 to L6."""

    SELF_SERVICE = 1
    QUEUE = 2
    MEDIATOR = 3
    SENIOR = 4
    EE = 5
    SAFETY = 6  # trust and safety; they look on, and neither party learns of it


class Why(StrEnum):
    """Why a higher level is asked for. All but the last are rules."""

    AMOUNT = "amount"
    BREACH = "breach"
    OBJECTION = "objection"
    ASKED = "asked"


ASKABLE = frozenset({Rung.SENIOR, Rung.EE, Rung.SAFETY})
OWNING = ASKABLE - {Rung.SAFETY}  # who takes one of these owns the case
_OF_OWNER = {Role.AGENT: Rung.MEDIATOR, Role.SENIOR: Rung.SENIOR, Role.EE: Rung.EE}
_OF_ROLE = _OF_OWNER | {Role.SUPERVISOR: Rung.SAFETY}


def stands_at(mediator_role: str | None) -> Rung:
    """The level of a case by its owner's role. Without an owner, or with one who got a role since with which nobody
    mediates, it stands where it waits for one.
    """
    return _OF_OWNER.get(Role(mediator_role), Rung.QUEUE) if mediator_role else Rung.QUEUE


def level(state: State, mediator_role: str | None, *, is_with_safety: bool) -> Rung:
    """Where a case is dealt with: by trust and safety once they took it up, else where its owner stands; without one in
    the queue as soon as a mediator was asked for, and before that by the parties themselves.
    """
    if is_with_safety:
        return Rung.SAFETY
    is_ours = mediator_role is not None or state is State.ESCALATED
    return stands_at(mediator_role) if is_ours else Rung.SELF_SERVICE


def may_take(role: str, asked: Iterable[int]) -> frozenset[Rung]:
    """Which of the levels asked for somebody of that role may answer. A supervisor speaks for trust and safety."""
    own = _OF_ROLE.get(Role(role), Rung.QUEUE)
    return frozenset({own}) if own in ASKABLE and own in set(asked) else frozenset()


def may_be_asked(rung: int, stands: Rung, asked: Iterable[int]) -> bool:
    """Whether asking for a level makes sense: it is above where the case stands, and not asked for already. Trust and
    safety can look at any case.
    """
    return rung in ASKABLE and rung > stands and rung not in set(asked)


def may_be_raised(rung: int, stands: Rung, asked: Mapping[int, Why]) -> bool:
    """Whether a rule that asks for a level says something new: also where only a person asked for it so far, who could
    take that back.
    """
    return may_be_asked(rung, stands, by_rule(asked))


def may_drop(role: str, asked: Mapping[int, Why], *, is_owner: bool) -> frozenset[Rung]:
    """Which of the levels asked for somebody may say are not needed: the owner what only a person asked for, and
    whoever else is on that level or above any. What a rule asked for is not for the owner to send away: the rule is
    there because nobody should judge alone that they need no help. Nor is trust and safety for anybody.
    """
    if is_owner:
        found = asked.keys() - by_rule(asked)
    else:
        found = {level for level in asked if level <= _OF_ROLE.get(Role(role), Rung.QUEUE)}
    return frozenset(Rung(level) for level in found) & OWNING


def by_rule(asked: Mapping[int, Why]) -> frozenset[int]:
    """The levels that a rule asked for, whoever else did."""
    return frozenset(level for level, why in asked.items() if why is not Why.ASKED)


def is_for_a_senior(amount_minor: int, terms: Terms) -> bool:
    """Whether the sum alone takes the case to a senior."""
    return amount_minor > terms.senior_above_minor


def is_breach_for_a_senior(percent: int) -> bool:
    """Whether a clock is so late that the case goes to a senior."""
    return percent >= BREACH_PERCENT
