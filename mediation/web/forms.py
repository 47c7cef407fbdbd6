"""The room's plain forms: what a browser without scripts posts."""

from django import forms

from mediation.conversations.rules.message import MAX_CHARACTERS


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
