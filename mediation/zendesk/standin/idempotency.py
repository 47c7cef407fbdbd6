"""A key of ticket creation, kept for two hours: repeated, it gives the first answer and makes nothing."""

import hashlib
import json
from collections.abc import Callable

from mediation.zendesk.standin.errors import bad_request
from mediation.zendesk.standin.world import Json, World

LONGEST_KEY = 255


def once(world: World, *, key: str | None, user_id: int, body: bytes, make: Callable[[], Json]) -> tuple[Json, str]:
    """The answer and what `x-idempotency-lookup` says of it ("" without a key). Raises Refusal for another body."""
    if key is None:
        return make(), ""
    if len(key) > LONGEST_KEY:
        raise bad_request("IdempotentRequestError", f"The idempotency key is longer than {LONGEST_KEY} characters.")
    kept, now = world.data["idempotency"], world.clock.now()
    place, fingerprint = f"{user_id}:{key}", hashlib.sha256(body).hexdigest()
    known = kept.get(place)
    if known and now - known["at"] < world.switches.idempotency_seconds:
        if known["fingerprint"] != fingerprint:
            words = "Request parameters do not match an earlier request with the same idempotency key."
            raise bad_request("IdempotentRequestError", words)
        return known["answer"], "hit"
    # A copy: the first answer stays what it was, whatever becomes of the ticket.
    answer: Json = json.loads(json.dumps(make()))
    kept[place] = {"at": now, "fingerprint": fingerprint, "answer": answer}
    return answer, "miss"
