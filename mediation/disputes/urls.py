"""The addresses of cases under /api/."""

from django.urls import path

from mediation.disputes.api import cases

app_name = "cases"

urlpatterns = [
    path("rooms/<uuid:room>/disputes/", cases.Disputes.as_view(), name="disputes"),
    path("disputes/<uuid:dispute>/", cases.OneDispute.as_view(), name="dispute"),
    path("disputes/<uuid:dispute>/commands/<slug:command>/", cases.Command.as_view(), name="command"),
]
