"""Policies: a draft is written and thrown away freely; what is published never changes, and open cases keep theirs."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import Conflict, Invalid
from mediation.disputes.models import Policy
from mediation.disputes.rules.bounds import outside
from mediation.disputes.rules.policy import Terms


class PolicyPublished(Conflict):
    code = "policy.published"
    message = _("A published policy never changes. Begin a new draft from it.")


class PolicyOutOfBounds(Invalid):
    """`detail.numbers` names those that are out of bounds."""

    code = "policy.bounds"
    message = _("Some of the numbers are out of their bounds, or do not fit together.")


@transaction.atomic
def write_draft(*, user: User, terms: Terms, note: str, policy: Policy | None = None) -> Policy:
    """A new draft, or other numbers for one. Raises PolicyPublished, PolicyOutOfBounds."""
    _check(terms)
    if policy is None:
        newest = Policy.objects.aggregate(newest=Max("version"))["newest"] or 0
        return Policy.objects.create(
            version=newest + 1, terms=terms.as_dict(), note=note, created_by=user, created_at=clock.now()
        )
    draft = _locked(policy)
    draft.terms, draft.note = terms.as_dict(), note
    draft.save(update_fields=["terms", "note"])
    return draft


@transaction.atomic
def publish(*, policy: Policy) -> Policy:
    """From now on new cases are under these numbers. Raises PolicyPublished, PolicyOutOfBounds."""
    draft = _locked(policy)
    _check(Terms.of(draft.terms))
    draft.published_at = clock.now()
    draft.save(update_fields=["published_at"])
    return draft


@transaction.atomic
def discard(*, policy: Policy) -> None:
    """A draft that nobody wants. Raises PolicyPublished."""
    _locked(policy).delete()


def _locked(policy: Policy) -> Policy:
    draft = Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    if draft.published_at is not None:
        raise PolicyPublished
    return draft


def _check(terms: Terms) -> None:
    wrong = sorted(set(outside(terms)))
    if wrong:
        raise PolicyOutOfBounds(detail={"numbers": wrong})
