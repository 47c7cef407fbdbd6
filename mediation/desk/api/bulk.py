"""The same for several cases: each is done by itself, and the answer says what came of each."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers as s
from rest_framework.response import Response

from mediation.conversations.api.requests import PersonRequest
from mediation.core import rates
from mediation.core.api.fields import Shape, Text, Uuid
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.core.errors import NotFound
from mediation.desk import audience
from mediation.desk.actions import bulk
from mediation.desk.actions.bulk import MOST, Outcome
from mediation.disputes.forms.fields import Moment
from mediation.sla.rules.policies import Priority

TAG = "desk"
CASE, AGENT = "6f0c8c52-5a1e-4c0b-9a55-0d4d6f1d7e10", "0b8a6c52-5a1e-4c0b-9a55-0d4d6f1d7e12"
PRESS = {"command_id": "7a1c8c52-5a1e-4c0b-9a55-0d4d6f1d7e13"}
CASES = {"cases": [CASE]}
DONE = {"results": [{"dispute": CASE, "done": True, "refused": ""}]}


class CasesBody(Shape):
    """Which cases."""

    cases = s.ListField(child=Uuid(), min_length=1, max_length=MOST)


class PressBody(CasesBody):
    """Which cases, said once."""

    command_id = Uuid(help_text="Made by the client; said again, it is done once.")


class AssignBody(PressBody):
    """Who is to have them."""

    agent_id = Uuid()
    brief = Text(required=False, default="", max_length=2000, help_text="For cases that have a mediator.")
    override_reason = Text(required=False, default="", max_length=300, help_text="Why one more than they can carry.")


class NoteBody(PressBody):
    """A note of staff."""

    text = Text(max_length=5000)


class TagsBody(CasesBody):
    """Words with spaces between them."""

    tags = Text(max_length=200)


class PriorityBody(CasesBody):
    """A priority, or none for that of the case's money."""

    priority = s.ChoiceField([one.value for one in Priority], allow_null=True)


class AsideBody(CasesBody):
    """Until when; at least one of the two."""

    until = Moment(required=False, allow_null=True, default=None, help_text="Within the next 30 days.")
    on_word = s.BooleanField(required=False, default=True, help_text="Also until a party writes or acts.")


class CaseOutcome(s.Serializer):
    """What came of one case."""

    dispute = s.UUIDField(allow_null=True, help_text="None for a case that is not on one's desk.")
    done = s.BooleanField()
    refused = s.CharField(help_text="Why not; empty where it was done.")


class CaseOutcomes(s.Serializer):
    """In the order in which they were said, each once."""

    results = CaseOutcome(many=True)


def _answer(outcomes: Sequence[Outcome]) -> Response:
    return Response(
        {
            "results": [
                {
                    "dispute": str(one.case.pk) if one.case else None,
                    "done": not one.refused,
                    "refused": str(one.refused),
                }
                for one in outcomes
            ]
        }
    )


def _said(request: PersonRequest, shape: type[Shape]) -> dict[str, Any]:
    """What is asked for, of who has a desk."""
    rates.commands.check(request.user.pk)
    if not audience.is_at_desk(request.user):
        raise NotFound
    return {"user": request.user, **read(shape, request.data)}


class Assigned(ApiView):
    """Cases given to an agent."""

    @operation(
        "assign_cases", tag=TAG, summary="Give several cases to an agent", body=AssignBody, answers={200: CaseOutcomes},
        body_example={**CASES, **PRESS, "agent_id": AGENT}, example=DONE, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest) -> Response:
        said = _said(request, AssignBody)
        said |= {"press": said.pop("command_id"), "reason": said.pop("override_reason")}
        return _answer(bulk.assign(**said))


class Noted(ApiView):
    """Cases with a note of staff."""

    @operation(
        "note_cases", tag=TAG, summary="Write a note of staff into several cases", body=NoteBody,
        answers={200: CaseOutcomes}, body_example={**CASES, **PRESS, "text": "Ask for the files first."}, example=DONE,
        errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest) -> Response:
        said = _said(request, NoteBody)
        said |= {"press": said.pop("command_id")}
        return _answer(bulk.note(**said))


class Tagged(ApiView):
    """Tags on cases."""

    @operation(
        "tag_cases", tag=TAG, summary="Put tags on several cases", body=TagsBody, answers={200: CaseOutcomes},
        body_example={**CASES, "tags": "refund vip"}, example=DONE, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest) -> Response:
        said = _said(request, TagsBody)
        return _answer(bulk.tag(user=said["user"], cases=said["cases"], words=said["tags"]))


class Untagged(ApiView):
    """Tags taken off cases."""

    @operation(
        "untag_cases", tag=TAG, summary="Take tags off several cases", body=TagsBody, answers={200: CaseOutcomes},
        body_example={**CASES, "tags": "vip"}, example=DONE, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest) -> Response:
        said = _said(request, TagsBody)
        return _answer(bulk.untag(user=said["user"], cases=said["cases"], words=said["tags"]))


class Prioritised(ApiView):
    """The priority of cases."""

    @operation(
        "prioritise_cases", tag=TAG, summary="Give several cases a priority", body=PriorityBody,
        answers={200: CaseOutcomes}, body_example={**CASES, "priority": "high"}, example=DONE, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest) -> Response:
        said = _said(request, PriorityBody)
        return _answer(bulk.prioritise(**said | {"priority": said["priority"] or ""}))


class Aside(ApiView):
    """Cases laid aside."""

    @operation(
        "snooze_cases", tag=TAG, summary="Lay several cases aside", body=AsideBody, answers={200: CaseOutcomes},
        body_example={**CASES, "until": "2026-11-24T09:00:00Z"}, example=DONE, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest) -> Response:
        return _answer(bulk.snooze(**_said(request, AsideBody)))
