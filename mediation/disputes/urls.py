"""The addresses of cases under /api/, and the room's doors to a mediator, which go through its case."""

from django.urls import path

from mediation.disputes.api import asking, cases, contracts, evidence, glass, milestones

app_name = "cases"

urlpatterns = [
    path("rooms/<uuid:room>/help/", asking.Help.as_view(), name="help"),
    path("rooms/<uuid:room>/join/", asking.Join.as_view(), name="join"),
    path("rooms/<uuid:room>/leave/", asking.Leave.as_view(), name="leave"),
    path("rooms/<uuid:room>/milestones/", milestones.Milestones.as_view(), name="milestones"),
    path(
        "rooms/<uuid:room>/milestones/<seq:position>/<slug:act>/",
        milestones.ActOnMilestone.as_view(),
        name="act_on_milestone",
    ),
    path("rooms/<uuid:room>/end/", contracts.EndContract.as_view(), name="end_contract"),
    path("rooms/<uuid:room>/disputes/", cases.Disputes.as_view(), name="disputes"),
    path("disputes/<uuid:dispute>/", cases.OneDispute.as_view(), name="dispute"),
    path("disputes/<uuid:dispute>/evidence/<seq:number>/file/", evidence.EvidenceFile.as_view(), name="evidence_file"),
    path("disputes/<uuid:dispute>/awards/<seq:number>/file/", evidence.AwardFile.as_view(), name="award_file"),
    path("disputes/<uuid:dispute>/looks/", glass.CaseLooks.as_view(), name="looks"),
    path("disputes/<uuid:dispute>/looks/<uuid:glass>/messages/", glass.Talk.as_view(), name="look_messages"),
    path("disputes/<uuid:dispute>/looks/<uuid:glass>/files/<uuid:file>/", glass.TalkFile.as_view(), name="look_file"),
    path("disputes/<uuid:dispute>/looks/<uuid:glass>/<slug:act>/", glass.ActOnLook.as_view(), name="act_on_look"),
    path("disputes/<uuid:dispute>/commands/<slug:command>/", cases.Command.as_view(), name="command"),
]
