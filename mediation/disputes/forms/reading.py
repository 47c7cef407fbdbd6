"""From a body to the payload of a command."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import User
from mediation.core.errors import NotFound
from mediation.disputes.forms import FORMS


def payload_of(command: str, data: Any, person: User) -> dict[str, Any]:
    """The payload as guards and effects read it. A password is checked here and goes no further.

    Raises NotFound for a command that nobody says, DRF's ValidationError for fields that are not right.
    """
    form = FORMS.get(command)
    if form is None:
        raise NotFound
    reader = form(data=data)
    reader.is_valid(raise_exception=True)
    payload: dict[str, Any] = dict(reader.validated_data)
    if "password" not in form().fields:
        return payload
    password = payload.pop("password", "")
    if password and not person.check_password(password):
        raise serializers.ValidationError({"password": [_("That is not your password.")]})
    return payload | {"password_is_fresh": bool(password)}
