"""Trying again what met trouble with locks (`reliability.md`, 2: three tries with jitter)."""

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

from mediation.core.errors import Unavailable

log = logging.getLogger(__name__)
TRIES = 3
T = TypeVar("T")


def patiently(work: Callable[[], T]) -> T:
    """What `work` returns, done in a transaction; after a deadlock, a lock that was not won or a lost connection, done
    once more from the start. Raises Unavailable after the third time, with nothing done, and what `work` raises.

    Inside of somebody else's transaction it is tried once, in a part of its own that can be undone: only who began that
    one can begin it again.
    """
    if transaction.get_connection().in_atomic_block:
        with transaction.atomic():
            return work()
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return work()
        except (OperationalError, InterfaceError) as trouble:
            log.warning("A command met %s; try %d of %d.", type(trouble).__name__, attempt + 1, TRIES)
            time.sleep(random.uniform(0.01, 0.05) * (attempt + 1))  # noqa: S311 (jitter, no secret)
    raise Unavailable
