"""Our part of allauth's sign-up form."""

import zoneinfo
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import Role


class SignUpFields(forms.Form):
    """Our part of allauth's sign-up form. The choice of roles is the door: staff is not on the list."""

    field_order = ["role", "name", "email", "password1", "time_zone"]

    role = forms.ChoiceField(
        label=_("I am here as"),
        choices=[
            (Role.CLIENT.value, _("A client: I hire")),
            (Role.FREELANCER.value, _("A freelancer: I do the work")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you hire or do the work")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, as others should see it")},
    )
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    def clean_time_zone(self) -> str:
        """The browser's guess. A wrong one is no reason to turn a person away."""
        guess: str = self.cleaned_data["time_zone"]
        return guess if guess in zoneinfo.available_timezones() else "UTC"

    def signup(self, request: HttpRequest, user: User) -> Any:
        """Required by allauth. The adapter has saved everything already."""
