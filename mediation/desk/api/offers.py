"""The next case: what is offered to an agent and why, taking it, and saying "not now"."""

from uuid import UUID

from rest_framework import serializers as s
from rest_framework.response import Response

from mediation.conversations.api.requests import PersonRequest
from mediation.core import rates
from mediation.core.api.fields import Shape, Text, Uuid
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.core.clock import iso
from mediation.desk.actions import declining, taking
from mediation.desk.queries import offers
from mediation.desk.rules.declines import MOST_WORDS, Reason
from mediation.desk.rules.routing import Miss

TAG = "desk"
CASE, ROOM = "6f0c8c52-5a1e-4c0b-9a55-0d4d6f1d7e10", "0b8a6c52-5a1e-4c0b-9a55-0d4d6f1d7e11"
NEXT = {"dispute": CASE, "room": ROOM, "title": "Website redesign"}
OFFER = {
    **NEXT, "due_at": "2026-11-24T16:00:00.000Z", "before": [{"reason": "language", "count": 2}], "load": 40,
    "limit": 100,
}  # fmt: skip


class NextBody(Shape):
    """One press of “next for me”."""

    command_id = Uuid(help_text="Made by the client; said again, it is the same case.")
    dispute = Uuid(required=False, default=None, help_text="The case that was offered; without it the next that suits.")


class DeclineBody(Shape):
    """Why not now."""

    command_id = Uuid(help_text="Made by the client; said again, it is said once.")
    reason = s.ChoiceField([one.value for one in Reason])
    words = Text(required=False, default="", max_length=MOST_WORDS, help_text="Needed for another reason.")


class Taken(s.Serializer):
    """The case that was taken."""

    dispute = s.UUIDField()
    room = s.UUIDField()
    title = s.CharField()


class Before(s.Serializer):
    """Why cases that are due before the offered one are not for the agent."""

    reason = s.ChoiceField([one.value for one in Miss])
    count = s.IntegerField()


class Offered(Taken):
    """The case that is offered. Nothing is reserved by it."""

    due_at = s.DateTimeField(allow_null=True)
    before = Before(many=True)
    load = s.IntegerField(help_text="The points that the agent carries.")
    limit = s.IntegerField(allow_null=True, help_text="How many they may carry today; none for no limit.")


class Next(ApiView):
    """The next due case that suits the agent."""

    @operation(
        "next_case", tag=TAG, summary="See the next case that suits, and why", answers={200: Offered}, example=OFFER,
        errors=(404, 409),
    )  # fmt: skip
    def get(self, request: PersonRequest) -> Response:
        found = offers.offer(request.user)
        case, fit = found.row.dispute, found.fit
        return Response(
            {
                "dispute": str(case.pk),
                "room": str(case.room_id),
                "title": case.room.contract.title,
                "due_at": iso(found.row.due_at) if found.row.due_at else None,
                "before": [{"reason": miss.value, "count": count} for miss, count in found.before],
                "load": fit.load,
                "limit": fit.limit,
            }
        )

    @operation(
        "take_next_case", tag=TAG, summary="Take the next case that suits", body=NextBody, answers={200: Taken},
        body_example={"command_id": CASE, "dispute": CASE}, example=NEXT, errors=(404, 409),
    )  # fmt: skip
    def post(self, request: PersonRequest) -> Response:
        rates.commands.check(request.user.pk)
        said = read(NextBody, request.data)
        taken = taking.take_next(user=request.user, command_id=said["command_id"], dispute_id=said["dispute"])
        title = taken.room.contract.title
        return Response({"dispute": str(taken.pk), "room": str(taken.room_id), "title": title})


class Declined(ApiView):
    """A case that was offered and is not taken now."""

    @operation(
        "decline_case", tag=TAG, summary="Say not now to an offered case", body=DeclineBody, answers={204: None},
        body_example={"command_id": CASE, "reason": "busy"}, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest, dispute: UUID) -> Response:
        rates.commands.check(request.user.pk)
        said = read(DeclineBody, request.data)
        declining.decline(
            user=request.user, dispute_id=dispute, reason=said["reason"], words=said["words"],
            press=said["command_id"],
        )  # fmt: skip
        return Response(status=204)
