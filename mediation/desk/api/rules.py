"""Triggers and automations for programs: all of them out, and in again."""

from typing import ClassVar

from rest_framework import serializers as s
from rest_framework.response import Response

from mediation.conversations.api.requests import PersonRequest
from mediation.core import rates
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView
from mediation.core.errors import NotFound
from mediation.desk import audience
from mediation.desk.actions import rule_files

LARGEST = 500_000
EXAMPLE = {
    "kind": "triggers", "version": 1,
    "rules": [
        {
            "name": "A large sum is in dispute", "position": 10, "is_active": True,
            "all": [
                {"field": "happening", "operator": "is", "value": "dispute.file"},
                {"field": "amount", "operator": "greater_than", "value": "2000"},
            ],
            "any": [], "actions": [{"action": "set_priority", "value": "high"}],
        }
    ],
}  # fmt: skip
TIMED = EXAMPLE | {
    "kind": "automations",
    "rules": [
        {
            "name": "Nothing has happened for two days", "position": 10, "is_active": True,
            "all": [
                {"field": "since_updated", "operator": "greater_than", "value": "48"},
                {"field": "tags", "operator": "not_includes", "value": "quiet"},
            ],
            "any": [], "actions": [{"action": "add_tags", "value": "quiet"}],
        }
    ],
}  # fmt: skip


class ConditionRow(s.Serializer):
    """One condition. Every part is a text; the value is empty where the operator takes none."""

    field = s.CharField(help_text="What is asked.")
    operator = s.CharField(help_text="How it is compared.")
    value = s.CharField(allow_blank=True, help_text="With what.")


class ActionRow(s.Serializer):
    """One thing that is done. None of them moves money or changes the state of a case."""

    action = s.CharField(help_text="What.")
    value = s.CharField(help_text="With what.")


class RuleShape(s.Serializer):
    """A rule. It fits where every row of `all` holds and, if there are any, one of `any`."""

    name = s.CharField(help_text="Its own; another rule with it takes its place.")
    position = s.IntegerField(help_text="Rules are looked at from the lowest on.")
    is_active = s.BooleanField(help_text="Whether it is in use.")
    all = ConditionRow(many=True)
    any = ConditionRow(many=True)
    actions = ActionRow(many=True)


class RulesShape(s.Serializer):
    """Rules of one kind, as they come out and go in."""

    kind = s.CharField(help_text="`triggers` or `automations`.")
    version = s.IntegerField(help_text="Of this shape: 1.")
    rules = RuleShape(many=True)


class RulesView(ApiView):
    """For administrators and supervisors; for everybody else there is nothing here."""

    kind: ClassVar[str]
    max_bytes = LARGEST

    def _out(self, request: PersonRequest) -> Response:
        if not audience.is_lead(request.user):
            raise NotFound
        return Response(rule_files.export(self.kind))

    def _in(self, request: PersonRequest) -> Response:
        if not audience.is_lead(request.user):
            raise NotFound
        rates.commands.check(request.user.pk)
        rule_files.load(self.kind, request.data)
        return Response(rule_files.export(self.kind))


class Triggers(RulesView):
    """What is done when something happens to a case."""

    kind = "triggers"

    @operation(
        "triggers", tag="desk", summary="Export the triggers", answers={200: RulesShape}, example=EXAMPLE, errors=(404,)
    )
    def get(self, request: PersonRequest) -> Response:
        return self._out(request)

    @operation(
        "load_triggers", tag="desk", summary="Bring triggers in, all of them or none", body=RulesShape,
        body_example=EXAMPLE, answers={200: RulesShape}, example=EXAMPLE, errors=(404,),
    )  # fmt: skip
    def put(self, request: PersonRequest) -> Response:
        return self._in(request)


class Automations(RulesView):
    """What is done as time goes by."""

    kind = "automations"

    @operation(
        "automations", tag="desk", summary="Export the automations", answers={200: RulesShape}, example=TIMED,
        errors=(404,),
    )  # fmt: skip
    def get(self, request: PersonRequest) -> Response:
        return self._out(request)

    @operation(
        "load_automations", tag="desk", summary="Bring automations in, all of them or none", body=RulesShape,
        body_example=TIMED, answers={200: RulesShape}, example=TIMED, errors=(404,),
    )  # fmt: skip
    def put(self, request: PersonRequest) -> Response:
        return self._in(request)
