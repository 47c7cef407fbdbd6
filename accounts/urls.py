"""Signing in and out under /accounts/ (allauth), a person's own settings under /settings/."""

from django.urls import include, path

from accounts import views

people = [
    path("settings/profile/", views.profile, name="profile"),
    path("people/<uuid:user_id>/<str:name>", views.avatar, name="avatar"),
]

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include((people, "accounts"))),
]
