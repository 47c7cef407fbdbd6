"""Doing something in a process that dies at a certain step of it."""

import os
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

DEATH = 9
Point = tuple[object, str, Callable[[Callable], Callable]]  # owner and name of the step, and when it dies


def die_before(step: Callable) -> Callable:
    """The step, in a process that dies just before it."""
    return lambda *args, **kwargs: os._exit(DEATH)


def die_after(step: Callable) -> Callable:
    """The step, in a process that dies just after it."""

    def run(*args: Any, **kwargs: Any) -> None:
        step(*args, **kwargs)
        os._exit(DEATH)

    return run


def crash(act: Callable[[], object], point: Point, name: str) -> None:
    """Act in a child process that dies at the point. The parent holds no connection that the child could share."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()
    child = os.fork()
    if child == 0:
        try:
            owner, step, death = point
            setattr(owner, step, death(getattr(owner, step)))
            act()
        finally:
            os._exit(1)  # the point was never reached
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == DEATH, f"never reached: {name}"
