"""Who keeps copies of what clocks say. Slices above add themselves; each is called with the cases whose clocks were
changed, in the transaction that changed them: so a copy is never older than the clock.
"""

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

keepers: set[Callable[[Collection[UUID]], object]] = set()


def tell(cases: Iterable[UUID]) -> None:
    """The clocks of these cases say something else now. Called last, for keepers lock their own rows."""
    changed = frozenset(cases)
    for keep in keepers if changed else ():
        keep(changed)
