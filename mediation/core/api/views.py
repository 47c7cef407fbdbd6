"""The view every endpoint is made from."""

from typing import Any

from django.http import HttpResponseBase
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from mediation.core.api.errors import TooLarge
from mediation.core.errors import NotFound

MAX_JSON_BYTES = 512 * 1024  # the longest message, every character escaped, and room to spare


class ApiView(APIView):
    """An endpoint: read the request, call one action or query, write the answer."""

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    max_bytes = MAX_JSON_BYTES

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before anything looks at the body: looking for the CSRF token would already read it.
        if _length(request) > self.max_bytes:
            raise TooLarge(detail={"max_bytes": self.max_bytes})
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _length(request: Request) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0  # what is no number is no body to Django either


def read(shape: type[Serializer], data: Any) -> dict[str, Any]:
    """The data as the shape says, or ValidationError."""
    reader = shape(data=data)
    reader.is_valid(raise_exception=True)
    return reader.validated_data


class NothingHere(ApiView):
    """Whatever address under /api/ nobody else answers."""

    authentication_classes: list[Any] = []
    permission_classes: list[type[BasePermission]] = []
    schema = None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.http_method_names = [str(request.method).lower()]
        return super().dispatch(request, *args, **kwargs)

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise NotFound
