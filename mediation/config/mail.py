"""Reads `EMAIL_URL` into Django's mail settings."""

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ALLOWED = "console://, file:///folder or smtp://user:password@host:587?tls=1 (ssl=1 for port 465)"


def mail_settings(url: str) -> dict[str, object]:
    """Django's `EMAIL_*` settings for a URL. Raises ImproperlyConfigured, which never repeats the password."""
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme == "file" and parts.path:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    if parts.scheme == "smtp" and parts.hostname:
        return _smtp(url)
    raise ImproperlyConfigured(f"EMAIL_URL cannot be read. It is one of {ALLOWED}.")


def _smtp(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    try:
        port = parts.port or 587
    except ValueError:
        raise ImproperlyConfigured("EMAIL_URL has a port that is not a number.") from None
    if unknown := set(options) - {"tls", "ssl"}:
        raise ImproperlyConfigured(f"EMAIL_URL has unknown options: {', '.join(sorted(unknown))}. It is {ALLOWED}.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": options.get("tls") == ["1"],
        "EMAIL_USE_SSL": options.get("ssl") == ["1"],
        "EMAIL_TIMEOUT": 10,
    }
