"""The names of the guards, as the table uses them."""

from collections.abc import Callable
from typing import Any

from mediation.disputes.rules.facts import Facts

Guard = Callable[[Facts, dict[str, Any]], None]

_guards: dict[str, Guard] = {}


def guard(name: str) -> Callable[[Guard], Guard]:
    """Register a function under the name that the table uses."""

    def register(function: Guard) -> Guard:
        if _guards.setdefault(name, function) is not function:
            raise ValueError(f"There are two guards called {name}.")
        return function

    return register


def named(name: str) -> Guard:
    """The guard of that name. Raises KeyError: the table names one that nobody wrote."""
    return _guards[name]


def known() -> frozenset[str]:
    """Every registered name."""
    return frozenset(_guards)
