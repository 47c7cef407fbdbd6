"""The one way to Redis outside the channel layer, with short time-outs that are always said (redis-py's is 5 s)."""

from functools import lru_cache

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

ANSWER_WITHIN_SECONDS = 1.0


@lru_cache(maxsize=1)
def client() -> redis.Redis:
    """A pooled client. Every call raises redis.RedisError within a second when the server is dead or stalled."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=ANSWER_WITHIN_SECONDS,
        socket_connect_timeout=ANSWER_WITHIN_SECONDS,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )


def key(name: str) -> str:
    """`name` under this installation's prefix: several may share a server."""
    return f"{settings.REDIS_PREFIX}:{name}"
