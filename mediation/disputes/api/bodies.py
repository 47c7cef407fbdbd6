"""The body of a command: its form, the id under which it is said, and the version that was seen."""

from functools import cache
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from mediation.disputes.forms import FORMS
from mediation.disputes.forms.fields import Shape, Uuid, Whole

HEAD = ("command_id", "expected_version")


class Head(Shape):
    """What every command carries."""

    command_id = Uuid(help_text="Made by the client. Said twice under the same id, a command is carried out once.")
    expected_version = Whole(
        min_value=0, required=False, allow_null=True, default=None,
        help_text="The version that was seen; where it is no longer the newest, the answer is 409.",
    )  # fmt: skip


@cache
def body_of(form: type[Shape]) -> type[Shape]:
    """The form with the head before it."""
    fields: dict[str, Any] = {"command_id": Head().fields["command_id"], "__doc__": form.__doc__}
    fields["expected_version"] = Head().fields["expected_version"]
    return type(f"{form.__name__}Command", (form,), fields)


class AnyCommand(serializers.Serializer):
    """Stands for the body of whichever command the address names."""


class AnyCommandSchema(OpenApiSerializerExtension):
    """One of the bodies. Which, is said by the address, so several may fit the same text."""

    target_class = "mediation.disputes.api.bodies.AnyCommand"

    def get_name(self, auto_schema: Any, direction: str) -> str:
        return "AnyCommand"

    def map_serializer(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        bodies = sorted({body_of(form) for form in FORMS.values()}, key=lambda one: one.__name__)
        return {"anyOf": [auto_schema.resolve_serializer(body, "request").ref for body in bodies]}


def described() -> str:
    """Which command takes which body, for the description of the address."""
    lines = [f"- `{command}`: {body_of(form).__name__}" for command, form in FORMS.items()]
    return "\n".join(["Say a command of the workflow. The body depends on the command:", "", *lines])
