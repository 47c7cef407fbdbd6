"""Ending the contract of a room."""

from uuid import UUID

from rest_framework import serializers as s
from rest_framework.response import Response

from mediation.conversations.api import examples
from mediation.conversations.api.requests import PersonRequest
from mediation.conversations.api.shapes import Contract
from mediation.conversations.queries.room import room_state
from mediation.core import rates
from mediation.core.api.fields import Shape, Text, Uuid
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.disputes.actions import contracts as actions

REASON = 500
TAG = "rooms"


class EndBody(Shape):
    """Under which id it is said, and why."""

    command_id = Uuid(help_text="Made by the client. Said twice under the same id, it happens once.")
    reason = Text(max_length=REASON, help_text="Everyone in the room reads it.")


class ContractAnswer(s.Serializer):
    """The contract as it is now."""

    contract = Contract()


class EndContract(ApiView):
    """Either party, for good. No money moves: the time to file a claim about what is held begins."""

    @operation(
        "end_contract",
        tag=TAG,
        summary="End the contract",
        body=EndBody,
        body_example={"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e2f", "reason": "The shop is sold."},
        answers={200: ContractAnswer},
        example={"contract": examples.CONTRACT | {"status": "ended", "ended_at": examples.AT}},
        errors=(404, 409),
    )
    def post(self, request: PersonRequest, room: UUID) -> Response:
        rates.commands.check(request.user.pk)
        actions.end(user=request.user, room_id=room, **read(EndBody, request.data))
        return Response({"contract": room_state(user=request.user, room_id=room)["contract"]})
