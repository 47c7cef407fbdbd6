"""The pulse of worker and beat: beat leaves a mark when it sends the task, the worker when it performs it."""

import contextlib
import time

import redis

from mediation.core.redis import client, key

EVERY_SECONDS = 5.0
OLD_AFTER_SECONDS = 20.0
_FORGET_AFTER_SECONDS = 3600


def mark(who: str) -> None:
    """Note that `who` ("worker" or "beat") is alive now. A dead Redis is somebody else's alarm."""
    with contextlib.suppress(redis.RedisError):
        client().set(key(f"pulse:{who}"), f"{time.time():.3f}", ex=_FORGET_AFTER_SECONDS)


def age(who: str) -> float | None:
    """Seconds since the last mark; None without one. Raises redis.RedisError."""
    value = client().get(key(f"pulse:{who}"))
    return max(time.time() - float(str(value)), 0.0) if value else None
