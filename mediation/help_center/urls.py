"""The help centre's addresses under /help/."""

from django.urls import path

from mediation.help_center.views import asking, assistant, filing, reading

app_name = "help_center"

urlpatterns = [
    path("", reading.home, name="home"),
    path("sections/<slug:slug>/", reading.section, name="section"),
    path("articles/<slug:slug>/", reading.article, name="article"),
    path("drafts/<seq:number>/", reading.draft, name="draft"),
    path("search/", reading.search, name="search"),
    path("ask/", asking.ask, name="ask"),
    path("asks/<uuid:ask_id>/", asking.answer, name="answer"),
    path("asks/<uuid:ask_id>/verdict/", asking.verdict, name="verdict"),
    path("asks/<uuid:ask_id>/choose/", asking.choose, name="choose"),
    path("asks/<uuid:ask_id>/person/", asking.person, name="person"),
    path("rooms/<uuid:room_id>/", filing.before, name="before"),
    path("assistant/", assistant.assistant, name="assistant"),
]
