"""How endpoints describe themselves for OpenAPI: one decorator, the standard errors included."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers

_ERRORS = {
    400: ("Not understood, or not allowed by a rule that `code` names.", "message.too_long"),
    401: ("Nobody is signed in.", "signed_out"),
    403: ("You may see this but not do that with it; or the CSRF token is missing (`code` is `csrf`).", "forbidden"),
    404: ("It is not there, or not for you: the two answer alike.", "not_found"),
    409: ("Somebody was first; `detail` holds how things stand now.", "message.stale"),
    413: ("Larger than this endpoint takes.", "too_large"),
    415: ("Another media type than the one described here.", "media_type"),
    429: ("Too much in too short a time; `Retry-After` says how many seconds to wait.", "rate"),
    503: ("Our fault, and passing: the same request can succeed in a moment.", "unavailable"),
}
_RETRY = {429, 503}
_READING = (401, 403, 503)
_WRITING = (400, 401, 403, 413, 415, 429, 503)


class Error(serializers.Serializer):
    """What every error looks like."""

    code = serializers.CharField(help_text="Stable, for programs.")
    message = serializers.CharField(help_text="A sentence for the person, in their language.")
    retry = serializers.BooleanField(help_text="Whether the same request can succeed later.")
    detail = serializers.DictField(help_text="What belongs to this code; often empty.")


class Schema(AutoSchema):
    """DRF's description of an endpoint, with bodies on DELETE where one is declared."""

    def _get_request_body(self, direction: str = "request") -> Any:
        if self.method != "DELETE" or not self.get_request_serializer():
            return super()._get_request_body(direction)
        self.method = "PUT"  # any method that may carry a body; put back at once
        try:
            return super()._get_request_body(direction)
        finally:
            self.method = "DELETE"


class CookieScheme(SessionScheme):
    """Our own session authentication is described like DRF's."""

    target_class = "mediation.core.api.wire.SessionAuthentication"
    name = "session"


def operation(
    name: str,
    *,
    tag: str,
    answers: Mapping[Any, Any],
    example: Any = None,
    body: Any = None,
    body_example: Any = None,
    query: type[serializers.Serializer] | None = None,
    errors: Sequence[int] = (),
    summary: str,
) -> Callable[[Any], Any]:
    """Describe one method of an endpoint.

    `answers` maps success statuses, or pairs of status and media type, to shapes (None for an empty answer); `errors`
    are those beside the standard ones.
    """
    statuses = {key[0] if isinstance(key, tuple) else key for key in answers}
    standard = _READING if body is None and 200 in statuses else _WRITING
    examples = []
    if example is not None:
        shown = [str(status) for status in statuses]
        examples.append(OpenApiExample("Answer", value=example, response_only=True, status_codes=shown))
    if body_example is not None:
        examples.append(OpenApiExample("Request", value=body_example, request_only=True))
    responses: dict[Any, Any] = dict(answers)
    for status in sorted({*standard, *errors}):
        responses[status] = _error(status)
    return extend_schema(
        operation_id=name,
        summary=summary,
        tags=[tag],
        request=body,
        parameters=[query] if query else None,
        responses=responses,
        examples=examples,
    )


def _error(status: int) -> OpenApiResponse:
    description, code = _ERRORS[status]
    value = {"code": code, "message": "…", "retry": status in _RETRY, "detail": {}}
    return OpenApiResponse(Error, description, [OpenApiExample(str(status), value=value, response_only=True)])
