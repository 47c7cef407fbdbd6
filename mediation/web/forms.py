"""The room's plain forms: what a browser without scripts posts."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mediation.conversations.rules.message import MAX_CHARACTERS
from mediation.disputes.errors import ReasonMissing
from mediation.disputes.forms.fields import SHORT
from mediation.disputes.forms.glass import GROUNDS

CASE_FILE_MAX_BYTES = 10 * 1024 * 1024
LONGEST_PERIOD_DAYS, LAST_YEAR = 366, 2999


class SendForm(forms.Form):
    """A message. `client_id` came with the page, so that posting it twice makes one message."""

    thread = forms.UUIDField()
    client_id = forms.UUIDField()
    text = forms.CharField(required=False, strip=False, max_length=MAX_CHARACTERS * 2)
    file = forms.FileField(required=False)


class AskForm(forms.Form):
    """A request for a mediator."""

    note = forms.CharField(required=False, max_length=2000)
    cancel = forms.BooleanField(required=False)


class MilestoneForm(forms.Form):
    """An act on a milestone, under the id that came with the page; the act says what its words are (`label`)."""

    command_id = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone in the room reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = label


class EndForm(forms.Form):
    """Ending a contract, under the id that came with the page."""

    command_id = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why do you end it?"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone in the room reads it."), error_messages={"required": ReasonMissing.message},
    )  # fmt: skip


class LookForm(forms.Form):
    """Asking to look into a private talk, under the id that came with the page. `parties` are (id, name)."""

    command_id = forms.UUIDField(widget=forms.HiddenInput)
    party = forms.TypedChoiceField(label=_("Whose private talk"), coerce=UUID, widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=_("On what ground"), choices=[(one.value, word) for one, word in GROUNDS.items()],
        widget=forms.RadioSelect, help_text=_("They are told it after the case has closed."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why you need to read it"), max_length=SHORT, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the second person, and for who looks at this later. It is not shown to the parties."),
        error_messages={"required": ReasonMissing.message},
    )  # fmt: skip

    def __init__(self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["party"]).choices = parties


class DecideForm(forms.Form):
    """An act on a look, under the id that came with the page, with a word to it if it is a decision."""

    command_id = forms.UUIDField()
    note = forms.CharField(required=False, max_length=SHORT)


class CaseFileForm(forms.Form):
    """A case file that somebody wants to have checked."""

    file = forms.FileField(
        label=_("Case file"),
        max_length=200,
        help_text=_("The file that ends in .json, as you downloaded it here. We look at it and keep nothing."),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > CASE_FILE_MAX_BYTES:
            raise forms.ValidationError(_("This is no case file of ours. Choose the file that ends in .json."))
        return file


class ArticleForm(forms.Form):
    """An article of the help centre, by its id."""

    article = forms.UUIDField()


class PeriodForm(forms.Form):
    """From one day to another, both counted in."""

    begins = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        begins, ends = said.get("begins"), said.get("ends")
        if begins and ends and (begins > ends or (ends - begins).days > LONGEST_PERIOD_DAYS or ends.year > LAST_YEAR):
            self.add_error("ends", _("Choose a day after the first one, and at most a year later."))
        return said
