"""Messages: reading, writing, changing and taking them away, and reactions."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from mediation.conversations.actions import messages as actions
from mediation.conversations.actions.send import Send, Sent, send_message
from mediation.conversations.api import examples, shapes
from mediation.conversations.api.requests import PersonRequest
from mediation.conversations.queries import history
from mediation.conversations.rules.message import MAX_FILES, MAX_MENTIONS
from mediation.core import rates
from mediation.core.api.fields import Flag, Seq, Shape, Text, Uuid
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.core.clock import iso

TAG = "messages"


class SendBody(Shape):
    """A message to send. `cid` is made by the client and makes repeating safe."""

    cid = Uuid()
    text = Text(help_text="At most 20,000 characters; bold, italic, code, quotes, lists and links in Markdown.")
    reply_to = Seq(required=False, allow_null=True, default=None)
    mentions = serializers.ListField(child=Uuid(), required=False, default=list, max_length=MAX_MENTIONS)
    files = serializers.ListField(child=Uuid(), required=False, default=list, max_length=MAX_FILES)
    seen = Seq(required=False, allow_null=True, default=None, help_text="The newest event the writer had seen.")
    confirmed = Flag(required=False, default=False, help_text="Send it although something newer was written.")


class SentMessage(serializers.Serializer):
    """Where a sent message stands."""

    cid = serializers.UUIDField()
    thread = serializers.UUIDField()
    seq = serializers.IntegerField()
    id = serializers.CharField(help_text="thread:seq")
    at = serializers.DateTimeField()


class EditBody(Shape):
    """What the message says from now on, and the revision that was changed."""

    text = Text()
    rev = Seq(required=False, allow_null=True, default=None)


class RemoveBody(Shape):
    """Why the message is taken away; everybody who could read it sees the reason."""

    reason = Text(required=False, default="", max_length=200)


class HistoryQuery(Shape):
    """Which part of a thread. Without anything: the newest messages."""

    before = Seq(required=False, default=None, help_text="Only messages before this one.")
    around = Seq(required=False, help_text="The messages before and after this one.")
    limit = serializers.IntegerField(required=False, default=history.PAGE, min_value=1, max_value=history.MOST)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["before"] is not None and "around" in attrs:
            raise serializers.ValidationError({"around": _("Ask for messages before one or around one, not both.")})
        return attrs


class MessagePage(serializers.Serializer):
    """Messages in the order of `seq`, and those they reply to that are not among them."""

    messages = shapes.Message(many=True)
    more = serializers.BooleanField(help_text="Whether there are older ones.")
    newer = serializers.BooleanField(help_text="Whether there are newer ones.")
    quoted = shapes.Message(many=True)


class MessageVersion(serializers.Serializer):
    """What a message said before an edit."""

    rev = serializers.IntegerField()
    text = serializers.CharField(allow_blank=True)
    html = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField(help_text="When it was replaced.")


class MessageVersions(serializers.Serializer):
    """The earlier texts, oldest first."""

    versions = MessageVersion(many=True)


class Messages(ApiView):
    """The messages of a thread."""

    @operation(
        "thread_messages",
        tag=TAG,
        summary="Read a part of a thread",
        query=HistoryQuery,
        answers={200: MessagePage},
        example={"messages": [examples.MESSAGE], "more": True, "newer": False, "quoted": []},
        errors=(400, 404),
    )
    def get(self, request: PersonRequest, thread: UUID) -> Response:
        part = read(HistoryQuery, request.query_params)
        if "around" in part:
            page = history.page_around(user=request.user, thread_id=thread, seq=part["around"], limit=part["limit"])
        else:
            page = history.page_before(user=request.user, thread_id=thread, before=part["before"], limit=part["limit"])
        return Response({"messages": page.messages, "more": page.more, "newer": page.newer, "quoted": page.quoted})

    @operation(
        "send_message",
        tag=TAG,
        summary="Send a message",
        body=SendBody,
        body_example=examples.SEND,
        answers={201: SentMessage, 200: SentMessage},
        example=examples.SENT,
        errors=(404, 409),
    )
    def post(self, request: PersonRequest, thread: UUID) -> Response:
        rates.sends.check(request.user.pk)
        said = read(SendBody, request.data)
        sent = send_message(
            Send(
                author_id=request.user.pk,
                thread_id=thread,
                client_id=said["cid"],
                body=said["text"],
                reply_to_seq=said["reply_to"],
                mentions=tuple(said["mentions"]),
                files=tuple(said["files"]),
                seen=said["seen"],
                confirmed=said["confirmed"],
            )
        )
        return Response(_sent(sent), status=200 if sent.repeated else 201)


def _sent(sent: Sent) -> dict[str, Any]:
    return {
        "cid": str(sent.client_id),
        "thread": str(sent.thread_id),
        "seq": sent.seq,
        "id": f"{sent.thread_id}:{sent.seq}",
        "at": iso(sent.at),
    }


class OneMessage(ApiView):
    """A message at its address."""

    @operation(
        "edit_message",
        tag=TAG,
        summary="Change what a message says",
        body=EditBody,
        body_example={"text": "The second draft is **here**.", "rev": 1},
        answers={204: None},
        errors=(404, 409),
    )
    def patch(self, request: PersonRequest, thread: UUID, seq: int) -> Response:
        said = read(EditBody, request.data)
        actions.edit_message(user=request.user, thread_id=thread, seq=seq, body=said["text"], rev=said["rev"])
        return Response(status=204)

    @operation(
        "remove_message",
        tag=TAG,
        summary="Take a message away, with a reason",
        body=RemoveBody,
        body_example={"reason": "Sent to the wrong thread"},
        answers={204: None},
        errors=(404, 409),
    )
    def delete(self, request: PersonRequest, thread: UUID, seq: int) -> Response:
        reason = read(RemoveBody, request.data)["reason"]
        actions.remove_message(user=request.user, thread_id=thread, seq=seq, reason=reason)
        return Response(status=204)


class Reaction(ApiView):
    """The reader's own reaction to a message: there or not."""

    @operation("react", tag=TAG, summary="React to a message", answers={204: None}, errors=(404, 409))
    def put(self, request: PersonRequest, thread: UUID, seq: int, name: str) -> Response:
        return self._set(request, thread, seq, name, on=True)

    @operation("take_reaction_back", tag=TAG, summary="Take a reaction back", answers={204: None}, errors=(404, 409))
    def delete(self, request: PersonRequest, thread: UUID, seq: int, name: str) -> Response:
        return self._set(request, thread, seq, name, on=False)

    def _set(self, request: PersonRequest, thread: UUID, seq: int, name: str, *, on: bool) -> Response:
        actions.react(user=request.user, thread_id=thread, seq=seq, reaction=name, on=on)
        return Response(status=204)


class Versions(ApiView):
    """What a message said before."""

    @operation(
        "message_versions",
        tag=TAG,
        summary="Read what a message said before it was edited",
        answers={200: MessageVersions},
        errors=(404,),
        example={"versions": [{"rev": 1, "text": "Done", "html": '<p dir="auto">Done</p>', "at": examples.AT}]},
    )
    def get(self, request: PersonRequest, thread: UUID, seq: int) -> Response:
        return Response({"versions": history.versions(user=request.user, thread_id=thread, seq=seq)})
