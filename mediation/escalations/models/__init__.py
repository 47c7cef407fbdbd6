"""What is stored of the executive desk, by noun."""

from mediation.escalations.models.calls import Call, Slot
from mediation.escalations.models.cases import Case, Checked, Entry, TalentForm
from mediation.escalations.models.clocks import ReplyFact, ReplyStep
from mediation.escalations.models.contacts import Contact
from mediation.escalations.models.notices import Notice
from mediation.escalations.models.rules import ReferralRules

__all__ = [
    "Call",
    "Case",
    "Checked",
    "Contact",
    "Entry",
    "Notice",
    "ReferralRules",
    "ReplyFact",
    "ReplyStep",
    "Slot",
    "TalentForm",
]
