"""A version of a calendar as a form: a line for each weekday, days as lines, holidays from a file or a country."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from mediation.core import clock
from mediation.sla.actions.calendars import Said
from mediation.sla.models import CalendarVersion
from mediation.sla.rules import public_holidays, said

FILE_BYTES = 1024 * 1024
YEARS_AHEAD = 3
DAYS = tuple(f"day_{number}" for number in range(7))


class CalendarVersionForm(forms.ModelForm):
    """A draft. What a file or a country brings is added to the holidays that are written down."""

    holiday_lines = forms.CharField(
        label=_("Holidays"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A line for each day: 2026-12-25 Christmas"),
    )  # fmt: skip
    opening_lines = forms.CharField(
        label=_("Other hours on single days"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line for each day with all of its hours: 2026-12-24 09:00-13:00"),
    )  # fmt: skip
    ical = forms.FileField(label=_("Add holidays from a calendar file (.ics)"), required=False)
    country = forms.CharField(
        label=_("Add the public holidays of a country"), required=False, max_length=2,
        help_text=_("Two letters, such as US, MX or NL. This year and the three after it."),
    )  # fmt: skip

    class Meta:
        model = CalendarVersion
        fields = ("calendar", "valid_from", "zone", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance
        for name, intervals in zip(DAYS, stored.week or [[]] * 7, strict=True):
            self.initial.setdefault(name, said.write_day(intervals))
        self.initial.setdefault("holiday_lines", said.write_lines(stored.holidays.items()))
        openings = ((day, said.write_day(intervals)) for day, intervals in stored.openings.items())
        self.initial.setdefault("opening_lines", said.write_lines(openings))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self._week = [self._read(name, said.read_day) or [] for name in DAYS]
        self._openings = self._read("opening_lines", said.read_openings) or {}
        self._holidays = self._read("holiday_lines", said.read_holidays) or {}
        self._holidays |= self._of_country() | self._from_file()
        return values

    def said(self) -> Said:
        """Only after the form was found valid."""
        values = self.cleaned_data
        return Said(
            calendar=values["calendar"],
            zone=values["zone"],
            week=self._week,
            valid_from=values["valid_from"],
            holidays=self._holidays,
            openings=self._openings,
            note=values["note"],
        )

    def _read(self, name: str, read: Any) -> Any:
        try:
            return read(self.cleaned_data.get(name) or "")
        except ValueError:
            self.add_error(name, _("This cannot be read. Write it as in the example."))

    def _of_country(self) -> dict[str, str]:
        country = (self.cleaned_data.get("country") or "").upper()
        if not country:
            return {}
        this_year = clock.now().year
        try:
            return public_holidays.of_country(country, range(this_year, this_year + YEARS_AHEAD + 1))
        except ValueError:
            self.add_error("country", _("The holidays of this country are not known here."))
        return {}

    def _from_file(self) -> dict[str, str]:
        file = self.cleaned_data.get("ical")
        if not file:
            return {}
        today: date = clock.now().date()
        try:
            if file.size > FILE_BYTES:
                raise ValueError(file.size)
            return public_holidays.from_ical(file.read(), today, today + timedelta(days=366 * YEARS_AHEAD))
        except ValueError:
            self.add_error("ical", _("There are no holidays in this file that could be taken from it."))
        return {}


def _field(number: int) -> forms.CharField:
    return forms.CharField(
        label=WEEKDAYS[number], required=False, max_length=120,
        help_text=_("09:00-12:00, 13:00-17:00; empty: closed") if number == 0 else "",
    )  # fmt: skip


CalendarVersionForm.declared_fields |= {name: _field(number) for number, name in enumerate(DAYS)}
CalendarVersionForm.base_fields |= CalendarVersionForm.declared_fields
