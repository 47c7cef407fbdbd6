"""What a case's states, phases and outcomes are called. Codes in, words out; what pages say beside is in `web`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = dict[str, Any]

STATES: Words = {
    "draft": pgettext_lazy("case state", "Draft"),
    "awaiting_response": pgettext_lazy("case state", "Waiting for the answer"),
    "negotiating": pgettext_lazy("case state", "Direct talks"),
    "escalated": pgettext_lazy("case state", "Waiting for a mediator"),
    "mediating": pgettext_lazy("case state", "In mediation"),
    "log_review": pgettext_lazy("case state", "Hours under review"),
    "recommended": pgettext_lazy("case state", "Recommendation is out"),
    "settling": pgettext_lazy("case state", "Agreement to accept"),
    "executing": pgettext_lazy("case state", "Money is moving"),
    "non_resolution": pgettext_lazy("case state", "No agreement"),
    "in_arbitration": pgettext_lazy("case state", "In arbitration"),
    "closed": pgettext_lazy("case state", "Closed"),
}

PHASES: Words = {
    "opening": pgettext_lazy("phase of mediation", "Opening"),
    "issues": pgettext_lazy("phase of mediation", "Issues"),
    "exploring": pgettext_lazy("phase of mediation", "Exploring"),
    "options": pgettext_lazy("phase of mediation", "Options"),
    "drafting": pgettext_lazy("phase of mediation", "Drafting"),
}

OUTCOMES: Words = {
    "accepted_in_full": _("The claim was accepted in full"),
    "settled": _("Settled by agreement"),
    "recommendation_accepted": _("Both accepted the recommendation"),
    "defaulted": _("Decided because no answer came"),
    "withdrawn": _("The claim was withdrawn"),
    "expired": _("Closed because no answer came"),
    "log_review": _("Decided by the review of the hours"),
    "returned_to_client": _("Nobody chose arbitration: the money went back to the client"),
    "released_to_elector": _("One side paid for arbitration: the money went to them"),
    "awarded": _("Decided by the arbitrator"),
    "no_agreement": _("No agreement: everything stays as it was"),
    "helped": _("The mediator helped, without a claim"),
    "voided": _("Voided by Upwork"),
}
