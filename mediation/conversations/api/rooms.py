"""Rooms: the list, one room, and its events. Asking for a mediator and joining as one go through the room's case."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from mediation.conversations.api import examples, shapes
from mediation.conversations.api.requests import PersonRequest
from mediation.conversations.queries import inbox, replay
from mediation.conversations.queries.room import room_state
from mediation.core.api.fields import MAX_SEQ, Shape, Text, Uuid
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read

TAG = "rooms"


class RoomsQuery(Shape):
    """Which rooms: all one may open, `mine`, with something unread, or ended; and words in their names."""

    show = serializers.ChoiceField(["all", "unread", "mine", "ended"], required=False, default="all")
    q = Text(required=False, default="", max_length=200)
    after = Text(required=False, default="", max_length=200, help_text="The `after` of the page before.")


class CursorField(serializers.CharField):
    """`<thread>:<seq>`: the newest event of a thread that the program has."""

    def to_internal_value(self, data: Any) -> tuple[UUID, int]:  # type: ignore[override]  # text in, a pair out
        thread, _colon, seq = super().to_internal_value(data).partition(":")
        if not (seq.isascii() and seq.isdecimal() and len(seq) <= 10 and int(seq) <= MAX_SEQ):
            raise serializers.ValidationError(_("A cursor is a thread and a number: thread:12."))
        return Uuid().run_validation(thread), int(seq)


class EventsQuery(Shape):
    """What the program already has. A thread without a cursor starts at its first event."""

    cursor = serializers.ListField(child=CursorField(), required=False, default=list, max_length=500)


class Events(serializers.Serializer):
    """Frames to apply in order; ask again while there is `more`."""

    frames = shapes.EventsFrame(many=True)
    more = serializers.BooleanField()


class Rooms(ApiView):
    """The rooms the reader may open."""

    @operation(
        "rooms",
        tag=TAG,
        summary="List rooms",
        query=RoomsQuery,
        answers={200: shapes.RoomList},
        errors=(400,),
        example={"rooms": [examples.ROOM_ROW], "after": None},
    )
    def get(self, request: PersonRequest) -> Response:
        wanted = read(RoomsQuery, request.query_params)
        found = inbox.inbox(user=request.user, show=wanted["show"], words=wanted["q"], after=wanted["after"])
        return Response(found)


class Waiting(ApiView):
    """The rooms that wait for a mediator, for those who may take them."""

    @operation(
        "waiting_rooms",
        tag=TAG,
        summary="List rooms that wait for a mediator",
        answers={200: shapes.WaitingRooms},
        example={"rooms": [examples.WAITING_ROW]},
        errors=(404,),
    )
    def get(self, request: PersonRequest) -> Response:
        return Response({"rooms": inbox.waiting_rooms(user=request.user)})


class OneRoom(ApiView):
    """Everything a first look at a room needs."""

    @operation(
        "room",
        tag=TAG,
        summary="Read a room",
        answers={200: shapes.RoomState},
        errors=(404,),
        example=examples.ROOM_STATE,
    )
    def get(self, request: PersonRequest, room: UUID) -> Response:
        return Response(room_state(user=request.user, room_id=room))


class RoomEvents(ApiView):
    """What happened since: for polling and for replay."""

    @operation(
        "room_events",
        tag=TAG,
        summary="Read what happened after your cursors",
        query=EventsQuery,
        answers={200: Events},
        example={"frames": [examples.FRAME], "more": False},
        errors=(400, 404),
    )
    def get(self, request: PersonRequest, room: UUID) -> Response:
        cursors = dict(read(EventsQuery, request.query_params)["cursor"])
        return Response(replay.room_frames(user=request.user, room_id=room, cursors=cursors))
