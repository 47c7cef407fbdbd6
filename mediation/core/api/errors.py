"""Every error an endpoint can meet, in the one shape. `answer_error` is DRF's exception handler."""

import logging
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import Http404, UnreadablePostError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from mediation.core.api.wire import CsrfFailed
from mediation.core.errors import Forbidden, Invalid, NotFound, Refused, TooMany, Unavailable

log = logging.getLogger(__name__)


class SignedOut(Refused):
    """Nobody is signed in."""

    status: ClassVar[int] = 401
    code = "signed_out"
    message = _("Sign in, then try again.")


class MethodNotAllowed(Refused):
    """The address exists, but not for this method."""

    status: ClassVar[int] = 405
    code = "method_not_allowed"
    message = _("This address cannot be used that way.")


class TooLarge(Refused):
    """More bytes than this endpoint takes; they were not read."""

    status: ClassVar[int] = 413
    code = "too_large"
    message = _("That is larger than we can take.")


class WrongMediaType(Refused):
    """Neither JSON nor, for files, a multipart form."""

    status: ClassVar[int] = 415
    code = "media_type"
    message = _("Send this as JSON; send a file as a multipart form.")


class Broken(Refused):
    """A bug of ours. It is in the log, and nothing of it in the answer."""

    status: ClassVar[int] = 500
    code = "broken"
    message = _("That was our fault, and we have noted it. Reload the page before you go on.")


def answer_error(error: Exception, context: dict[str, Any]) -> Response:
    """The answer to an error, whatever it is."""
    refused = as_refused(error)
    if refused is None:
        log.exception("An endpoint broke")
        got_request_exception.send(sender=None, request=context["request"]._request)
        refused = Broken()
    response = Response(refused.as_dict(), status=refused.status)
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        response["WWW-Authenticate"] = "Session"
    if isinstance(refused, TooMany | Unavailable):
        response["Retry-After"] = str(refused.detail.get("retry_after_seconds", 1))
    return response


def as_refused(error: Exception) -> Refused | None:
    """The refusal that an error amounts to; None if it amounts to none."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, exceptions.APIException):
        return _from_framework(error)
    for found, refused in _BY_DJANGO_TYPE:
        if isinstance(error, found):
            return refused()
    if isinstance(error, OperationalError | OSError):  # locked, full, out of connections, gone: it passes
        log.exception("The database or the disk did not do as it should")
        return Unavailable()
    return None


_BY_DJANGO_TYPE: list[tuple[type[Exception], Callable[[], Refused]]] = [
    (Http404, NotFound),
    (PermissionDenied, Forbidden),
    (RequestDataTooBig, TooLarge),
    (SuspiciousOperation, lambda: Invalid(code="malformed")),
    (UnreadablePostError, lambda: Invalid(code="malformed")),
]
_BY_TYPE: list[tuple[type[exceptions.APIException], type[Refused]]] = [
    (exceptions.NotAuthenticated, SignedOut),
    (exceptions.AuthenticationFailed, SignedOut),
    (exceptions.PermissionDenied, Forbidden),
    (exceptions.NotFound, NotFound),
    (exceptions.MethodNotAllowed, MethodNotAllowed),
    (exceptions.UnsupportedMediaType, WrongMediaType),
    (exceptions.Throttled, TooMany),
]


def _from_framework(error: exceptions.APIException) -> Refused:
    if isinstance(error, exceptions.ValidationError):
        return _from_fields(error)
    if isinstance(error, exceptions.ParseError):
        return Invalid(_("This could not be read: it is not well-formed."), code="malformed")
    if isinstance(error, CsrfFailed):
        return Forbidden(_("This page is too old. Reload it, then send again."), code="csrf")
    for framework_type, refused_type in _BY_TYPE:
        if isinstance(error, framework_type):
            return refused_type()
    return Invalid(code=str(error.default_code))


def _from_fields(error: exceptions.ValidationError) -> Refused:
    fields = dict(_problems(error.detail))
    name, problem = next(iter(fields.items()))
    sentence: str | Promise = f"{name}: {problem}" if name else problem
    return Invalid(sentence, detail={"fields": fields})


def _problems(found: Any, path: str = "") -> list[tuple[str, str]]:
    """The first problem of every field, with the field's dotted path."""
    if isinstance(found, dict):
        return [pair for key, inner in found.items() for pair in _problems(inner, _join(path, key))]
    if isinstance(found, list) and found and not isinstance(found[0], str):
        return [pair for index, inner in enumerate(found) for pair in _problems(inner, _join(path, index))]
    first = found[0] if isinstance(found, list) and found else found
    return [(path, str(first))] if first else []


def _join(path: str, key: object) -> str:
    if key == "non_field_errors":
        return path
    return f"{path}.{key}" if path else str(key)
