"""Policies: drafts are edited freely, published ones never change, and running clocks follow the newest."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import Conflict, Invalid
from mediation.disputes.models import Dispute
from mediation.sla import keepers
from mediation.sla.actions import clocks, defaults
from mediation.sla.models import Clock, ClockFact, Policy
from mediation.sla.queries.calendars import calendars
from mediation.sla.queries.policies import Terms, newest, subject_of, subjects_of, terms_of
from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.policies import Subject

BATCH = 200


class PolicyPublished(Conflict):
    code = "policy.published"
    message = _("A published policy never changes. Begin a new draft from it.")


class NothingMeasured(Invalid):
    code = "policy.empty"
    message = _("A policy needs at least one target.")


@transaction.atomic
def begin_draft(*, user: User) -> Policy:
    """A copy of the newest policy, to be edited. In a house that counted nothing yet the seeded one comes first: a
    draft in its place would be what clocks are counted by.
    """
    before = defaults.newest_policy()
    version = Policy.objects.aggregate(newest=Max("version"))["newest"] + 1
    draft = Policy.objects.create(version=version, created_by=user, created_at=clock.now())
    for line in before.lines.all():
        line.pk, line.policy = None, draft
        line.save(force_insert=True)
    for step in before.steps.all():
        step.pk, step.policy = None, draft
        step.save(force_insert=True)
    return draft


@transaction.atomic
def publish(*, policy: Policy) -> Policy:
    """From now on clocks are counted by it. Raises PolicyPublished, NothingMeasured."""
    draft = _draft(policy)
    if not draft.lines.exists():
        raise NothingMeasured
    draft.published_at = clock.now()
    draft.save(update_fields=["published_at"])
    return draft


@transaction.atomic
def discard(*, policy: Policy) -> None:
    """A draft that nobody wants. Raises PolicyPublished."""
    _draft(policy).delete()


def apply_newest() -> int:
    """Let some of the clocks that are counted by an older policy follow the newest; returns how many."""
    policy = newest()
    return _apply(policy) if policy is not None else 0


@transaction.atomic
def _apply(policy: Policy) -> int:
    older = Clock.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    older = older.filter(ended_at__isnull=True, policy__lt=policy).select_related("dispute__policy", "person")
    found = list(older.order_by("pk")[:BATCH])
    if found:
        terms = terms_of(policy)
        subjects = subjects_of(one.dispute for one in found)
        facts = [fact for one in found for fact in _followed(one, terms, subjects[one.dispute_id])]
        clocks.add(found, facts, calendars())
        keepers.tell(one.dispute_id for one in found)
    return len(found)


@transaction.atomic
def follow_case(*, dispute: Dispute) -> int:
    """Something that policies ask of a case was changed by hand or by a rule: its running clocks follow the line that
    fits now and keep what they have counted. Returns how many have another target. The caller has locked what it
    changed, and locks nothing afterwards but the desk's rows.
    """
    open_now = Clock.objects.select_for_update(no_key=True, of=("self",)).filter(ended_at__isnull=True)
    found = list(open_now.filter(dispute=dispute).select_related("person").order_by("pk"))
    if not found:
        return 0
    terms, subject = defaults.newest_terms(), subject_of(dispute)
    facts = [fact for one in found for fact in _followed(one, terms, subject)]
    if facts:
        clocks.add([fact.clock for fact in facts], facts, calendars())
        keepers.tell([dispute.pk])
    return len(facts)


def _followed(one: Clock, terms: Terms, subject: Subject) -> list[ClockFact]:
    """A clock whose target is another one now. A target that the newest policy does not name stays."""
    line = terms.line(Metric(one.metric), subject.speaking(one.person.language if one.person else ""))
    if line is None or clocks.has_target(one, line):
        one.policy_id = terms.policy_id
        return []
    return [clocks.applied(one, terms.policy_id, line, clock.now())]


def _draft(policy: Policy) -> Policy:
    draft = Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    if draft.published_at is not None:
        raise PolicyPublished
    return draft
