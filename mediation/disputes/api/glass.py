"""Break-glass: asking to read a private talk, deciding about it as a second person, and reading it while it lasts."""

from typing import Any
from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers as s
from rest_framework.response import Response

from mediation.conversations.api import shapes
from mediation.conversations.api.examples import AT, CLIENT, THREAD
from mediation.conversations.api.files import BYTES, saved
from mediation.conversations.api.requests import PersonRequest
from mediation.conversations.rules.access import PRIVATE
from mediation.core import clock, rates
from mediation.core.api.fields import Seq, Shape, Text, Uuid
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.core.errors import NotFound
from mediation.disputes.actions import glass as actions
from mediation.disputes.api.looks import LookShape
from mediation.disputes.forms.fields import SHORT, Said
from mediation.disputes.models import BreakGlass
from mediation.disputes.queries import glass as queries
from mediation.disputes.rules.glass import Ground

TAG = "break-glass"
LOOK = "5e6f7a8b-9c0d-4e1f-8a2b-3c4d5e6f7a8b"
STAFF = {"id": LOOK, "name": "Sue Park", "first_name": "Sue", "initials": "SP", "role": "staff", "avatar": None}
EXAMPLE: dict[str, Any] = {
    "id": LOOK,
    "party": CLIENT,
    "ground": "conduct",
    "status": "waiting",
    "reason": "The client says that the mediator threatened them.",
    "note": "",
    "asked_by": STAFF,
    "asked_at": AT,
    "lapses_at": AT,
    "decided_by": None,
    "decided_at": None,
    "opened_at": None,
    "ends_at": None,
    "ended_by": None,
    "ended_at": None,
    "told_at": None,
}
COMMAND = "c0a8012e-3f4b-4d5c-8e6f-7a8b9c0d1e2f"
DECIDING = {"approve": actions.approve, "refuse": actions.refuse}
ACTING = {"open": actions.open_, "end": actions.end}


class LookBody(Shape):
    """For whose private talk, and why."""

    command_id = Uuid(help_text="Made by the client. Said twice under the same id, it happens once.")
    party = Uuid(help_text="The client or the freelancer of the case.")
    ground = s.ChoiceField([one.value for one in Ground], help_text="The party is told it after the case has closed.")
    reason = Said(max_length=SHORT, help_text="For colleagues; the party is not shown it.")


class LookActBody(Shape):
    """Under which id it is said; a word to a decision."""

    command_id = Uuid(help_text="Made by the client. Said twice under the same id, it happens once.")
    note = Text(required=False, default="", max_length=SHORT, help_text="With `approve` and `refuse`, for colleagues.")


class TalkQuery(Shape):
    """Which page of which thread."""

    thread = Uuid(required=False, help_text="A thread of the private talk; the main one, if it is left out.")
    before = Seq(required=False, help_text="Only messages before this seq.")


class Looks(s.Serializer):
    """What was asked in a case, in order."""

    looks = LookShape(many=True)


class TalkThread(s.Serializer):
    """A thread of the private talk."""

    id = s.UUIDField()
    audience = s.ChoiceField(PRIVATE)
    is_main = s.BooleanField()
    title = s.CharField(allow_blank=True)
    resolved_at = s.DateTimeField(allow_null=True)


class TalkShape(s.Serializer):
    """A page of the private talk, newest last."""

    look = LookShape()
    threads = TalkThread(many=True)
    thread = s.UUIDField()
    messages = shapes.Message(many=True)
    more = s.BooleanField(help_text="Whether there are older ones.")
    quoted = shapes.Message(many=True)


class CaseLooks(ApiView):
    """What was asked in one case, and asking. Whoever mediates it gets nothing here, whatever their role."""

    @operation(
        "looks",
        tag=TAG,
        summary="List the looks into the private talks of a case",
        answers={200: Looks},
        example={"looks": [EXAMPLE]},
        errors=(404,),
    )
    def get(self, request: PersonRequest, dispute: UUID) -> Response:
        case = queries.case_for(request.user, dispute)
        return Response({"looks": queries.rows(case, request.user, clock.now())})

    @operation(
        "ask_to_look",
        tag=TAG,
        summary="Ask to read a private talk",
        body=LookBody,
        body_example={"command_id": COMMAND, "party": CLIENT, "ground": "conduct", "reason": EXAMPLE["reason"]},
        answers={201: LookShape},
        example=EXAMPLE,
        errors=(404, 409),
    )
    def post(self, request: PersonRequest, dispute: UUID) -> Response:
        queries.case_for(request.user, dispute)
        rates.commands.check(request.user.pk)
        said = read(LookBody, request.data)
        asked = actions.ask(
            user=request.user,
            dispute_id=dispute,
            party_id=said["party"],
            ground=Ground(said["ground"]),
            reason=said["reason"],
            command_id=said["command_id"],
        )
        return Response(_look(asked), status=201)


class ActOnLook(ApiView):
    """`approve` and `refuse` by a second person, `open` by who asked, `end` by either."""

    @operation(
        "act_on_look",
        tag=TAG,
        summary="Decide about a look into a private talk, open it or end it",
        body=LookActBody,
        body_example={"command_id": COMMAND, "note": ""},
        answers={200: LookShape},
        example=EXAMPLE,
        errors=(404, 409),
    )
    def post(self, request: PersonRequest, dispute: UUID, glass: UUID, act: str) -> Response:
        queries.case_for(request.user, dispute)
        rates.commands.check(request.user.pk)
        said = read(LookActBody, request.data)
        about: dict[str, Any] = {"user": request.user, "dispute_id": dispute, "glass_id": glass}
        if act in DECIDING:
            return Response(_look(DECIDING[act](**about, **said)))
        if act in ACTING:
            return Response(_look(ACTING[act](**about, command_id=said["command_id"])))
        raise NotFound


class Talk(ApiView):
    """The private talk, read only, for who opened it, until its time is over (403 with `glass.over` from then on)."""

    @operation(
        "read_private_talk",
        tag=TAG,
        summary="Read a private talk that was opened",
        query=TalkQuery,
        answers={200: TalkShape},
        example={
            "look": EXAMPLE | {"status": "open"},
            "threads": [{"id": THREAD, "audience": "caucus_client", "is_main": True, "title": "", "resolved_at": None}],
            "thread": THREAD,
            "messages": [],
            "more": False,
            "quoted": [],
        },
        errors=(400, 404, 409),
    )
    def get(self, request: PersonRequest, dispute: UUID, glass: UUID) -> Response:
        asked = read(TalkQuery, request.query_params)
        talk = queries.talk(
            user=request.user,
            dispute_id=dispute,
            glass_id=glass,
            thread_id=asked.get("thread"),
            before=asked.get("before"),
        )
        return Response(
            {
                "look": _look(talk.glass),
                "threads": talk.threads,
                "thread": talk.shown["id"],
                "messages": talk.page.messages,
                "more": talk.page.more,
                "quoted": talk.page.quoted,
            }
        )


class TalkFile(ApiView):
    """A file of the private talk, under the same conditions."""

    @operation(
        "private_talk_file",
        tag=TAG,
        summary="Download a file of a private talk that was opened",
        errors=(404, 409),
        answers={BYTES: OpenApiTypes.BINARY},
    )
    def get(self, request: PersonRequest, dispute: UUID, glass: UUID, file: UUID) -> FileResponse:
        return saved(queries.file(user=request.user, dispute_id=dispute, glass_id=glass, file_id=file))


def _look(asked: BreakGlass) -> dict[str, Any]:
    return queries.row(asked, clock.now())
