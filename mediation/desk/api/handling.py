"""What people at the desk say of one case: its priority and its tags."""

from uuid import UUID

from rest_framework import serializers as s
from rest_framework.response import Response

from mediation.conversations.api.requests import PersonRequest
from mediation.core import rates
from mediation.core.api.fields import Shape, Text
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read
from mediation.desk.actions import by_hand
from mediation.desk.queries.handling import handled
from mediation.sla.rules.policies import Priority

TAG = "desk"
EXAMPLE = {"priority": "high", "tags": ["refund", "vip"]}


class OwnPriorityBody(Shape):
    """A priority, or none for that of the case's money."""

    priority = s.ChoiceField([one.value for one in Priority], allow_null=True)


class OwnTagsBody(Shape):
    """Words with spaces between them."""

    tags = Text(max_length=200)


class HandledShape(s.Serializer):
    """What is said of the case now."""

    priority = s.ChoiceField([one.value for one in Priority], allow_null=True, help_text="None: that of its money.")
    tags = s.ListField(child=s.CharField(), help_text="In their order.")


def _answer(dispute: UUID) -> Response:
    found = handled(dispute)
    return Response({"priority": found.priority or None, "tags": found.tags})


class CasePriority(ApiView):
    """How urgent a case is. Its clocks follow."""

    @operation(
        "prioritise_case", tag=TAG, summary="Give a case a priority", body=OwnPriorityBody,
        answers={200: HandledShape}, body_example={"priority": "high"}, example=EXAMPLE, errors=(404,),
    )  # fmt: skip
    def put(self, request: PersonRequest, dispute: UUID) -> Response:
        rates.commands.check(request.user.pk)
        said = read(OwnPriorityBody, request.data)
        by_hand.set_priority(user=request.user, dispute_id=dispute, priority=said["priority"] or by_hand.AS_THE_MONEY)
        return _answer(dispute)


class CaseTags(ApiView):
    """Tags put on a case, beside those it has."""

    @operation(
        "tag_case", tag=TAG, summary="Put tags on a case", body=OwnTagsBody, answers={200: HandledShape},
        body_example={"tags": "refund vip"}, example=EXAMPLE, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest, dispute: UUID) -> Response:
        rates.commands.check(request.user.pk)
        names = by_hand.read_tags(read(OwnTagsBody, request.data)["tags"])
        by_hand.add_tags(user=request.user, dispute_id=dispute, names=names)
        return _answer(dispute)


class CaseUntagged(ApiView):
    """Tags taken off a case."""

    @operation(
        "untag_case", tag=TAG, summary="Take tags off a case", body=OwnTagsBody, answers={200: HandledShape},
        body_example={"tags": "waiting"}, example=EXAMPLE, errors=(404,),
    )  # fmt: skip
    def post(self, request: PersonRequest, dispute: UUID) -> Response:
        rates.commands.check(request.user.pk)
        names = by_hand.read_tags(read(OwnTagsBody, request.data)["tags"])
        by_hand.remove_tags(user=request.user, dispute_id=dispute, names=names)
        return _answer(dispute)
