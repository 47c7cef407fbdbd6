"""Tells the listeners of this process that threads have news. A knock, never the news itself.

Listeners are called after the commit, with ids only, and must return at once. What they miss, polls and sweeps
find: nothing depends on the bell but speed.
"""

import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction

Listener = Callable[[frozenset[UUID]], None]

log = logging.getLogger(__name__)
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener(topic_ids)` after each commit that has news, from the thread that committed."""
    _listeners.append(listener)


def silence(listener: Listener) -> None:
    """The reverse of `listen`."""
    _listeners.remove(listener)


def ring(topics: Iterable[UUID]) -> None:
    """Knock once the present transaction has committed; at once outside of one."""
    news = frozenset(topics)
    if news:
        transaction.on_commit(lambda: _call(news), robust=True)


def _call(news: frozenset[UUID]) -> None:
    for listener in list(_listeners):
        try:
            listener(news)
        except Exception:
            log.exception("A listener failed; polls and sweeps will find what it missed.")
