"""What a guard refused as the fault of a field of the form, with the sum or the moment that would have been right."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mediation.core.errors import Refused
from mediation.disputes.errors import Incomplete, InThePast, OfferTooShort, SplitDoesNotClose, TooFarOff
from mediation.disputes.forms import FORMS
from mediation.disputes.forms.fields import Moment
from mediation.disputes.money import money
from mediation.web import moments

Case = Mapping[str, Any]
STEP = timedelta(minutes=5)  # the earliest moment said is still to come when somebody has typed it


def of_fields(command: str, refused: Refused, case: Case) -> dict[str, list[str]]:
    """The sentences by field; none where the refusal is about no field of the command's form."""
    if command == "submit_evidence" and isinstance(refused, Incomplete):
        return {"excerpt": [_("Choose a file or upload one, or say here in words what shows it.")]}
    if command == "record_log_review" and isinstance(refused, Incomplete):
        return {"slots": [_("Fill in at least one row: from when until when.")]}
    if command == "record_log_review" and isinstance(refused, SplitDoesNotClose):
        off = money(refused.detail["off_minor"], case["view"]["currency"], get_language() or "en")
        return {
            "slots": [_("What the log does not bear out is %(off)s more than was paid for the week.") % {"off": off}]
        }
    fields = FORMS[command]().fields
    if isinstance(refused, SplitDoesNotClose) and {"refund_minor", "release_minor"} <= fields.keys():
        return {"refund_minor": [off_by(refused.detail["off_minor"], case)]}
    name = next((name for name, field in fields.items() if isinstance(field, Moment)), None)
    if name and isinstance(refused, (InThePast, OfferTooShort, TooFarOff)):
        return {name: [f"{refused.message} {_limit(refused)}"]}
    return {}


def off_by(off_minor: int, case: Case) -> str:
    """How far two sums are from the amount in dispute: `off_minor` is above 0 where they are too much together."""
    said = of_sums(case)["over" if off_minor > 0 else "under"]
    return said.replace("{off}", money(abs(off_minor), case["view"]["currency"], get_language() or "en"))


def of_sums(case: Case) -> dict[str, str]:
    """What is said below two sums: that they `fit`, or {off} by how much they are `over` or `under`."""
    amount = {"amount": case["amount"]}
    return {
        "fit": _("The two must add up to %(amount)s.") % amount,
        "over": _("Together they are {off} too much: the two must add up to %(amount)s.") % amount,
        "under": _("Together they are {off} too little: the two must add up to %(amount)s.") % amount,
    }


def zone() -> str:
    """Whose clock a form means: "In your time, Madrid."."""
    return _("In your time, %(zone)s.") % {"zone": moments.zone()}


def _limit(refused: Refused) -> str:
    if isinstance(refused, TooFarOff):
        until = datetime.fromisoformat(refused.detail["latest"])
        return _("The latest is %(moment)s in your time, %(zone)s.") % {
            "moment": moments.full(until),
            "zone": moments.zone(),
        }
    from_ = datetime.fromisoformat(refused.detail["earliest"])
    said = {"moment": moments.full(_rounded(from_)), "zone": moments.zone()}
    return _("The earliest is %(moment)s in your time, %(zone)s.") % said


def _rounded(moment: datetime) -> datetime:
    """The next moment of whole five minutes that leaves the time to type it."""
    later = timezone.localtime(moment + STEP)
    return later - timedelta(minutes=later.minute % 5, seconds=later.second, microseconds=later.microsecond) + STEP
