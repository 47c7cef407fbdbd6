"""The incremental export: every ticket that changed, by the moment it did; deleted ones too."""

import base64
import binascii

from mediation.zendesk.standin import tickets
from mediation.zendesk.standin.errors import Refusal, bad_request
from mediation.zendesk.standin.world import Json, World

LARGEST = 1000


def page(world: World, *, start_time: str | None, cursor: str | None, size: str | None) -> Json:
    """One page after `cursor`, or from `start_time` (seconds). Withholds the last minute and repeats a row or so."""
    now = world.clock.now()
    after, place = _from_cursor(world, cursor) if cursor else (_from_start(start_time, now), 0)
    rows = sorted(
        (row for row in world.data["tickets"].values() if row["generated_timestamp"] <= _newest(world)),
        key=lambda row: (row["generated_timestamp"], row["id"]),
    )
    first = next(
        (i for i, row in enumerate(rows) if (row["generated_timestamp"], row["id"]) > (after, place)), len(rows)
    )
    most = min(int(size), LARGEST) if size and size.isdigit() and int(size) else LARGEST
    fresh = rows[first : first + most]
    again = rows[max(first - world.switches.export_repeats, 0) : first] if cursor and fresh else []
    if fresh:
        after, place = fresh[-1]["generated_timestamp"], fresh[-1]["id"]
    made = base64.urlsafe_b64encode(f"{after}|{place}|{int(now)}".encode()).decode()
    return {
        "tickets": [tickets.shown(world, row) for row in again + fresh],
        "after_cursor": made,
        "after_url": f"{world.address}/api/v2/incremental/tickets/cursor.json?cursor={made}",
        "before_cursor": None,
        "before_url": None,
        "end_of_stream": first + most >= len(rows),
    }


def _newest(world: World) -> float:
    return world.clock.now() - world.switches.export_withholds_seconds


def _from_start(start_time: str | None, now: float) -> int:
    if not start_time or not start_time.isdigit():
        raise bad_request("InvalidValue", "start_time is a number of seconds since 1970")
    if int(start_time) > now - 60:
        words = "Too recent start_time. Use a start_time older than 60 seconds"
        raise Refusal(422, {"error": "InvalidValue", "description": words})
    return int(start_time) - 1


def _from_cursor(world: World, text: str) -> tuple[int, int]:
    try:
        after, place, made = (int(part) for part in base64.urlsafe_b64decode(text).decode().split("|"))
    except (ValueError, binascii.Error):
        raise bad_request("InvalidPaginationParameter", "The cursor is not valid.") from None
    if world.clock.now() - made > world.switches.cursor_seconds:
        raise bad_request("InvalidPaginationParameter", "The cursor has expired. Begin again with a start_time.")
    return after, place
