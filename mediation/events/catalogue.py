"""The typed catalogue: every kind of event that can happen, declared by the slice that records it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of event. `data` names the keys its data always has; `has_message`: it is about a message."""

    name: str
    about: str
    data: tuple[str, ...] = ()
    has_message: bool = True


_declared: dict[str, EventType] = {}


def declare(*types: EventType) -> None:
    """Add kinds to the catalogue. A name belongs to one kind for good."""
    for kind in types:
        if _declared.setdefault(kind.name, kind) != kind:
            raise ValueError(f"The event type {kind.name} is declared twice.")


def declared() -> dict[str, EventType]:
    """Every kind, by name."""
    return dict(_declared)


def check(name: str, data: dict[str, object]) -> None:
    """Refuse to record what the catalogue does not know."""
    kind = _declared.get(name)
    if kind is None:
        raise ValueError(f"The event type {name} is not declared.")
    if set(data) != set(kind.data):
        raise ValueError(f"{name} has the data {sorted(kind.data)}, not {sorted(data)}.")
