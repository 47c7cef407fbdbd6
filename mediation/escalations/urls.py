"""The executive desk's addresses under /escalations/."""

from django.urls import path

from mediation.escalations.views import cases, referrals, tracker

app_name = "escalations"

urlpatterns = [
    path("", tracker.tracker, name="tracker"),
    path("tracker.csv", tracker.file, name="file"),
    path("overview/", tracker.figures, name="overview"),
    path("refer/", referrals.refer, name="refer"),
    path("mine/", referrals.mine, name="mine"),
    path("rules/", referrals.rules, name="rules"),
    path("<uuid:case_id>/", cases.case, name="case"),
    path("<uuid:case_id>/do/<slug:command>/", cases.do, name="do"),
    path("<uuid:case_id>/merge/", cases.merge, name="merge"),
    path("<uuid:case_id>/call.ics", cases.call_file, name="call_file"),
]
