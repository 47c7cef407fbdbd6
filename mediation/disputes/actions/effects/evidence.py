"""Issues with both positions, evidence with its fingerprint, and requests to a named person."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Max

from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.models import Attachment, Message, Thread
from mediation.core.errors import NotFound
from mediation.disputes.actions import timers
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.errors import AnswerMissing, NothingOpen
from mediation.disputes.models import Evidence, Issue, Position, Request
from mediation.disputes.queries import contract_terms
from mediation.disputes.rules import exhibits
from mediation.disputes.rules.deadlines import Kind, add_business_days

ISSUE_FIELDS = ("title", "amount_minor")


@effect("add_issue")
def add_issue(step: Step) -> None:
    """A point of disagreement under a neutral title."""
    last = step.dispute.issues.aggregate(last=Max("position"))["last"] or 0
    issue = Issue.objects.create(
        dispute=step.dispute,
        position=last + 1,
        title=step.payload["title"],
        amount_minor=step.payload.get("amount_minor"),
        created_at=step.now,
    )
    step.line |= {"issue": issue.position, "title": issue.title}
    step.result |= {"issue_id": str(issue.pk)}


@effect("edit_issue")
def edit_issue(step: Step) -> None:
    """Other words are another point: what both had confirmed is asked again."""
    issue = _issue(step)
    changed = [name for name in ISSUE_FIELDS if name in step.payload]
    for name in changed:
        setattr(issue, name, step.payload[name])
    issue.save(update_fields=changed)
    issue.positions.update(confirmed_at=None)
    step.line |= {"issue": issue.position, "title": issue.title}


@effect("settle_issue")
def settle_issue(step: Step) -> None:
    """Agreed, parked, or open again."""
    issue = _issue(step)
    issue.status = step.payload["status"]
    issue.save(update_fields=["status"])
    step.line |= {"issue": issue.position, "title": issue.title, "status": issue.status}


@effect("state_position")
def state_position(step: Step) -> None:
    issue = _issue(step)
    Position.objects.update_or_create(
        issue=issue, author=step.person, defaults={"text": step.payload["text"], "updated_at": step.now}
    )
    step.line |= {"issue": issue.position, "title": issue.title}


@effect("confirm_issue")
def confirm_issue(step: Step) -> None:
    """This party says: yes, this is what we disagree about."""
    issue = _issue(step)
    Position.objects.update_or_create(
        issue=issue, author=step.person, defaults={"confirmed_at": step.now, "updated_at": step.now}
    )
    step.line |= {"issue": issue.position, "title": issue.title}


@effect("submit_evidence")
def submit_evidence(step: Step) -> None:
    """From a message or a file of the joint threads, from what the contract says now, or from words."""
    message, attachment, quoted = message_of(step), file_of(step), term_of(step)
    term = quoted.term if quoted else None
    excerpt = message.body if message else "" if term else step.payload.get("excerpt", "")
    sha256 = attachment.sha256 if attachment else exhibits.fingerprint(term, excerpt)
    last = step.dispute.evidence.aggregate(last=Max("number"))["last"] or 0
    item = Evidence.objects.create(
        dispute=step.dispute,
        number=last + 1,
        issue=_issue(step) if step.payload.get("issue_id") else None,
        kind=Evidence.Kind.TERM.value if term else step.payload["kind"],
        title=step.payload["title"],
        excerpt=excerpt,
        term=term,
        sha256=sha256,
        message=message,
        attachment=attachment,
        submitted_by=step.person,
        submitted_at=step.now,
    )
    step.line |= {"number": item.number, "title": item.title}
    step.record |= {"evidence": item.number, "sha256": sha256}
    step.result |= {"evidence_id": str(item.pk)}


@effect("answer_evidence")
def answer_evidence(step: Step) -> None:
    item = step.dispute.evidence.get(pk=step.payload["evidence_id"])
    item.status, item.answered_by = step.payload["status"], step.actor
    item.answer_note = step.payload.get("note", "")
    item.save(update_fields=["status", "answered_by", "answer_note"])
    step.line |= {"number": item.number, "title": item.title, "status": item.status}


@effect("close_evidence")
def close_evidence(step: Step) -> None:
    step.set(evidence_closed_at=step.now)


@effect("start_recommendation_time")
def start_recommendation_time(step: Step) -> None:
    due = add_business_days(step.now, step.terms.recommendation_business_days)
    timers.arm(step.dispute, Kind.RECOMMENDATION, due, who="upwork", at=step.now)


@effect("make_request")
def make_request(step: Step) -> None:
    """Something asked of one person, with a time, in front of everyone."""
    request = Request.objects.create(
        dispute=step.dispute,
        asked_by=step.person,
        asked_of_id=step.payload["asked_of"],
        kind=step.payload["kind"],
        text=step.payload["text"],
        asked_at=step.now,
        due_at=step.payload["due_at"],
    )
    step.dispute.deadlines.create(
        kind=Kind.REQUEST.value,
        who="filer" if request.asked_of_id == step.dispute.filer_id else "respondent",
        person_id=request.asked_of_id,
        due_at=request.due_at,
        about=request.text,
        reopenings=step.dispute.reopenings,
        set_at=step.now,
    )
    step.line |= {"of": str(request.asked_of_id), "text": request.text, "due_at": request.due_at.isoformat()}
    step.result |= {"request_id": str(request.pk)}


@effect("answer_request")
def answer_request(step: Step) -> None:
    """The words go to everyone as the party's message. Without any, something was sent since it was asked."""
    request = step.dispute.requests.get(pk=step.payload["request_id"])
    text = step.payload.get("text", "").strip()
    if text:
        joint = Thread.objects.get(room=step.dispute.room_id, audience=Thread.Audience.JOINT.value, is_main=True)
        send_message(Send(step.person.pk, joint.pk, uuid4(), text))
    elif not _has_written(step, request.asked_at):
        raise AnswerMissing
    _end_request(step, "answered_at", "done")


