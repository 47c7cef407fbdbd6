"""The last addresses under /api/: the description of all the others, and an answer for everything else."""

from django.urls import path, re_path

from mediation.core.api.docs import Docs, OpenApi
from mediation.core.api.views import NothingHere

urlpatterns = [
    path("schema/", OpenApi.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(), name="api-docs"),
    re_path("", NothingHere.as_view(), name="api-nothing"),
]
