"""Referring somebody, the rules of whom to refer, and what the tracker is filtered by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mediation.escalations import words
from mediation.escalations.actions.referring import Referral
from mediation.escalations.audience import desk_people
from mediation.escalations.forms.fields import CURRENCY, SEGMENTS, Sum, Words, YesNo, Zone
from mediation.escalations.models import ReferralRules
from mediation.escalations.rules.criteria import Terms


class ReferralForm(forms.Form):
    """A client, and what is known of them. What is not known stays open."""

    name = forms.CharField(label=_("Name of the client"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=254, help_text=_("Also of somebody without an account.")
    )
    company = forms.CharField(label=_("Company"), max_length=80, required=False)
    time_zone = Zone(label=_("Time zone"), initial="UTC", help_text=_("Type a city."))
    source = forms.ChoiceField(label=_("Where it comes from"), choices=list(words.SOURCES.items()))
    on_behalf_of = forms.CharField(
        label=_("On behalf of"), max_length=80, required=False, help_text=_("An executive or a team, if not your own.")
    )
    reason = Words(label=_("What the client needs"), rows=4)
    segment = forms.ChoiceField(label=_("Segment"), choices=SEGMENTS, required=False)
    value_minor = Sum(label=_("Value of the job post, in dollars"))
    has_web_presence = YesNo(label=_("Established web presence"))
    is_long_term = YesNo(label=_("May hire several people for long"))

    @property
    def said(self) -> Referral:
        return Referral(**self.cleaned_data, currency=CURRENCY)


class RulesForm(forms.Form):
    """The next version of the rules."""

    least_value_minor = Sum(label=_("Value of the job post at least, in dollars"), help_text=_("Empty: any."))
    least_segment = forms.ChoiceField(
        label=_("Segment at least"), choices=[("", _("Any")), *words.SEGMENTS.items()], required=False
    )
    asks_web_presence = forms.BooleanField(label=_("An established web presence"), required=False)
    asks_long_term = forms.BooleanField(label=_("May hire several people for long"), required=False)
    note = forms.CharField(label=_("What changes, and why"), max_length=200)

    @classmethod
    def of(cls, rules: ReferralRules) -> "RulesForm":
        names = ("least_value_minor", "least_segment", "asks_web_presence", "asks_long_term")
        return cls(initial={name: getattr(rules, name) for name in names})

    @property
    def terms(self) -> Terms:
        said = {name: value for name, value in self.cleaned_data.items() if name != "note"}
        return Terms(**said, currency=CURRENCY)


class TrackerFilter(forms.Form):
    """What is shown; nothing narrows to what is open."""

    q = forms.CharField(required=False, max_length=100, label=_("Name, company or next step"))
    state = forms.ChoiceField(
        required=False, label=_("State"),
        choices=[("", _("All that are open")), ("all", _("All")), *words.STATES.items()],
    )  # fmt: skip
    owner = forms.ModelChoiceField(required=False, queryset=User.objects.none(), empty_label=_("All"), label=_("Owner"))
    source = forms.ChoiceField(required=False, choices=[("", _("All")), *words.SOURCES.items()], label=_("Source"))
    segment = forms.ChoiceField(required=False, choices=[("", _("All")), *words.SEGMENTS.items()], label=_("Segment"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = desk_people()  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        """What was said and can be read; the rest narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
