"""The team room: what teams were told and say, what is meant for oneself, asking a colleague about a case."""

from typing import Any
from uuid import UUID

from rest_framework import serializers as s
from rest_framework.response import Response

from mediation.conversations.api.requests import PersonRequest
from mediation.core import rates
from mediation.core.api.fields import Shape, Text, Uuid
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.core.clock import iso
from mediation.core.errors import NotFound
from mediation.desk import audience
from mediation.desk.actions import team_room
from mediation.desk.actions.team_room import LONGEST
from mediation.desk.models import Mention, TeamLine
from mediation.desk.queries.team_room import newest_lines, unseen
from mediation.desk.rules.announcements import Announcement

TAG = "desk"
TEAM, CASE, PERSON = (f"6f0c8c52-5a1e-4c0b-9a55-0d4d6f1d7e1{number}" for number in range(3))
LINE = {
    "at": "2026-11-24T16:00:00.000Z", "team": TEAM, "code": "said", "who": "Priya Nair", "person": "",
    "said": "Who speaks Dutch, @Sam Okafor?", "dispute": None, "room": None, "title": "",
    "referral": None,
}  # fmt: skip
MEANT = {"at": LINE["at"], "who": "Priya Nair", "text": LINE["said"], "dispute": None, "room": None}
MOST_MENTIONS = 100


class SayBody(Shape):
    """Words for a team of one's own."""

    team = Uuid()
    text = Text(max_length=LONGEST, help_text="A whole name behind an @ tells that person.")
    client_id = Uuid(help_text="Made by the client; said again, it is the same line.")


class AskBody(Shape):
    """A question about a case."""

    person = Uuid(help_text="A colleague who reads cases and is no party to this one.")
    text = Text(max_length=LONGEST)
    client_id = Uuid(help_text="Made by the client; said again, it is the same question.")


class TeamRow(s.Serializer):
    """A team of one's own."""

    id = s.UUIDField()
    name = s.CharField()


class LineRow(s.Serializer):
    """Something that a team was told, or that was said in it."""

    at = s.DateTimeField()
    team = s.UUIDField()
    code = s.ChoiceField([one.value for one in Announcement])
    who = s.CharField(help_text="Empty for Upwork itself.")
    person = s.CharField(help_text="Who was given the case, where somebody was.")
    said = s.CharField(help_text="The words, where somebody said some.")
    dispute = s.UUIDField(allow_null=True)
    room = s.UUIDField(allow_null=True)
    title = s.CharField()
    referral = s.UUIDField(allow_null=True, help_text="The case of the executive desk that it is about.")


class MeantRow(s.Serializer):
    """Something that was meant for oneself and not seen yet."""

    at = s.DateTimeField()
    who = s.CharField()
    text = s.CharField()
    dispute = s.UUIDField(allow_null=True)
    room = s.UUIDField(allow_null=True)


class TeamRoomAnswer(s.Serializer):
    """The newest first."""

    teams = TeamRow(many=True)
    lines = LineRow(many=True)
    meant = MeantRow(many=True)


class SeenAnswer(s.Serializer):
    """How much it was."""

    seen = s.IntegerField()


class TeamRoom(ApiView):
    """What one's teams were told and say. No party ever reads it."""

    @operation(
        "team_room", tag=TAG, summary="Read the team room", answers={200: TeamRoomAnswer},
        example={"teams": [{"id": TEAM, "name": "Mediation"}], "lines": [LINE], "meant": [MEANT]}, errors=(404,),
    )  # fmt: skip
    def get(self, request: PersonRequest) -> Response:
        user = request.user
        if not audience.is_at_desk(user):
            raise NotFound
        meant = unseen(user).select_related("by", "dispute")[:MOST_MENTIONS]
        return Response(
            {
                "teams": [{"id": str(team.pk), "name": team.name} for team in user.teams.order_by("name")],
                "lines": [_line(one) for one in newest_lines(user)],
                "meant": [_meant(one) for one in meant],
            }
        )

    @operation(
        "say_to_team", tag=TAG, summary="Write to a team", body=SayBody, answers={201: LineRow},
        body_example={"team": TEAM, "text": LINE["said"], "client_id": PERSON}, example=LINE, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest) -> Response:
        rates.commands.check(request.user.pk)
        said = read(SayBody, request.data)
        line = team_room.say(user=request.user, team_id=said["team"], body=said["text"], client_id=said["client_id"])
        return Response(_line(line), status=201)


class Seen(ApiView):
    """What was meant for oneself is seen."""

    @operation(
        "see_mentions", tag=TAG, summary="Say that what was meant for one is seen", answers={200: SeenAnswer},
        example={"seen": 2}, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest) -> Response:
        rates.commands.check(request.user.pk)
        if not audience.is_at_desk(request.user):
            raise NotFound
        return Response({"seen": team_room.have_seen(user=request.user)})


class Asked(ApiView):
    """A question to a colleague, in the staff notes of a case."""

    @operation(
        "ask_colleague", tag=TAG, summary="Ask a colleague about a case", body=AskBody, answers={204: None},
        body_example={"person": PERSON, "text": "Have you met them?", "client_id": TEAM}, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest, dispute: UUID) -> Response:
        rates.commands.check(request.user.pk)
        said = read(AskBody, request.data)
        team_room.ask(
            user=request.user, dispute_id=dispute, person_id=said["person"], text=said["text"],
            client_id=said["client_id"],
        )  # fmt: skip
        return Response(status=204)


def _line(line: TeamLine) -> dict[str, Any]:
    case = line.dispute
    return {
        "at": iso(line.at),
        "team": str(line.team_id),
        "code": line.code,
        "who": line.actor.name if line.actor else "",
        "person": line.person.name if line.person else "",
        "said": line.body,
        "dispute": str(case.pk) if case else None,
        "room": str(case.room_id) if case else None,
        "title": case.room.contract.title if case else "",
        "referral": str(line.referral) if line.referral else None,
    }


def _meant(one: Mention) -> dict[str, Any]:
    case = one.dispute
    return {
        "at": iso(one.at),
        "who": one.by.name,
        "text": one.text,
        "dispute": str(case.pk) if case else None,
        "room": str(case.room_id) if case else None,
    }
