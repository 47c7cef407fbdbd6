"""The cases of a room, one case, and saying a command to it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from mediation.conversations.api.requests import PersonRequest
from mediation.core import rates
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.core.errors import NotFound
from mediation.disputes import audience
from mediation.disputes.actions import claims
from mediation.disputes.actions.transition import Result, transition
from mediation.disputes.api import examples, shapes
from mediation.disputes.api.bodies import HEAD, AnyCommand, body_of, described
from mediation.disputes.forms import FORMS
from mediation.disputes.forms.claim import StartClaim
from mediation.disputes.forms.reading import payload_from
from mediation.disputes.queries.case import case_view
from mediation.disputes.queries.rows import row
from mediation.disputes.rules.states import Track

TAG = "disputes"


class Disputes(ApiView):
    """The cases of a room that the reader may know of."""

    @operation(
        "disputes",
        tag=TAG,
        summary="List the cases of a room",
        answers={200: shapes.Rows},
        example={"disputes": [examples.ROW]},
        errors=(404,),
    )
    def get(self, request: PersonRequest, room: UUID) -> Response:
        return Response({"disputes": [row(one) for one in audience.cases_in(request.user, room)]})

    @operation(
        "start_claim",
        tag=TAG,
        summary="Begin a claim, or go on with the draft that is there",
        body=StartClaim,
        body_example=examples.START,
        answers={200: shapes.Row},
        example=examples.ROW | {"state": "draft", "number": None, "filed_at": None, "version": 0},
        errors=(404, 409),
    )
    def post(self, request: PersonRequest, room: UUID) -> Response:
        wanted = read(StartClaim, request.data)
        draft = claims.start_claim(user=request.user, room_id=room, **wanted | {"track": Track(wanted["track"])})
        return Response(row(draft))


class OneDispute(ApiView):
    """One case."""

    @operation(
        "dispute",
        tag=TAG,
        summary="Read a case",
        answers={200: shapes.Case},
        example=examples.VIEW,
        errors=(404,),
    )
    def get(self, request: PersonRequest, dispute: UUID) -> Response:
        return Response(case_view(audience.case_of(request.user, dispute), request.user))


class Command(ApiView):
    """Whatever can be said to a case: the workflow's table decides who may say it when."""

    @extend_schema(description=described())
    @operation(
        "say_command",
        tag=TAG,
        summary="Say a command to a case",
        body=AnyCommand,
        body_example=examples.SAY,
        answers={200: shapes.Result},
        example=examples.SAID,
        errors=(404, 409),
    )
    def post(self, request: PersonRequest, dispute: UUID, command: str) -> Response:
        audience.case_of(request.user, dispute)
        rates.commands.check(request.user.pk)
        form = FORMS.get(command)
        if form is None:
            raise NotFound
        said = read(body_of(form), request.data)
        head = {name: said.pop(name) for name in HEAD}
        return Response(
            _told(
                transition(
                    actor=request.user,
                    dispute_id=dispute,
                    command=command,
                    payload=payload_from(form, said, request.user),
                    **head,
                )
            )
        )


def _told(result: Result) -> dict[str, Any]:
    return {
        "dispute": str(result.dispute_id),
        "state": result.state,
        "version": result.version,
        "repeated": result.repeated,
        "result": result.data,
    }
