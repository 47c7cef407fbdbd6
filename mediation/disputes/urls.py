"""The addresses of cases under /api/, and the room's doors to a mediator, which go through its case."""

from django.urls import path

from mediation.disputes.api import asking, cases

app_name = "cases"

urlpatterns = [
    path("rooms/<uuid:room>/help/", asking.Help.as_view(), name="help"),
    path("rooms/<uuid:room>/join/", asking.Join.as_view(), name="join"),
    path("rooms/<uuid:room>/leave/", asking.Leave.as_view(), name="leave"),
    path("rooms/<uuid:room>/disputes/", cases.Disputes.as_view(), name="disputes"),
    path("disputes/<uuid:dispute>/", cases.OneDispute.as_view(), name="dispute"),
    path("disputes/<uuid:dispute>/commands/<slug:command>/", cases.Command.as_view(), name="command"),
]
