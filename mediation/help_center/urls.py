"""The help centre's addresses under /help/."""

from django.urls import path

from mediation.help_center import views

app_name = "help_center"

urlpatterns = [
    path("", views.home, name="home"),
    path("sections/<slug:slug>/", views.section, name="section"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("drafts/<seq:number>/", views.draft, name="draft"),
    path("search/", views.search, name="search"),
    path("ask/", views.ask, name="ask"),
    path("asks/<uuid:ask_id>/", views.answer, name="answer"),
    path("asks/<uuid:ask_id>/verdict/", views.verdict, name="verdict"),
]
