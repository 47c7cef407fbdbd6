"""Referring a client to the executive desk."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import Invalid, NotFound
from mediation.escalations import audience
from mediation.escalations.actions import clock as reply_clock
from mediation.escalations.actions import contacts
from mediation.escalations.errors import Unfit
from mediation.escalations.event_types import REFERRED
from mediation.escalations.models import Case, Entry, ReferralRules
from mediation.escalations.rules.criteria import Terms
from mediation.escalations.rules.guards import LONGEST, Refusal
from mediation.escalations.rules.states import Source
from mediation.events import actions as events
from mediation.events.actions import NewEvent
from mediation.sla.rules.policies import SEGMENTS


@dataclass(frozen=True, slots=True)
class Referral:
    """What is said of a client; see the fields of `Case` and `Contact`."""

    source: str
    reason: str
    name: str
    email: str = ""
    company: str = ""
    time_zone: str = "UTC"
    on_behalf_of: str = ""
    value_minor: int | None = None
    currency: str = "USD"
    has_web_presence: bool | None = None
    segment: str = ""
    is_long_term: bool | None = None


def refer(*, user: User, press: UUID, said: Referral) -> Case:
    """A new case, with its clock running. The same `press` of the same person is the same case.

    Raises NotFound for who may not refer anybody, and what is refused.
    """
    if not audience.may_refer(user):
        raise NotFound
    if said.source not in set(Source) or said.segment not in ("", *SEGMENTS):
        raise Invalid
    if not said.name.strip() or not 0 < len(said.reason.strip()) <= LONGEST:
        raise Unfit(Refusal.WORDS)
    known = Case.objects.filter(referred_by=user, press=press)
    try:
        with transaction.atomic():
            return known.first() or _write(user, press, said)
    except IntegrityError:  # the same form at the same moment
        return known.get()


def _write(user: User, press: UUID, said: Referral) -> Case:
    now = clock.now()
    case = Case.objects.create(
        press=press,
        contact=contacts.found_or_made(
            name=said.name, email=said.email, company=said.company, time_zone=said.time_zone
        ),
        source=said.source,
        referred_by=user,
        on_behalf_of=said.on_behalf_of.strip(),
        reason=said.reason.strip(),
        received_at=now,
        rules=newest_rules(),
        value_minor=said.value_minor,
        currency=said.currency,
        has_web_presence=said.has_web_presence,
        segment=said.segment,
        is_long_term=said.is_long_term,
        version=1,
    )
    reply_clock.begin(case, now)
    case.save(update_fields=[name.removesuffix("_id") for name in reply_clock.FIELDS])
    Entry.objects.create(case=case, number=1, command="refer", command_id=press, actor=user, state=case.state, at=now)
    data = {"case": str(case.pk), "state": case.state, "owner": None}
    events.record([NewEvent(case.pk, case.pk, 1, REFERRED, user.pk, now, data=data)])
    return case


def newest_rules() -> ReferralRules:
    """The rules that count now; what a house begins with, if nobody has written any."""
    found = ReferralRules.objects.order_by("-version").first()
    if found is None:
        found, _is_new = ReferralRules.objects.get_or_create(version=1, defaults={"created_at": clock.now()})
    return found


@transaction.atomic
def change_rules(*, user: User, terms: Terms, note: str) -> ReferralRules:
    """A new version for what is referred from now on. Raises NotFound for who is no lead of the desk."""
    if not audience.is_lead(user):
        raise NotFound
    if terms.least_segment not in ("", *SEGMENTS):
        raise Unfit(Refusal.SEGMENT)
    newest = newest_rules()
    ReferralRules.objects.select_for_update(of=("self",)).get(pk=newest.pk)
    version = (ReferralRules.objects.aggregate(newest=Max("version"))["newest"] or 0) + 1
    return ReferralRules.objects.create(
        version=version,
        least_value_minor=terms.least_value_minor,
        currency=terms.currency,
        asks_web_presence=terms.asks_web_presence,
        least_segment=terms.least_segment,
        asks_long_term=terms.asks_long_term,
        note=note.strip()[:200],
        created_by=user,
        created_at=clock.now(),
    )
