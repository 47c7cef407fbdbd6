"""What people say about themselves on their profile."""

import zoneinfo
from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models import check_time_zone
from accounts.pictures import FORMATS, NotAPicture, face_from

CONTINENTS = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)


def time_zones() -> list[str]:
    """The zones that people live in, for a list to search."""
    return ["UTC", *sorted(zone for zone in zoneinfo.available_timezones() if zone.partition("/")[0] in CONTINENTS)]


class ProfileForm(forms.Form):
    """What a person says about themselves. A picture is redrawn while it is checked."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, as others should see it")},
    )
    company = forms.CharField(
        label=_("Company"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    language = forms.ChoiceField(label=_("Language"))
    time_zone = forms.CharField(
        label=_("Time zone"),
        help_text=_("Type a city. All times are shown in this zone."),
        validators=[check_time_zone],
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, at most 5 MB. It is cut to a square."),
        widget=forms.FileInput(attrs={"accept": ",".join(f"image/{kind.lower()}" for kind in FORMATS)}),
    )
    remove_picture = forms.BooleanField(label=_("Remove my picture"), required=False)

    def __init__(self, *args: Any, has_picture: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES
        ]
        if not has_picture:
            del self.fields["remove_picture"]

    def clean_picture(self) -> bytes | None:
        """The file as a clean small WebP, or None if there is none."""
        file: UploadedFile | None = self.cleaned_data["picture"]
        if file is None:
            return None
        try:
            return face_from(cast(BinaryIO, file), file.size or 0)
        except NotAPicture as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
