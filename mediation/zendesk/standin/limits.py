"""How much a minute allows, and how an answer says so."""

import math

from mediation.zendesk.standin.errors import Refusal
from mediation.zendesk.standin.world import World

WORDS = "Number of allowed API requests per minute exceeded"


def count(world: World, key: tuple[object, ...], *, limit: int, seconds: float) -> None:
    """One more of these. Raises Refusal (429) when the window is full; what is refused does not count."""
    if not world.switches.limits:
        return
    now = world.clock.now()
    counted = [moment for moment in world.counted.get(key, []) if now - seconds < moment <= now]
    world.counted[key] = counted
    if len(counted) >= limit:
        raise too_many(world, wait=math.ceil(counted[0] + seconds - now))
    counted.append(now)


def too_many(world: World, *, wait: int) -> Refusal:
    headers = {"Retry-After": str(max(wait, 1))} if world.switches.retry_after else {}
    if world.switches.limit_body == "text":
        return Refusal(429, f"{WORDS}\n", headers)
    return Refusal(429, {"error": "APIRateLimitExceeded", "description": WORDS}, headers)


def count_request(world: World) -> None:
    count(world, ("account",), limit=world.switches.account_per_minute, seconds=60)


def count_ticket_update(world: World, user_id: int, ticket_id: int) -> None:
    count(world, ("ticket", user_id, ticket_id), limit=world.switches.updates_per_ticket, seconds=600)
    count(world, ("updates",), limit=world.switches.updates_per_minute, seconds=60)


def count_user_change(world: World, who: str) -> None:
    count(world, ("user", who), limit=world.switches.users_per_user, seconds=60)
    count(world, ("users",), limit=world.switches.users_per_second, seconds=1)


def count_export(world: World) -> None:
    count(world, ("export",), limit=world.switches.exports_per_minute, seconds=60)


def headers(world: World) -> dict[str, str]:
    """What is left of the account's minute, under the names of the chosen fashion."""
    limit = world.switches.account_per_minute
    now = world.clock.now()
    counted = [moment for moment in world.counted.get(("account",), []) if moment > now - 60]
    left, resets = max(limit - len(counted), 0), math.ceil(counted[0] + 60 - now) if counted else 60
    match world.switches.limit_headers:
        case "ratelimit":
            return {"ratelimit-limit": str(limit), "ratelimit-remaining": str(left), "ratelimit-reset": str(resets)}
        case "x-rate-limit":
            return {"X-Rate-Limit": str(limit), "X-Rate-Limit-Remaining": str(left)}
        case "zendesk-ratelimit":
            return {"Zendesk-RateLimit-account": f"total={limit}; remaining={left}; resets={resets}"}
        case _:
            return {}
