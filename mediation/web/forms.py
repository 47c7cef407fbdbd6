"""The room's plain forms: what a browser without scripts posts."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mediation.conversations.rules.message import MAX_CHARACTERS

CASE_FILE_MAX_BYTES = 10 * 1024 * 1024


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
