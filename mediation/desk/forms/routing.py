"""Skills as boxes to tick, so that nobody writes a code by hand."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.desk.models import AgentProfile, CaseWeight
from mediation.desk.rules.views import NO_CLAIM
from mediation.disputes.forms.claim import TRACKS

KINDS = [*TRACKS, (NO_CLAIM, _("A call for help without a claim"))]


class AgentProfileForm(forms.ModelForm):
    """What one agent can take."""

    user = forms.ModelChoiceField(
        label=_("Agent"),
        queryset=User.objects.filter(role__in=[role.value for role in MEDIATOR_ROLES], is_active=True).order_by("name"),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every language."),
    )  # fmt: skip
    tracks = forms.MultipleChoiceField(
        label=_("Tracks"), choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every track."),
    )  # fmt: skip

    class Meta:
        model = AgentProfile
        fields = ("user", "languages", "tracks", "value_limit_minor", "capacity", "begins_on", "ramp_days", "is_away")
        help_texts = {
            "value_limit_minor": _("In the smallest unit of the case's currency. Empty: any sum."),
            "capacity": _("A case weighs 10 points unless a weight says otherwise. Empty: as the policy says."),
            "begins_on": _("Of somebody new. Their room for cases grows from this day on."),
        }


class CaseWeightForm(forms.ModelForm):
    """How heavy a kind of case is."""

    class Meta:
        model = CaseWeight
        fields = ("track", "phase", "weight")
        help_texts = {"phase": _("Empty: every phase that has no row of its own.")}
