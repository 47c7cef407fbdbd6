"""A command on its way: what its effects read, and what they leave for the end of the transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from accounts.models import User
from mediation.disputes.models import Dispute
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.table import Row

Effect = Callable[["Step"], None]
Rows = TypeVar("Rows", bound=Model)


@dataclass(slots=True)
class Step:
    """One command inside its transaction. The dispute's row is locked.

    Effects change `dispute` and name what they changed in `changed`; `also` are commands of the same person that follow
    in the same transaction, `then` those of the system that follow after them; `line` are the parameters of the line
    people read; `data` is what the event says beside state and version; `result` goes back to the caller; `record` is
    the content for the case file; `audience` is whose chain it belongs to, if the table cannot say it.
    """

    dispute: Dispute
    row: Row
    actor: User | None
    facts: Facts
    payload: dict[str, Any]
    now: datetime
    terms: Terms
    changed: set[str] = field(default_factory=set)
    then: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    also: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    line: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)
    audience: str | None = None

    def set(self, **values: Any) -> None:
        """Change fields of the dispute; they are saved together at the end."""
        for name, value in values.items():
            setattr(self.dispute, name, value)
            self.changed.add(name)

    def decide(self, refund_minor: int) -> None:
        """Neither side has agreed to it, so the room is told who gets what."""
        self.set(settled_refund_minor=refund_minor)
        sums = {"refund_minor": refund_minor, "release_minor": self.dispute.amount_minor - refund_minor}
        self.line |= sums | {"currency": self.dispute.currency}

    def of_now(self, rows: QuerySet[Rows]) -> QuerySet[Rows]:
        """Those since the case was last opened. What was there before is history, and decides nothing."""
        return rows.filter(reopenings=self.dispute.reopenings)

    @property
    def actor_id(self) -> UUID | None:
        return self.actor.pk if self.actor else None

    @property
    def person(self) -> User:
        """The actor of a command that the system never says."""
        if self.actor is None:
            raise TypeError(f"{self.row.command} is said by a person.")
        return self.actor

    @property
    def mediator(self) -> User:
        """Who owns the case, in the states in which somebody does."""
        if self.dispute.mediator is None:
            raise TypeError(f"{self.row.command} is said of a case that somebody mediates.")
        return self.dispute.mediator


_effects: dict[str, Effect] = {}
_reads: dict[str, tuple[str, ...]] = {}


def effect(name: str, *, reads: tuple[str, ...] = ()) -> Callable[[Effect], Effect]:
    """Register a function under the name that the table uses. `reads` are the facts that it asks for: they are those
    from before the case moved.
    """

    def register(function: Effect) -> Effect:
        if _effects.setdefault(name, function) is not function:
            raise ValueError(f"There are two effects called {name}.")
        _reads[name] = reads
        return function

    return register


def named(name: str) -> Effect:
    """The effect of that name. Raises KeyError: the table names one that nobody wrote."""
    return _effects[name]


def read_by(names: Iterable[str]) -> set[str]:
    """The facts that these effects ask for."""
    return {fact for name in names for fact in _reads[name]}


def known() -> frozenset[str]:
    """Every registered name."""
    return frozenset(_effects)
