"""Who may open a socket: pages of our own origins, with a session that is good at this moment."""

from collections.abc import Collection, Iterable
from http.cookies import CookieError, SimpleCookie

from django.conf import settings

Headers = Iterable[tuple[bytes, bytes]]


def is_own_origin(headers: Headers, origins: Collection[str]) -> bool:
    """Whether there is exactly one Origin and it is ours by scheme, host and port. `null` and none are not."""
    said = [value for name, value in headers if name == b"origin"]
    return len(said) == 1 and said[0].decode("latin-1").lower() in origins


def session_key(headers: Headers) -> str | None:
    """The session key in the cookies, if there is one that could be one."""
    for name, value in headers:
        if name != b"cookie":
            continue
        try:
            found = SimpleCookie(value.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
        except CookieError:
            continue
        if found and found.value.isalnum() and 8 <= len(found.value) <= 40:
            return found.value
    return None