@effect("withdraw_request")
def withdraw_request(step: Step) -> None:
    _end_request(step, "withdrawn_at", "withdrawn")


@effect("close_requests")
def close_requests(step: Step) -> None:
    """Nobody can answer any more what was asked, so its time does not run on."""
    step.dispute.requests.filter(answered_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=step.now)
    timers.stop(step.dispute, Kind.REQUEST, at=step.now, how="withdrawn")


def _has_written(step: Step, since: datetime) -> bool:
    """Whether the person has sent words or a file to everyone since then."""
    return Message.objects.filter(
        thread__room=step.dispute.room_id,
        thread__audience=Thread.Audience.JOINT.value,
        kind=Message.Kind.TEXT.value,
        author=step.person,
        created_at__gt=since,
        removed_at__isnull=True,
    ).exists()


def _end_request(step: Step, field: str, how: str) -> None:
    request = step.dispute.requests.get(pk=step.payload["request_id"])
    setattr(request, field, step.now)
    request.save(update_fields=[field])
    line = timers.request_line(step.dispute, request.asked_of_id, request.due_at)
    if line is not None:
        line.ended_at, line.ended_how = step.now, how
        line.save(update_fields=["ended_at", "ended_how"])
    step.line |= {"of": str(request.asked_of_id), "text": request.text}


def issue_of(step: Step, issue_id: UUID) -> Issue:
    """A point of this case. Raises NothingOpen for any other."""
    found = step.dispute.issues.filter(pk=issue_id).first()
    if found is None:
        raise NothingOpen
    return found


def _issue(step: Step) -> Issue:
    return issue_of(step, step.payload["issue_id"])


def term_of(step: Step) -> contract_terms.Quotable | None:
    """What the contract says. Raises NotFound for what is no part of it."""
    if not step.payload.get("term_id"):
        return None
    found = contract_terms.named(step.dispute.room.contract, step.payload["term_id"])
    if found is None:
        raise NotFound
    return found


def message_of(step: Step) -> Message | None:
    """A message that everyone in the room can read. Raises NotFound for any other."""
    address = step.payload.get("message")
    if not address:
        return None
    found = Message.objects.filter(
        thread=address["thread"],
        seq=address["seq"],
        thread__room=step.dispute.room_id,
        thread__audience=Thread.Audience.JOINT.value,
        removed_at__isnull=True,
    ).first()
    if found is None:
        raise NotFound
    return found


def file_of(step: Step) -> Attachment | None:
    """A file that was sent to everyone in the room. Raises NotFound for any other."""
    if not step.payload.get("file_id"):
        return None
    found = Attachment.objects.filter(
        pk=step.payload["file_id"],
        message__isnull=False,
        message__removed_at__isnull=True,
        thread__room=step.dispute.room_id,
        thread__audience=Thread.Audience.JOINT.value,
    ).first()
    if found is None:
        raise NotFound
    return found
