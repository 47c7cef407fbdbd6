"""The one gate to the executive desk: who works there, who may refer somebody, and what a referrer reads of it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.rules import Role
from mediation.core.errors import NotFound
from mediation.escalations.models import Case
from mediation.escalations.rules.states import Actor

WORKERS = frozenset({Role.EE.value, Role.SUPERVISOR.value})
REFERRERS = WORKERS | {Role.AGENT.value, Role.SENIOR.value}


def works_here(person: User) -> bool:
    """Whether the desk's cases are theirs to read and to work on."""
    return person.is_active and person.role in WORKERS


def may_refer(person: User) -> bool:
    """Whether they may refer somebody, read the rules of whom to refer, and their own referrals."""
    return person.is_active and person.role in REFERRERS


def is_lead(person: User) -> bool:
    """Whether the desk's people and rules are theirs to direct."""
    return person.is_active and person.role == Role.SUPERVISOR.value


def actors(case: Case, person: User | None) -> frozenset[Actor]:
    """What somebody is to a case; nothing for who does not work here."""
    if person is None:
        return frozenset({Actor.SYSTEM})
    if not works_here(person):
        return frozenset()
    found = {Actor.LEAD} if is_lead(person) else {Actor.EE}
    return frozenset(found | {Actor.OWNER} if case.owner_id == person.pk else found)


def visible_cases(person: User) -> QuerySet[Case]:
    """The cases that somebody works on: all of them for the desk, none for others, and never one about oneself."""
    if not works_here(person):
        return Case.objects.none()
    return Case.objects.filter(~Q(contact__person=person) | Q(contact__person__isnull=True))


def own_referrals(person: User) -> QuerySet[Case]:
    """What somebody referred themselves: they read how it stands and the reply, and nothing else."""
    return Case.objects.filter(referred_by=person) if may_refer(person) else Case.objects.none()


def case_of(person: User, case_id: UUID) -> Case:
    """A case to work on. Raises NotFound."""
    found = visible_cases(person).select_related("contact__person", "owner", "referred_by", "rules")
    case = found.filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def desk_people() -> QuerySet[User]:
    """Who can have a case."""
    return User.objects.filter(is_active=True, role=Role.EE.value).order_by("name")
