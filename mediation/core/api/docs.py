"""The OpenAPI file and the pages that show it, from our own static files."""

from functools import cache
from typing import Any

from csp.decorators import csp_update
from django.utils import translation
from django.utils.decorators import method_decorator
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from mediation.core.api.views import ApiView


class OpenApi(ApiView):
    """The description of every endpoint, as OpenAPI 3 in JSON."""

    permission_classes: list[type[BasePermission]] = []

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        return Response(_description())


@cache
def _description() -> dict[str, Any]:
    """It takes a third of a second to make and never changes while a process runs."""
    with translation.override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


# Swagger UI sets styles and draws its icons inline; no other page may.
@method_decorator(csp_update({"style-src": ["'unsafe-inline'"], "img-src": ["data:"]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """The same, for people to read and try."""

    url_name = "api-schema"
