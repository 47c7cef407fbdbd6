"""The numbers of a policy as a form: a field for each, with its bounds and what it means."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediation.disputes.models import Policy
from mediation.disputes.queries.policies import newest_terms
from mediation.disputes.rules.bounds import BOUNDS, outside
from mediation.disputes.rules.policy import Terms

DAYS, HOURS = pgettext_lazy("unit", "days"), pgettext_lazy("unit", "hours")
BUSINESS, MINOR = pgettext_lazy("unit", "business days"), pgettext_lazy("unit", "minor units")
TIMES, MINUTES = pgettext_lazy("unit", "times"), pgettext_lazy("unit", "minutes")
WORDS, PERCENT = pgettext_lazy("unit", "words"), pgettext_lazy("unit", "percent")

LABELS: dict[str, tuple[Any, Any]] = {
    "filing_days_escrow": (_("Filing window, escrow"), DAYS),
    "filing_days_assistance": (_("Filing window, money already paid"), DAYS),
    "response_days_escrow": (_("Time to answer, escrow"), DAYS),
    "response_days_assistance": (_("Time to answer, money already paid"), DAYS),
    "response_days_hourly": (_("Time to answer, hours"), DAYS),
    "grace_hours": (_("Extra time after silence"), HOURS),
    "stay_hours": (_("Wait before money moves after silence"), HOURS),
    "talks_hours": (_("Direct talks"), HOURS),
    "talks_most_days": (_("Direct talks at most, with extensions"), DAYS),
    "mediation_days": (_("Mediation"), DAYS),
    "recommendation_business_days": (_("Recommendation after evidence is closed"), BUSINESS),
    "log_review_business_days": (_("Review of the hours"), BUSINESS),
    "answer_business_days": (_("Sealed answers"), BUSINESS),
    "answer_least_hours": (_("Sealed answers, at least"), HOURS),
    "sign_hours": (_("Accepting the agreement"), HOURS),
    "election_days": (_("Choosing arbitration"), DAYS),
    "reopen_days": (_("Reopening after the close"), DAYS),
    "cool_off_least_hours": (_("Shortest pause"), HOURS),
    "cool_off_most_hours": (_("Longest pause"), HOURS),
    "absence_days_a_year": (_("Absence in a year"), DAYS),
    "extensions_most": (_("Extensions of a case"), TIMES),
    "offer_least_hours": (_("An offer stands at least"), HOURS),
    "offer_most_days": (_("An offer or a question stands at most"), DAYS),
    "bid_rounds": (_("Rounds of sealed bids"), TIMES),
    "bid_step_minor": (_("Sealed bids are rounded to"), MINOR),
    "low_value_below_minor": (_("Small sums are below"), MINOR),
    "low_value_talks_hours": (_("Direct talks about small sums"), HOURS),
    "arbitration_share_minor": (_("Each side's share of an arbitration"), MINOR),
    "password_above_minor": (_("Password again for sums above"), MINOR),
    "second_reader_above_minor": (_("Second reader for sums above"), MINOR),
    "senior_above_minor": (_("A senior takes cases of sums above"), MINOR),
    "cases_at_once": (_("Cases of one agent at once"), TIMES),
    "ask_again_days": (_("Money of a milestone is asked back again after a no"), DAYS),
    "auto_release_days": (_("A milestone that nobody answers is paid after"), DAYS),
    "auto_release_warning_hours": (_("A reminder goes out before that"), HOURS),
    "even_reply_minutes": (_("Both sides are heard alike: replies apart by at most"), MINUTES),
    "even_private_minutes": (_("Both sides are heard alike: private time apart by at most"), MINUTES),
    "even_words": (_("Both sides are heard alike: words apart by at most"), WORDS),
    "even_requests": (_("Both sides are heard alike: requests apart by at most"), TIMES),
    "even_least_percent": (_("Both sides are heard alike: or the lesser is of the greater at least"), PERCENT),
    "glass_minutes": (_("A private talk can be looked into for"), MINUTES),
    "glass_wait_hours": (_("An ask to look into a private talk waits at most"), HOURS),
}


class PolicyForm(forms.ModelForm):
    """A draft. Beside the note there is a field for each number of `rules.policy.Terms`."""

    class Meta:
        model = Policy
        fields = ("note",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = Terms.of(self.instance.terms) if self.instance.pk else newest_terms()
        for name, value in stored.as_dict().items():
            if name in self.fields:
                self.initial.setdefault(name, value)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            for name in sorted(set(outside(self.terms()))):
                self.add_error(name, _("This does not fit with the number beside it."))
        return said

    def terms(self) -> Terms:
        """The numbers as they were sent."""
        return Terms(**{name: self.cleaned_data[name] for name in BOUNDS})


def _field(name: str) -> forms.IntegerField:
    (label, unit), (least, most) = LABELS[name], BOUNDS[name]
    return forms.IntegerField(
        min_value=least,
        max_value=most,
        label=label,
        help_text=format_lazy("{}, {}–{}", unit, least, most),
    )


PolicyForm.declared_fields |= {name: _field(name) for name in BOUNDS}
PolicyForm.base_fields |= PolicyForm.declared_fields
