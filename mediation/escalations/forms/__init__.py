"""Forms of the executive desk. Their fields are the names that guards and effects read."""

from mediation.escalations.forms.commands import FORMS, form_for
from mediation.escalations.forms.referral import ReferralForm, RulesForm, TrackerFilter

__all__ = ["FORMS", "ReferralForm", "RulesForm", "TrackerFilter", "form_for"]
