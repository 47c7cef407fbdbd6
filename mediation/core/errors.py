"""Refusals: what a person asked for was not done, why, and what they can do about it.

Every door (HTTP, socket, form, admin) turns a `Refused` into its own answer. `code` is stable and for programs;
`message` is a translated sentence for the person; `retry` says whether the same request can succeed later;
`detail` is JSON-able.
"""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """The base of every refusal."""

    status: ClassVar[int] = 400
    code: str = "refused"
    message: str | Promise = _("This could not be done.")
    retry: bool = False

    def __init__(
        self,
        message: str | Promise | None = None,
        *,
        code: str | None = None,
        retry: bool | None = None,
        detail: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message or self.message)
        if message is not None:
            self.message = message
        if code is not None:
            self.code = code
        if retry is not None:
            self.retry = retry
        self.detail = detail or {}

    def as_dict(self) -> dict[str, Any]:
        """`{code, message, retry, detail}`, the shape every machine-readable door answers with."""
        return {"code": self.code, "message": str(self.message), "retry": self.retry, "detail": self.detail}


class Invalid(Refused):
    """What was sent cannot be right."""

    code = "invalid"
    message = _("Something in this is not right. Change it and send it again.")


class Forbidden(Refused):
    """You may see it, but not do this with it."""

    status = 403
    code = "forbidden"
    message = _("You cannot do this here.")


class NotFound(Refused):
    """It is not there, or not for you: the two answer alike."""

    status = 404
    code = "not_found"
    message = _("There is nothing here that you can see.")


class Conflict(Refused):
    """Somebody was first; `detail` holds how things stand now."""

    status = 409
    code = "conflict"
    message = _("This changed while you were looking at it. Look again, then decide.")


class TooMany(Refused):
    """Too much in too short a time."""

    status = 429
    code = "rate"
    message = _("That was a lot at once. Wait a few seconds and send it again.")
    retry = True


class Unavailable(Refused):
    """Our fault, and passing."""

    status = 503
    code = "unavailable"
    message = _("That was our fault. What you wrote is kept; send it again in a moment.")
    retry = True
