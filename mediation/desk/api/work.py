"""An agent's work at the desk: what is due, laying a case aside, being away."""

from uuid import UUID

from rest_framework import serializers as s
from rest_framework.response import Response

from mediation.conversations.api.requests import PersonRequest
from mediation.core import rates
from mediation.core.api.fields import Shape
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.core.clock import iso
from mediation.core.errors import NotFound
from mediation.desk import audience
from mediation.desk.actions import seats, snoozes
from mediation.desk.queries import agenda
from mediation.desk.queries.agenda import Item, Kind
from mediation.disputes.forms.fields import Moment

TAG = "desk"
CASE = "6f0c8c52-5a1e-4c0b-9a55-0d4d6f1d7e10"
AGENDA = {
    "items": [
        {
            "at": "2026-11-24T16:00:00.000Z", "kind": "deadline", "code": "request", "about": "A video of the checkout",
            "who": "Mateo", "dispute": CASE, "title": "Website redesign",
        }
    ]
}  # fmt: skip


class SnoozeBody(Shape):
    """Until when; at least one of the two."""

    until = Moment(required=False, allow_null=True, default=None, help_text="Within the next 30 days.")
    on_word = s.BooleanField(required=False, default=True, help_text="Also until a party writes or acts.")


class AwayBody(Shape):
    """Whether one is away."""

    is_away = s.BooleanField()


class AgendaItem(s.Serializer):
    """Something that is due in a case of one's own."""

    at = s.DateTimeField()
    kind = s.ChoiceField([one.value for one in Kind])
    code = s.CharField(help_text="The metric of a clock, the kind of a deadline; empty for a case laid aside.")
    about = s.CharField(help_text="What was asked, where it is a request.")
    who = s.CharField(help_text="Whose it is, where it is one party's.")
    dispute = s.UUIDField()
    title = s.CharField()


class AgendaItems(s.Serializer):
    """The next one first."""

    items = AgendaItem(many=True)


class Agenda(ApiView):
    """What is due by when in one's own cases."""

    @operation(
        "agenda", tag=TAG, summary="List what is due in one's cases", answers={200: AgendaItems}, example=AGENDA,
        errors=(404,),
    )  # fmt: skip
    def get(self, request: PersonRequest) -> Response:
        if not audience.is_at_desk(request.user):
            raise NotFound
        return Response({"items": [_item(one) for one in agenda.agenda(request.user)]})


class Snoozed(ApiView):
    """A case of one's own that is laid aside. Its clocks go on."""

    @operation(
        "snooze_case", tag=TAG, summary="Lay a case aside", body=SnoozeBody, answers={204: None},
        body_example={"until": "2026-11-24T09:00:00Z", "on_word": True}, errors=(404,),
    )  # fmt: skip
    def put(self, request: PersonRequest, dispute: UUID) -> Response:
        rates.commands.check(request.user.pk)
        snoozes.snooze(user=request.user, dispute_id=dispute, **read(SnoozeBody, request.data))
        return Response(status=204)

    @operation("wake_case", tag=TAG, summary="Take a case up again", answers={204: None}, errors=(404,))
    def delete(self, request: PersonRequest, dispute: UUID) -> Response:
        rates.commands.check(request.user.pk)
        snoozes.wake(user=request.user, dispute_id=dispute)
        return Response(status=204)


class Away(ApiView):
    """Who is away is offered no case."""

    @operation(
        "be_away", tag=TAG, summary="Be away, or back", body=AwayBody, answers={204: None},
        body_example={"is_away": True}, errors=(404,),
    )  # fmt: skip
    def put(self, request: PersonRequest) -> Response:
        rates.commands.check(request.user.pk)
        seats.set_away(user=request.user, **read(AwayBody, request.data))
        return Response(status=204)


def _item(item: Item) -> dict[str, str]:
    return {
        "at": iso(item.at),
        "kind": item.kind.value,
        "code": item.code,
        "about": item.about,
        "who": item.who,
        "dispute": str(item.case.pk),
        "title": item.case.room.contract.title,
    }
