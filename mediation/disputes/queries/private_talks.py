"""The private talk of one party as far as it is about one case, for who looks into it (decisions/0021).

A room has one private talk with each side, whatever cases it has had: what was said, given as a title or put into other
words while another case was the room's newest is no part of this one.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from mediation.conversations.models import Message, MessageVersion, Thread
from mediation.conversations.queries import history
from mediation.conversations.rules.markup import render
from mediation.core.clock import from_iso
from mediation.disputes.models import Dispute
from mediation.disputes.queries import openings
from mediation.disputes.rules import glass as rules
from mediation.disputes.rules.glass import Span

CLIENT, FREELANCER = Thread.Audience.CAUCUS_CLIENT.value, Thread.Audience.CAUCUS_FREELANCER.value
Spans = tuple[Span, ...]


def private_threads(dispute: Dispute, party_id: UUID) -> QuerySet[Thread]:
    """The private talk of one party: its main thread and the topics opened there."""
    is_client = (party_id == dispute.filer_id) == dispute.filer_is_client
    return Thread.objects.filter(room=dispute.room_id, audience=CLIENT if is_client else FREELANCER)


def spans(dispute: Dispute) -> Spans:
    """When the room's private threads were about this case."""
    own: list[datetime] = []
    others: list[datetime] = []
    for one in openings.of(Dispute.objects.filter(room=dispute.room_id)):
        (own if one.dispute_id == dispute.pk else others).append(one.since)
    return rules.spans(own, others)


def said(spans: Spans, field: str = "created_at") -> Q:
    """At a moment that lies in one of them."""
    found = Q(pk__in=[])
    for begins, until in spans:
        found |= Q(**{f"{field}__gte": begins}) & (Q(**{f"{field}__lt": until}) if until else Q())
    return found


def threads(private: QuerySet[Thread], spans: Spans) -> list[Thread]:
    """The main thread first, and the topics in which something was said in that time, each with the newest title that
    it was given in it, or with none: a title says what a case is about.
    """
    lines = Message.objects.filter(said(spans), thread__in=private)
    titles = lines.filter(code__in=("thread.opened", "thread.renamed")).order_by("seq")
    given = dict(titles.values_list("thread", "params__title"))
    used = set(lines.values_list("thread", flat=True))
    found = [one for one in private.order_by("-is_main", "created_at", "pk") if one.is_main or one.pk in used]
    for one in found:
        one.title = given.get(one.pk, "")
    return found


def page(thread_id: UUID, spans: Spans, before: int | None) -> history.Page:
    """The newest page of the thread that lies in one of the spans, or the one before a seq. No page goes over what was
    said in between.
    """
    for begins, until in reversed(spans):
        bounds = [one for one in (before, _first_from(thread_id, until)) if one is not None]
        found = history.pages_of(thread_id, before=min(bounds, default=None))
        kept = [one for one in found.messages if from_iso(one["at"]) >= begins]
        if kept:
            older = Message.objects.filter(said(spans), thread=thread_id, seq__lt=kept[0]["seq"])
            quoted = [one for one in found.quoted if rules.is_within(from_iso(one["at"]), spans)]
            return history.Page(
                _as_of(thread_id, kept, spans), older.exists(), found.newer, _as_of(thread_id, quoted, spans)
            )
    return history.Page([], more=False)


def _first_from(thread_id: UUID, moment: datetime | None) -> int | None:
    if moment is None:
        return None
    later = Message.objects.filter(thread=thread_id, created_at__gte=moment)
    return later.order_by("seq").values_list("seq", flat=True).first()


def _as_of(thread_id: UUID, messages: list[dict[str, Any]], spans: Spans) -> list[dict[str, Any]]:
    """With the words that they had in that time: without what an edit in another one made of them."""
    late = {one["seq"] for one in messages if one["edited_at"] and not _is_within(one["edited_at"], spans)}
    bodies: dict[int, str] = {}
    undone = set(late)
    edits = MessageVersion.objects.filter(message__thread=thread_id, message__seq__in=late).order_by("-rev")
    for seq, body, replaced_at in edits.values_list("message__seq", "body", "replaced_at"):
        if seq in undone and not rules.is_within(replaced_at, spans):
            bodies[seq] = body
        else:
            undone.discard(seq)
    return [_without_before(one) | _words(bodies, one["seq"]) for one in messages]


def _words(bodies: dict[int, str], seq: int) -> dict[str, Any]:
    return {"text": bodies[seq], "html": render(bodies[seq])} if seq in bodies else {}


def _without_before(message: dict[str, Any]) -> dict[str, Any]:
    """A line that says how a topic is called from now on also says how it was called, in whichever time that was."""
    params = {name: value for name, value in message["params"].items() if name != "before"}
    return message | {"params": params}


def _is_within(at: str, spans: Spans) -> bool:
    return rules.is_within(from_iso(at), spans)
