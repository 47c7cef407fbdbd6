"""What must not be combined. Every message names the setting; `manage.py check` and every start run these."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

SETTINGS = "settings"
_LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}


@register(Tags.database, SETTINGS)
def check_stores(**kwargs: object) -> Sequence[CheckMessage]:
    """SQLite is one machine's file: nobody on another machine could share it."""
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if sqlite and _is_elsewhere(settings.REDIS_URL):
        return [
            Error(
                "REDIS_URL names another machine, but DATABASE_URL is SQLite, which only this machine can use.",
                hint="Set DATABASE_URL to a PostgreSQL database, or unset REDIS_URL.",
                id="parley.E001",
            )
        ]
    return []


def _is_elsewhere(redis_url: str) -> bool:
    parts = urlsplit(redis_url)
    return parts.scheme != "unix" and parts.hostname not in _LOCAL_HOSTS


@register(Tags.urls, SETTINGS)
def check_origins(**kwargs: object) -> Sequence[CheckMessage]:
    """Sockets are opened from exactly these origins; a slip here locks everybody out."""
    if not settings.LIVE_ORIGINS:
        return [Error("LIVE_ORIGINS is empty: no browser could open a socket.", id="parley.E002")]
    return [
        Error(
            f"LIVE_ORIGINS (or PUBLIC_URL, its default) holds {origin!r}, which is no origin.",
            hint="An origin is scheme, host and port only: https://parley.example.com",
            id="parley.E003",
        )
        for origin in settings.LIVE_ORIGINS
        if not _is_origin(origin)
    ]


def _is_origin(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _port = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and value == f"{parts.scheme}://{parts.netloc}"


@register(Tags.security, SETTINGS)
def check_production(**kwargs: object) -> Sequence[CheckMessage]:
    """In production the address is https, its host is allowed and no default secret is in use."""
    if not settings.PRODUCTION:
        return []
    found: list[CheckMessage] = []
    public = urlsplit(settings.PUBLIC_URL)
    if public.scheme != "https":
        found.append(Error("PUBLIC_URL must begin with https:// in production.", id="parley.E004"))
    if settings.DEBUG:
        found.append(Error("DEBUG must be off in production.", id="parley.E005"))
    if public.hostname not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        found.append(Error(f"ALLOWED_HOSTS does not hold PUBLIC_URL's host, {public.hostname}.", id="parley.E006"))
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        found.append(
            Warning("EMAIL_URL is console://: nobody will get a mail, not even to reset a password.", id="parley.W001")
        )
    return found


@register(SETTINGS)
def check_help_encoder(**kwargs: object) -> Sequence[CheckMessage]:
    """The help centre's encoder is one that is known, and questions leave this machine over https only."""
    named = settings.HELP_ENCODER
    parts = urlsplit(named)
    if named in ("", "multilingual") or parts.scheme == "https" or parts.hostname in _LOCAL_HOSTS:
        return []
    return [
        Error(
            f"HELP_ENCODER is {named}: say multilingual, off, or the https:// address of an encoder of your own.",
            id="parley.E014",
        )
    ]


_ZENDESK = ("URL", "CLIENT_ID", "CLIENT_SECRET", "WEBHOOK_SECRET", "WEBHOOK_ID", "ACCOUNT_ID")


@register(SETTINGS)
def check_zendesk(**kwargs: object) -> Sequence[CheckMessage]:
    """All of it or nothing: half a mirror would lose what the other half was for."""
    zendesk = settings.ZENDESK
    given = (
        zendesk.url, zendesk.client_id, zendesk.client_secret, zendesk.webhook_secrets, zendesk.webhook_id,
        zendesk.account_id,
    )  # fmt: skip
    missing = [f"ZENDESK_{name}" for name, value in zip(_ZENDESK, given, strict=True) if not value]
    if len(missing) == len(_ZENDESK):
        return []
    found: list[CheckMessage] = []
    if missing:
        found.append(
            Error(
                f"Zendesk is set up in part: {', '.join(missing)} missing.",
                hint="Set all of them, or none to do without Zendesk.",
                id="parley.E007",
            )
        )
    parts = urlsplit(settings.ZENDESK.url)
    if settings.ZENDESK.url and (parts.scheme != "https" and parts.hostname not in _LOCAL_HOSTS):
        found.append(Error("ZENDESK_URL must begin with https://.", id="parley.E008"))
    if settings.ZENDESK.language not in dict(settings.LANGUAGES):
        found.append(
            Error(f"ZENDESK_LANGUAGE is {settings.ZENDESK.language}, which is not a language here.", id="parley.E009")
        )
    if len(settings.ZENDESK.webhook_secrets) > 2:
        found.append(Error("ZENDESK_WEBHOOK_SECRET holds more than two secrets.", id="parley.E010"))
    return found
