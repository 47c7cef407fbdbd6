"""Writing to one's team, asking a colleague about a case, and having seen what one was meant by."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Team, User
from mediation.conversations.actions.rooms import notes_thread
from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.models import Message, Thread
from mediation.conversations.rules.text import preview
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.desk import audience
from mediation.desk.errors import BadWords, NoColleague
from mediation.desk.models import Mention, TeamLine
from mediation.desk.queries.rows import on_desk
from mediation.desk.queries.team_room import askable
from mediation.desk.rules.announcements import Announcement
from mediation.desk.rules.mentions import mentioned

LONGEST = 2_000


def say(*, user: User, team_id: UUID, body: str, client_id: UUID) -> TeamLine:
    """Words for everybody in a team of one's own; who is named behind an @ finds it among what is meant for them. The
    same `client_id` again is the same line.

    Raises NotFound for who is not in the team, BadWords.
    """
    body = body.replace("\x00", "").strip()
    if not body or len(body) > LONGEST:
        raise BadWords
    team = Team.objects.filter(pk=team_id, members=user).first() if audience.is_at_desk(user) else None
    if team is None:
        raise NotFound
    said = TeamLine.objects.filter(actor=user, client_id=client_id)
    try:
        with transaction.atomic():
            return said.first() or _write(user, team, body, client_id)
    except IntegrityError:  # the same words at the same moment
        return said.get()


@transaction.atomic
def ask(*, user: User, dispute_id: UUID, person_id: UUID, text: str, client_id: UUID) -> None:
    """Ask a colleague about a case: a note of staff that names them, and a line among what is meant for them.

    Raises NotFound, NoColleague for whom the case is not open, BadWords, or what the room refuses.
    """
    row = audience.row_of(user, dispute_id)
    person = askable(row.dispute).filter(pk=person_id).exclude(pk=user.pk).first()
    if person is None:
        raise NoColleague
    text = text.replace("\x00", "").strip()
    if not text or len(text) > LONGEST:
        raise BadWords
    notes = notes_thread(row.dispute.room_id)
    sent = send_message(Send(user.pk, notes.pk, client_id, f"@{person.name} {text}"))
    if not sent.repeated:
        note = Message.objects.get(thread=notes, seq=sent.seq)
        _mean([person.pk], by=user, text=text, dispute_id=dispute_id, message=note)


@transaction.atomic
def tell_named(*, thread_id: UUID, seq: int) -> int:
    """Whoever is named behind an @ in a note of staff finds it among what is meant for them; returns how many. Heard
    twice, once.
    """
    notes = Message.objects.filter(thread=thread_id, seq=seq, thread__audience=Thread.Audience.INTERNAL.value)
    note = notes.filter(body__contains="@", removed_at__isnull=True).select_related("author", "thread").first()
    if note is None or note.author is None:
        return 0
    case = on_desk().filter(room=note.thread.room_id).order_by("-created_at").first()
    if case is None:
        return 0
    people = mentioned(note.body, dict(askable(case).exclude(pk=note.author.pk).values_list("pk", "name")))
    _mean(people, by=note.author, text=note.body, dispute_id=case.pk, message=note)
    return len(people)


def have_seen(*, user: User) -> int:
    """What was meant for the user until now is seen; returns how much it was."""
    return Mention.objects.filter(person=user, seen_at__isnull=True).update(seen_at=clock.now())


def _write(user: User, team: Team, body: str, client_id: UUID) -> TeamLine:
    said = {"team": team, "code": Announcement.SAID.value, "actor": user, "body": body, "client_id": client_id}
    line = TeamLine.objects.create(**said, at=clock.now())
    mates = team.members.filter(is_active=True).exclude(pk=user.pk)
    _mean(mentioned(body, dict(mates.values_list("pk", "name"))), by=user, text=body, line=line)
    return line


def _mean(
    people: Iterable[UUID],
    *,
    by: User,
    text: str,
    line: TeamLine | None = None,
    dispute_id: UUID | None = None,
    message: Message | None = None,
) -> None:
    about = {"by": by, "line": line, "dispute_id": dispute_id, "message": message, "text": preview(text)}
    meant = [Mention(person_id=one, at=clock.now(), **about) for one in people]
    Mention.objects.bulk_create(meant, ignore_conflicts=True)
