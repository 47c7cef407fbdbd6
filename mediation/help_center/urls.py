"""The help centre's addresses under /help/."""

from django.urls import URLPattern

app_name = "help_center"

urlpatterns: list[URLPattern] = []
