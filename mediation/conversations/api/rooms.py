"""Rooms: the list, one room, its events, and asking for, joining as and leaving as a mediator."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from mediation.conversations import snapshots
from mediation.conversations.actions import rooms as actions
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


class HelpBody(Shape):
    """A word to the mediator; it is not shown in the room."""

    note = Text(required=False, default="", max_length=2_000)


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


class Help(ApiView):
    """The open request for a mediator."""

    @operation(
        "ask_for_mediator",
        tag=TAG,
        summary="Ask for a mediator",
        body=HelpBody,
        answers={200: shapes.HelpRequest},
        body_example={"note": "We cannot agree on the second milestone."},
        example=examples.HELP,
        errors=(404, 409),
    )
    def post(self, request: PersonRequest, room: UUID) -> Response:
        asked = actions.ask_for_mediator(user=request.user, room_id=room, **read(HelpBody, request.data))
        return Response(snapshots.help_request(asked))

    @operation("cancel_ask", tag=TAG, summary="Take the request back", answers={204: None}, errors=(404, 409))
    def delete(self, request: PersonRequest, room: UUID) -> Response:
        actions.cancel_ask(user=request.user, room_id=room)
        return Response(status=204)


class Join(ApiView):
    """Coming into the room as its mediator."""

    @operation("join_as_mediator", tag=TAG, summary="Join as the mediator", answers={204: None}, errors=(404, 409))
    def post(self, request: PersonRequest, room: UUID) -> Response:
        actions.join_as_mediator(user=request.user, room_id=room)
        return Response(status=204)


class Leave(ApiView):
    """Leaving the room; those who stay see it."""

    @operation("leave_room", tag=TAG, summary="Leave the room", answers={204: None}, errors=(404, 409))
    def post(self, request: PersonRequest, room: UUID) -> Response:
        actions.leave_room(user=request.user, room_id=room)
        return Response(status=204)
