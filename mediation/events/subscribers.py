"""Who reacts to what. Slices register their subscribers when their app starts; this package calls them.

A subscriber does one action call, which is its own transaction, and tolerates repeats: a worker that dies between
that commit and the note that the event is handled has it called again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mediation.events import catalogue
from mediation.events.models import Event

Handler = Callable[[Event], None]
BatchHandler = Callable[[Sequence[Event]], None]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A handler of events in the order of their streams. The name is stored with failures: it never changes."""

    name: str
    types: frozenset[str]
    handle: BatchHandler
    takes_many: bool


_registered: dict[str, Subscriber] = {}


def registered() -> tuple[Subscriber, ...]:
    """All subscribers, in the order of their registration."""
    return tuple(_registered.values())


def subscriber(name: str, *types: str) -> Callable[[Handler], Handler]:
    """Register a handler that takes one event."""
    _check(name, types)

    def register(handle: Handler) -> Handler:
        _add(Subscriber(name, frozenset(types), lambda events: handle(*events), takes_many=False))
        return handle

    return register


def batch_subscriber(name: str, *types: str) -> Callable[[BatchHandler], BatchHandler]:
    """Register a handler that takes many events in one go. If it raises, it is called again with each event alone."""
    _check(name, types)

    def register(handle: BatchHandler) -> BatchHandler:
        _add(Subscriber(name, frozenset(types), handle, takes_many=True))
        return handle

    return register


def _check(name: str, types: Sequence[str]) -> None:
    unknown = set(types) - set(catalogue.declared())
    if unknown or not types:
        raise ValueError(f"The subscriber {name} waits for events that nobody declared: {sorted(unknown)}.")


def _add(subscriber: Subscriber) -> None:
    if _registered.setdefault(subscriber.name, subscriber) is not subscriber:
        raise ValueError(f"There are two subscribers called {subscriber.name}.")
