"""Every address. Slices bring their own; this file only hangs them up."""

from django.contrib import admin
from django.urls import include, path

from mediation.core import views as core

urlpatterns = [
    path("healthz", core.healthz, name="healthz"),
    path("readyz", core.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("api/", include("mediation.conversations.urls")),
    path("api/", include("mediation.disputes.urls")),
    path("api/", include("mediation.desk.urls")),
    path("api/", include("mediation.live.urls")),
    path("api/", include("mediation.core.api.urls")),  # answers for whatever the others leave
    path("help/", include("mediation.help_center.urls")),
    path("escalations/", include("mediation.escalations.urls")),
    path("zendesk/", include("mediation.zendesk.urls")),
    path("", include("mediation.web.urls")),
]
