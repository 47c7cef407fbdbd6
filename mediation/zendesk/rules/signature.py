"""Whether a webhook is Zendesk's (design: facts, 11): signed over its time and its bytes, and fresh."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

FRESH = timedelta(minutes=5)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """base64 of HMAC-SHA256 over the timestamp as it was sent and the raw body."""
    return base64.b64encode(hmac.digest(secret.encode(), timestamp.encode() + body, hashlib.sha256)).decode()


def is_signed(secrets: Iterable[str], timestamp: str, body: bytes, given: str) -> bool:
    """Whether one of the secrets made it; there are two while one is being replaced."""
    matches = [hmac.compare_digest(signature(secret, timestamp, body).encode(), given.encode()) for secret in secrets]
    return any(matches)


def is_fresh(timestamp: str, now: datetime) -> bool:
    """Whether it was signed within five minutes. The timestamp is RFC 3339."""
    try:
        signed_at = datetime.fromisoformat(timestamp)
    except ValueError:
        return False
    return signed_at.tzinfo is not None and abs(now - signed_at) <= FRESH
