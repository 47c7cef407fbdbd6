"""The address of this slice under /api/; the socket's own is in `asgi`."""

from django.urls import path

from mediation.live.api import Typing

urlpatterns = [path("threads/<uuid:thread>/typing/", Typing.as_view(), name="typing")]
