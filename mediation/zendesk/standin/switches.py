"""What can be set about the stand-in: its limits, its habits where Zendesk's word is missing, and its webhooks."""

from dataclasses import dataclass, fields
from typing import Any, Literal


@dataclass(slots=True)
class Switches:
    """Flat, by name, so that `POST /_standin/reset {"limits": false}` reads like this file."""

    # Limits, each by the stand-in's clock.
    limits: bool = True
    account_per_minute: int = 700
    updates_per_minute: int = 100
    updates_per_ticket: int = 30  # in ten minutes, of one user on one ticket
    users_per_second: int = 1  # create_or_update, of the whole account
    users_per_user: int = 5  # create_or_update of one user, a minute
    exports_per_minute: int = 10
    limit_headers: Literal["ratelimit", "x-rate-limit", "zendesk-ratelimit", "none"] = "ratelimit"
    limit_body: Literal["json", "text"] = "json"
    retry_after: bool = True

    # Who may what.
    client_id: str = "parley"
    client_secret: str = "standin-client-secret"  # noqa: S105  (of a program that is only for trying)
    service_role: Literal["admin", "agent"] = "admin"  # imports and the export are for admins
    token_seconds: int = 1800

    # Sizes and ages.
    comments_per_ticket: int = 5000
    body_bytes: int = 65_536
    idempotency_seconds: int = 7200
    upload_seconds: int = 3600
    cursor_seconds: int = 3 * 24 * 3600
    export_withholds_seconds: int = 60
    export_repeats: int = 1  # rows of the page before that a page shows once more
    job_seconds: int = 0

    # Where Zendesk's word is missing.
    placeholders: Literal["decoded", "source"] = "decoded"  # `&#123;&#123;` in HTML: seen as a placeholder or not
    end_users_are_public: bool = True  # a comment in the name of an end user is public, whatever `public` says
    bad_upload: Literal["refuse", "ignore"] = "refuse"

    # Webhooks.
    webhook_to: str = ""
    webhook_secret: str = "standin-webhook-secret"  # noqa: S105
    webhook_id: str = "01STANDINWEBHOOK0000000000"
    account_id: int = 12345
    webhooks_twice: bool = False
    webhooks_shuffled: bool = False
    webhooks_late_seconds: float = 0
    webhooks_bad_signature: bool = False
    webhooks_before_answer: bool = False
    webhook_tries: int = 4

    def set(self, given: dict[str, Any]) -> None:
        """Raises ValueError for a name or a type that is not here; then nothing is set."""
        known = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        for name, value in given.items():
            if name not in known:
                raise ValueError(f"There is no switch {name!r}. There are: {', '.join(sorted(known))}")
            wanted = (int, float) if known[name] in (int, float) else known[name]
            if not isinstance(value, wanted):
                raise ValueError(f"{name} is a {known[name].__name__}")
        for name, value in given.items():
            setattr(self, name, value)
