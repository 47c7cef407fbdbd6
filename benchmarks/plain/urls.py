"""HTTP of the yard-stick: a page of history, the inbox and a search, as JSON."""

from django.urls import path

from benchmarks.plain.chat import views

urlpatterns = [
    path("rooms/", views.inbox),
    path("rooms/<int:room_id>/messages/", views.history),
    path("search/", views.search),
]
