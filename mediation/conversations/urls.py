"""The addresses under /api/. Whatever is not among them answers like everything that is not there."""

from django.urls import path, register_converter

from mediation.conversations.api import files, messages, people, reading, rooms, search, threads
from mediation.core.api.fields import SeqConverter

register_converter(SeqConverter, "seq")

app_name = "api"

urlpatterns = [
    path("me/", people.WhoAmI.as_view(), name="me"),
    path("rooms/", rooms.Rooms.as_view(), name="rooms"),
    path("rooms/<uuid:room>/", rooms.OneRoom.as_view(), name="room"),
    path("rooms/<uuid:room>/events/", rooms.RoomEvents.as_view(), name="events"),
    path("rooms/<uuid:room>/threads/", threads.Threads.as_view(), name="threads"),
    path("threads/<uuid:thread>/", threads.OneThread.as_view(), name="thread"),
    path("threads/<uuid:thread>/messages/", messages.Messages.as_view(), name="messages"),
    path("threads/<uuid:thread>/messages/<seq:seq>/", messages.OneMessage.as_view(), name="message"),
    path(
        "threads/<uuid:thread>/messages/<seq:seq>/reactions/<slug:name>/", messages.Reaction.as_view(), name="reaction"
    ),
    path("threads/<uuid:thread>/messages/<seq:seq>/versions/", messages.Versions.as_view(), name="versions"),
    path("threads/<uuid:thread>/read/", reading.Read.as_view(), name="read"),
    path("threads/<uuid:thread>/draft/", reading.Draft.as_view(), name="draft"),
    path("threads/<uuid:thread>/files/", files.Files.as_view(), name="files"),
    path("files/<uuid:file>/", files.OneFile.as_view(), name="file"),
    path("files/<uuid:file>/thumbnail/", files.Thumbnail.as_view(), name="thumbnail"),
    path("search/", search.Search.as_view(), name="search"),
    path("waiting/", rooms.Waiting.as_view(), name="waiting"),
]
