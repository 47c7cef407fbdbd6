"""The content security policy: nothing runs and nothing loads but our own files.

A page that cannot live with it (the API's documentation) says so itself, with django-csp's decorator.
"""

from collections.abc import Iterable

from csp.constants import NONE, SELF


def content_security_policy(origins: Iterable[str]) -> dict[str, object]:
    """django-csp's setting. `origins` are the web's own; their sockets are named too, for browsers in which `'self'`
    does not cover them.
    """
    sockets = [origin.replace("http", "ws", 1) for origin in origins if origin.startswith("http")]
    return {
        "EXCLUDE_URL_PREFIXES": [],
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:", "blob:"],
            "font-src": [SELF],
            "connect-src": [SELF, *sockets],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        },
    }
