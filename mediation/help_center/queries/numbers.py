"""The numbers that articles may say, in the reader's language, from the policy in force."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mediation.disputes.queries.policies import newest_terms
from mediation.disputes.rules.policy import Terms
from mediation.help_center.rules import placeholders

VOCABULARY = frozenset(f"policy.{name}" for name in Terms().as_dict())


def filled(text: str) -> str:
    """The text with the numbers of now, each with its unit."""
    if not placeholders.names(text):
        return text
    terms = newest_terms().as_dict()
    return placeholders.fill(text, lambda name: said(name, terms) if name in VOCABULARY else None)


def said(name: str, terms: dict[str, int]) -> str:
    """“5 days”, “48 hours”, “3”, by what the name counts. A sum holds in the currency of each contract, and says so:
    without one nobody could read it. It is written with hundredths, as the currencies that are named beside it have.
    """
    name = name.removeprefix("policy.")
    number = terms[name]
    if name.endswith("_minor"):
        amount = number_format(number / 100, decimal_pos=2, use_l10n=True, force_grouping=True)
        return _("%(sum)s (in the currency of the contract, such as USD or EUR)") % {"sum": amount}
    if "business_days" in name:
        return ngettext("%(n)s business day", "%(n)s business days", number) % {"n": number}
    if "days" in name:
        return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}
    if "hours" in name:
        return ngettext("%(n)s hour", "%(n)s hours", number) % {"n": number}
    if "minutes" in name:
        return ngettext("%(n)s minute", "%(n)s minutes", number) % {"n": number}
    return str(number)
