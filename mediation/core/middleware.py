"""Gives every request an id, which its log lines and its answer carry."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from mediation.core.logs import request_id

LONGEST_ID = 64


class RequestIdMiddleware:
    """Takes a proxy's `X-Request-Id` when it is a plain word, else makes one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-Id", "")
        known = given.isascii() and given.replace("-", "").isalnum() and len(given) <= LONGEST_ID
        token = request_id.set(given if known else uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)
