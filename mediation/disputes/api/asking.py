"""The room's own doors to a mediator: asking, taking that back, joining and leaving, each through the case."""

from uuid import UUID

from rest_framework.response import Response

from mediation.conversations import snapshots
from mediation.conversations.api import examples, shapes
from mediation.conversations.api.requests import PersonRequest
from mediation.core.api.fields import Shape, Text
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.disputes.actions import asking as actions

TAG = "rooms"


class HelpBody(Shape):
    """A word to the mediator; it is not shown in the room."""

    note = Text(required=False, default="", max_length=2_000)


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
        asked = actions.ask(user=request.user, room_id=room, **read(HelpBody, request.data))
        return Response(snapshots.help_request(asked))

    @operation("cancel_ask", tag=TAG, summary="Take the request back", answers={204: None}, errors=(404, 409))
    def delete(self, request: PersonRequest, room: UUID) -> Response:
        actions.cancel(user=request.user, room_id=room)
        return Response(status=204)


class Join(ApiView):
    """Coming into the room as its mediator."""

    @operation("join_as_mediator", tag=TAG, summary="Join as the mediator", answers={204: None}, errors=(404, 409))
    def post(self, request: PersonRequest, room: UUID) -> Response:
        actions.join(user=request.user, room_id=room)
        return Response(status=204)


class Leave(ApiView):
    """Leaving the room; those who stay see it."""

    @operation("leave_room", tag=TAG, summary="Leave the room", answers={204: None}, errors=(404, 409))
    def post(self, request: PersonRequest, room: UUID) -> Response:
        actions.leave(user=request.user, room_id=room)
        return Response(status=204)
