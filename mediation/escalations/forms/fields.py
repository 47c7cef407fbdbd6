"""Fields that several forms share."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms.profile import time_zones
from accounts.models import check_time_zone
from mediation.disputes import money
from mediation.escalations import words
from mediation.escalations.rules.guards import LONGEST

LOCAL = "%Y-%m-%dT%H:%M"
CURRENCY = "USD"
SEGMENTS = [("", _("Not known")), *words.SEGMENTS.items()]
YES_NO = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]


class Moment(forms.DateTimeField):
    """A day and a time in the reader's zone."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
        super().__init__(widget=widget, input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S"], **kwargs)


class Words(forms.CharField):
    """Several lines of text."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=LONGEST, **kwargs)


class YesNo(forms.ChoiceField):
    """True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, required=False, **kwargs)

    def clean(self, value: Any) -> bool | None:
        said = super().clean(value)
        return None if said == "" else said == "yes"

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class Sum(forms.CharField):
    """A sum of dollars as the reader's language writes it; minor units, or None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(required=False, max_length=30, widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:
        said = super().clean(value)
        if not said:
            return None
        try:
            return money.typed(said, CURRENCY, get_language() or "en")
        except money.NotASum as wrong:
            raise forms.ValidationError(_("Write a sum, like 2500.")) from wrong

    def prepare_value(self, value: Any) -> Any:
        return money.written(value, CURRENCY, get_language() or "en") if isinstance(value, int) else value


class Zone(forms.CharField):
    """A time zone by its city."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            validators=[check_time_zone],
            widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
            **kwargs,
        )


def zones() -> list[str]:
    """For the list that a zone is chosen from."""
    return time_zones()
