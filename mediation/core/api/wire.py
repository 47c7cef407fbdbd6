"""How a request proves who sends it, and how bodies are read and written."""

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework import authentication, exceptions
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class CsrfFailed(exceptions.PermissionDenied):
    """The request did not prove that it comes from our own page."""


class SessionAuthentication(authentication.SessionAuthentication):
    """The session cookie and the CSRF token. Anonymous is 401, a missing token 403 with a code of its own."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise CsrfFailed from error


class JsonParser(BaseParser):
    """Strict JSON: no NaN, no lone surrogates, no bottomless nesting."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return orjson.loads(stream.read())
        except orjson.JSONDecodeError as error:
            raise exceptions.ParseError from error


class JsonRenderer(BaseRenderer):
    """JSON as bytes."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str)


class OneFormat(DefaultContentNegotiation):
    """There is one format a request can be answered in, so what it says it accepts is not asked."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type
