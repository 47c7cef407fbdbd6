"""The pages. Doing something is a POST to its own address, so that everything works without scripts."""

from django.urls import path
from django.views.generic import RedirectView

from mediation.web.views import case, casefile, claim, confidentiality, help, inbox, language, room, search, waiting

app_name = "web"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="web:inbox"), name="home"),
    path("rooms/", inbox.inbox, name="inbox"),
    path("rooms/<uuid:room_id>/", room.room, name="room"),
    path("rooms/<uuid:room_id>/send/", room.send, name="send"),
    path("rooms/<uuid:room_id>/help/", room.ask, name="help"),
    path("rooms/<uuid:room_id>/join/", room.join, name="join"),
    path("rooms/<uuid:room_id>/leave/", room.leave, name="leave"),
    path("rooms/<uuid:room_id>/case/", case.in_room, name="room_case"),
    path("rooms/<uuid:room_id>/claim/", claim.claim, name="claim"),
    path("cases/<uuid:case_id>/do/<slug:command>/", case.do, name="case_do"),
    path("cases/verify/", casefile.verify, name="verify"),
    path("cases/<uuid:case_id>/brief/", casefile.brief, name="case_brief"),
    path("cases/<uuid:case_id>/file/", casefile.page, name="case_file"),
    path("cases/<uuid:case_id>/file.pdf", casefile.paper, name="case_file_pdf"),
    path("cases/<uuid:case_id>/file.json", casefile.proof, name="case_file_json"),
    path("help/workflow/", help.workflow, name="workflow"),
    path("help/confidentiality/", confidentiality.confidentiality, name="confidentiality"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("search/", search.search, name="search"),
    path("language/", language.choose, name="language"),
]
