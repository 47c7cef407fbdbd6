"""A line of a policy as a form: a condition that nothing could ever fit is refused, not kept in silence."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mediation.disputes.rules.ladder import Rung
from mediation.disputes.rules.states import Track
from mediation.sla.models import PolicyLine
from mediation.sla.queries.policies import values
from mediation.sla.rules.metrics import OF_REFERRALS
from mediation.sla.rules.policies import SEGMENTS, Priority

KNOWN: Mapping[str, tuple[str, ...]] = {
    "segment": SEGMENTS,
    "level": tuple(str(one.value) for one in Rung),
    "track": tuple(one.value for one in Track),
    "priority": tuple(one.value for one in Priority),
    "language": tuple(code for code, _name in settings.LANGUAGES),
}

OF_CASES = ("level", "track", "priority", "language")


class PolicyLineForm(forms.ModelForm):
    """Conditions are values with commas between them."""

    class Meta:
        model = PolicyLine
        fields = (
            "position", "metric", "segment", "level", "track", "priority", "language", "target_minutes", "calendar",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, known in KNOWN.items():
            if name in self.fields:
                self.fields[name].help_text = ", ".join(known)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, known in KNOWN.items():
            unknown = sorted(values(said.get(name) or "") - set(known))
            if unknown:
                words = {"given": ", ".join(unknown), "known": ", ".join(known)}
                self.add_error(name, _("“%(given)s” fits no case. Choose among: %(known)s.") % words)
        is_of_referral = said.get("metric") in {one.value for one in OF_REFERRALS}
        if said.get("segment") and not is_of_referral:
            self.add_error("segment", _("A case has no segment, so this line would never fit. Leave it empty."))
        for name in OF_CASES if is_of_referral else ():
            if said.get(name):
                self.add_error(name, _("A referral has a segment and none of these. Leave it empty."))
        return said
