"""From a body to the payload of a command."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import User
from mediation.core import rates
from mediation.core.errors import NotFound
from mediation.disputes.forms import FORMS
from mediation.disputes.forms.fields import Shape


def payload_of(command: str, data: Any, person: User) -> dict[str, Any]:
    """The payload as guards and effects read it.

    Raises NotFound for a command that nobody says, DRF's ValidationError for fields that are not right.
    """
    form = FORMS.get(command)
    if form is None:
        raise NotFound
    reader = form(data=data)
    reader.is_valid(raise_exception=True)
    return payload_from(form, dict(reader.validated_data), person)


def payload_from(form: type[Shape], said: dict[str, Any], person: User) -> dict[str, Any]:
    """From fields that are right to the payload: a password is checked here and goes no further."""
    if "password" not in form().fields:
        return said
    password = said.pop("password", "")
    if password:
        rates.passwords.check(person.pk)  # whoever sits at somebody else's open session does not get to guess
    if password and not person.check_password(password):
        raise serializers.ValidationError({"password": [_("That is not your password.")]})
    return said | {"password_is_fresh": bool(password)}
