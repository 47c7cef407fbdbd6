"""Topics: opening, renaming and settling them."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from mediation.conversations import snapshots
from mediation.conversations.actions import threads as actions
from mediation.conversations.api import examples
from mediation.conversations.api.requests import PersonRequest
from mediation.conversations.rules.access import AUDIENCES
from mediation.core.api.fields import Flag, Shape, Text
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read

TAG = "threads"


class OpenTopicBody(Shape):
    """A topic to open. Its audience never changes afterwards."""

    audience = serializers.ChoiceField(AUDIENCES)
    title = Text(max_length=80)


class OpenedTopic(serializers.Serializer):
    """The thread that was opened; its first event tells the rest."""

    id = serializers.UUIDField()
    audience = serializers.ChoiceField(AUDIENCES)
    is_main = serializers.BooleanField()
    title = serializers.CharField()
    resolved_at = serializers.DateTimeField(allow_null=True)


class ChangeTopicBody(Shape):
    """One change to a topic: another title, or settled or open again."""

    title = Text(required=False, max_length=80)
    resolved = Flag(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError(_("Change the title or settle the topic, one at a time."))
        return attrs


class Threads(ApiView):
    """The topics of a room."""

    @operation(
        "open_topic",
        tag=TAG,
        summary="Open a topic",
        body=OpenTopicBody,
        answers={201: OpenedTopic},
        errors=(404, 409),
        body_example={"audience": "joint", "title": "Homepage draft"},
        example={
            "id": examples.THREAD,
            "audience": "joint",
            "is_main": False,
            "title": "Homepage draft",
            "resolved_at": None,
        },
    )
    def post(self, request: PersonRequest, room: UUID) -> Response:
        topic = actions.open_topic(user=request.user, room_id=room, **read(OpenTopicBody, request.data))
        return Response(snapshots.thread(topic), status=201)


class OneThread(ApiView):
    """One topic."""

    @operation(
        "change_topic",
        tag=TAG,
        summary="Rename a topic, settle it or open it again",
        body=ChangeTopicBody,
        body_example={"resolved": True},
        answers={204: None},
        errors=(404, 409),
    )
    def patch(self, request: PersonRequest, thread: UUID) -> Response:
        change = read(ChangeTopicBody, request.data)
        if "title" in change:
            actions.rename_topic(user=request.user, thread_id=thread, title=change["title"])
        elif change["resolved"]:
            actions.resolve_topic(user=request.user, thread_id=thread)
        else:
            actions.reopen_topic(user=request.user, thread_id=thread)
        return Response(status=204)
