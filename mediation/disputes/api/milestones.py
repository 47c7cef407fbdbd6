"""The milestones of a room: how they stand, and what people do with one."""

from uuid import UUID

from rest_framework import serializers as s
from rest_framework.response import Response

from mediation.conversations.api.requests import PersonRequest
from mediation.conversations.models import Milestone
from mediation.core import rates
from mediation.core.api.fields import Shape, Text, Uuid
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.core.errors import NotFound
from mediation.disputes.actions import milestones as actions
from mediation.disputes.queries import milestones as queries
from mediation.disputes.rules.milestones import Act

TAG = "rooms"
NOTE = 500
EXAMPLE = {
    "milestones": [
        {
            "position": 3, "title": "Checkout and launch", "amount_minor": 220_000, "held_minor": 220_000,
            "currency": "USD", "status": "submitted", "due": "2026-12-01", "asked_back_at": None,
            "releases_at": "2026-12-05T21:49:18.123Z", "claim_until": None, "is_claim_time_still": False,
            "ask_again_at": None, "is_in_case": False,
            "can": ["approve", "return", "ask_back"],
        }
    ]
}  # fmt: skip


class MilestoneRow(s.Serializer):
    """A part of the contract that is paid on its own."""

    position = s.IntegerField()
    title = s.CharField()
    amount_minor = s.IntegerField(help_text="Minor units of `currency`.")
    held_minor = s.IntegerField(help_text="What is still held for it in escrow: this much is paid when it is approved.")
    currency = s.CharField()
    status = s.ChoiceField(Milestone.Status.values)
    due = s.DateField(allow_null=True)
    asked_back_at = s.DateTimeField(
        allow_null=True, help_text="Since when the client waits for an answer to asking its money back."
    )
    releases_at = s.DateTimeField(allow_null=True, help_text="When it is paid by itself if the client does not answer.")
    claim_until = s.DateTimeField(
        allow_null=True,
        help_text="Until when a claim can be filed about what is held: from when it was asked back, or the contract "
        "ended, whichever came last. Nothing limits it before.",
    )
    is_claim_time_still = s.BooleanField(
        help_text="A case of the room is open and nobody can file: the time goes on after it and has no end yet."
    )
    ask_again_at = s.DateTimeField(
        allow_null=True,
        help_text="After a no: from when its money can be asked back again. A claim needs no waiting.",
    )
    is_in_case = s.BooleanField(help_text="A case decides about its money.")
    can = s.ListField(child=s.ChoiceField([one.value for one in Act]), help_text="What the reader can do with it now.")


class MilestoneRows(s.Serializer):
    """All of them, in their order."""

    milestones = MilestoneRow(many=True)


class ActBody(Shape):
    """Under which id it is said; and what should change (`return`), why it is asked back (`ask_back`), or why it is
    not given back (`refuse`).
    """

    command_id = Uuid(help_text="Made by the client. Said twice under the same id, it happens once.")
    note = Text(required=False, default="", max_length=NOTE, help_text="Everyone in the room reads it.")


class Milestones(ApiView):
    """The milestones of the room's contract."""

    @operation(
        "milestones", tag=TAG, summary="List the milestones of a room", answers={200: MilestoneRows}, example=EXAMPLE,
        errors=(404,),
    )  # fmt: skip
    def get(self, request: PersonRequest, room: UUID) -> Response:
        return Response({"milestones": queries.of_room(request.user, room)})


class ActOnMilestone(ApiView):
    """`submit`, `give_back` and `refuse` are the freelancer's; `approve`, `return`, `ask_back` and `withdraw` the
    client's.
    """

    @operation(
        "act_on_milestone",
        tag=TAG,
        summary="Submit, approve or return a milestone, ask its money back or give it back",
        body=ActBody,
        body_example={"command_id": "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e2f", "note": ""},
        answers={200: MilestoneRows},
        example=EXAMPLE,
        errors=(404, 409),
    )
    def post(self, request: PersonRequest, room: UUID, position: int, act: str) -> Response:
        if act not in {one.value for one in Act}:
            raise NotFound
        rates.commands.check(request.user.pk)
        said = read(ActBody, request.data)
        actions.act(user=request.user, room_id=room, position=position, act=Act(act), **said)
        return Response({"milestones": queries.of_room(request.user, room)})
