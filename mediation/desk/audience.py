"""The one gate to the desk: whoever reads cases without owning them. Nobody sees their own dispute from behind."""

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Team, User
from accounts.rules import MEDIATOR_ROLES, Role
from mediation.core.errors import NotFound
from mediation.desk.models import QueueRow, SavedView
from mediation.desk.rules.rows import Decision
from mediation.disputes import audience as cases
from mediation.disputes.audience import READERS
from mediation.disputes.models import Dispute
from mediation.disputes.rules.visibility import Viewer

LEADS = frozenset({Role.ADMIN.value, Role.SUPERVISOR.value})
HANDLERS = frozenset({Role.SUPERVISOR, *MEDIATOR_ROLES})


def is_at_desk(person: User) -> bool:
    """Whether the desk is for this person at all."""
    return person.is_active and person.role in READERS


def is_lead(person: User) -> bool:
    """Whether the desk's rules are theirs to set up."""
    return person.is_active and person.role in LEADS


def may_handle(person: User) -> bool:
    """Whether a priority and tags are theirs to say: of who mediates or supervises, not of who only reads."""
    return person.is_active and person.role in HANDLERS


def visible_rows(person: User) -> QuerySet[QueueRow]:
    """The open cases on the desk that the person may read."""
    if not is_at_desk(person):
        return QueueRow.objects.none()
    is_party = Q(filer_id=person.pk) | Q(respondent_id=person.pk)
    return QueueRow.objects.filter(~is_party, is_open=True)


def decisions(person: User) -> list[str]:
    """Whose decisions are theirs: anybody's; a senior's too; and of who leads a team, every one."""
    found = [Decision.ANYBODY.value]
    if READERS.get(person.role) is Viewer.SENIOR:
        found.append(Decision.SENIOR.value)
    if person.role in LEADS:
        found.append(Decision.LEAD.value)
    return found


def own_views(person: User) -> QuerySet[SavedView]:
    """Their own views, and those of their teams."""
    teams = Team.objects.filter(members=person)
    return SavedView.objects.filter(Q(owner=person, team__isnull=True) | Q(team__in=teams))


def case_of(person: User, dispute_id: UUID) -> Dispute:
    """One case, open or over. Raises NotFound for who has no desk, may not know of it, or is a side of it."""
    found = cases.case_of(person, dispute_id) if is_at_desk(person) else None
    if found is None or person.pk in (found.filer_id, found.respondent_id):
        raise NotFound
    return found


def row_of(person: User, dispute_id: UUID) -> QueueRow:
    """One row. Raises NotFound for who may not see it and for what is not on the desk."""
    row = visible_rows(person).filter(pk=dispute_id).select_related("dispute__room__contract").first()
    if row is None:
        raise NotFound
    return row
