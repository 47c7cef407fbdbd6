"""A webhook as a form: where to, and what it is told."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mediation.desk import rule_words as words
from mediation.desk.actions.webhooks import plain_is_allowed
from mediation.desk.models import Webhook
from mediation.desk.queries.webhook_bodies import TOLD
from mediation.desk.rules.webhooks import problem_with

WRONG = {
    "address": _("This is no address that something can be sent to. Write it like https://example.com/parley."),
    "scheme": _("The address must begin with https://, so that nobody on the way reads along."),
}


class WebhookForm(forms.ModelForm):
    """Without a kind of event it is told only what rules send to it."""

    events = forms.MultipleChoiceField(
        label=_("What it is told"), required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "webhook-events"}),
        choices=[(one, words.HAPPENINGS[one]) for one in TOLD],
        help_text=_("Beside what rules send to it. Ids and states only: never what anybody wrote."),
    )  # fmt: skip

    class Meta:
        model = Webhook
        fields = ("name", "address", "events", "is_active")

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        if wrong := problem_with(address, plain_is_allowed=plain_is_allowed()):
            raise ValidationError(WRONG[wrong], code=wrong)
        return address
