"""What a person has read, and what they have begun to write."""

from uuid import UUID

from rest_framework import serializers
from rest_framework.response import Response

from mediation.conversations.actions import reading as actions
from mediation.conversations.api.requests import PersonRequest
from mediation.core.api.fields import Seq, Shape, Text
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read

TAG = "reading"


class ReadBody(Shape):
    """The newest event the person has seen."""

    seq = Seq()


class ReadMark(serializers.Serializer):
    """How far the person has read now; it only moves forward."""

    seq = serializers.IntegerField()


class DraftBody(Shape):
    """What is in the composer."""

    text = Text()
    reply_to = Seq(required=False, allow_null=True, default=None)


class Read(ApiView):
    """The reader's own mark in a thread."""

    @operation(
        "mark_read",
        tag=TAG,
        summary="Say how far you have read",
        body=ReadBody,
        body_example={"seq": 12},
        answers={200: ReadMark},
        example={"seq": 12},
        errors=(404,),
    )
    def put(self, request: PersonRequest, thread: UUID) -> Response:
        seq = read(ReadBody, request.data)["seq"]
        return Response({"seq": actions.mark_read(user=request.user, thread_id=thread, seq=seq)})


class Draft(ApiView):
    """What the reader has begun to write in a thread. Nobody else ever sees it."""

    @operation(
        "save_draft",
        tag=TAG,
        summary="Keep what is being written",
        body=DraftBody,
        answers={204: None},
        errors=(404, 409),
        body_example={"text": "About the second milest", "reply_to": 12},
    )
    def put(self, request: PersonRequest, thread: UUID) -> Response:
        kept = read(DraftBody, request.data)
        actions.save_draft(user=request.user, thread_id=thread, body=kept["text"], reply_to_seq=kept["reply_to"])
        return Response(status=204)

    @operation("discard_draft", tag=TAG, summary="Throw the draft away", answers={204: None}, errors=(404,))
    def delete(self, request: PersonRequest, thread: UUID) -> Response:
        actions.discard_draft(user=request.user, thread_id=thread)
        return Response(status=204)
