"""What a command leaves behind: the event and the line in the room, and the next entry of the case file."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from mediation.conversations.actions.append import append
from mediation.conversations.models import Thread
from mediation.disputes.actions.step import Step
from mediation.disputes.models import CaseEntry, Dispute
from mediation.disputes.rules import chain
from mediation.disputes.rules.casefile import ABOVE_CAPACITY

CAUCUS = {True: Thread.Audience.CAUCUS_CLIENT.value, False: Thread.Audience.CAUCUS_FREELANCER.value}

# Said by a person, these have written a line of the room's own already: who asked, who took it back, who joined.
SHOWN_BY_ROOM = frozenset({"ask_mediator", "cancel_ask", "claim", "assign"})

# Their reason is for both sides and part of the case; an objection's or a review's is not, nor why a case is held.
GIVES_REASON = frozenset({"void", "ask_change", "confirm_default", "reopen"})


def record(step: Step) -> None:
    """Tell those whom the table names, and chain the entry. Nothing is told of a draft."""
    audience = step.audience or audience_of(step)
    content = {"command": step.row.command, "state": step.dispute.state, "version": step.dispute.version} | step.record
    if step.row.command in GIVES_REASON:
        content["reason"] = step.line["reason"] = step.payload["reason"]
    of_step: dict[str, Any] = {"type": f"dispute.{step.row.command}", "actor_id": step.actor_id, "at": step.now}
    chain_entry(step.dispute, audience=audience, content=content, **of_step)
    if step.row.command in ABOVE_CAPACITY and step.payload.get("override_reason"):
        why = {"command": step.row.command, "override_reason": step.payload["override_reason"]}
        # How busy Upwork is, is its own.
        chain_entry(step.dispute, audience=Thread.Audience.INTERNAL.value, content=why, **of_step)
    thread = main_thread(step.dispute, audience) if step.row.told != "nobody" else None
    if thread is None:
        return
    is_shown = step.actor is not None and step.row.command in SHOWN_BY_ROOM
    append(
        thread=thread,
        type=f"dispute.{step.row.command}",
        actor_id=step.actor_id,
        at=step.now,
        data={
            "dispute": str(step.dispute.pk),
            "state": step.dispute.state,
            "phase": step.dispute.phase,
            "version": step.dispute.version,
        }
        | step.data,
        line=None if is_shown else {"dispute": str(step.dispute.pk), "state": step.dispute.state} | step.line,
    )


def audience_of(step: Step) -> str:
    """`joint`, the actor's own caucus, `internal`, or `own_client` and `own_freelancer` for what a party alone may
    know. What the system does to a draft is its filer's.
    """
    told, person_id = step.row.told, step.actor_id or step.dispute.filer_id
    is_client = (person_id == step.dispute.filer_id) == step.dispute.filer_is_client
    is_party = person_id in (step.dispute.filer_id, step.dispute.respondent_id)
    if told == "everyone":
        return Thread.Audience.JOINT.value
    if told == "own":
        return CAUCUS[is_client]
    if told == "staff" or not is_party:
        return Thread.Audience.INTERNAL.value
    return "own_client" if is_client else "own_freelancer"


def chain_entry(
    dispute: Dispute, *, type: str, audience: str, content: dict[str, Any], actor_id: UUID | None, at: datetime
) -> CaseEntry:
    """The next entry of the case file. The dispute's row is locked, so numbers and hashes follow one another."""
    chained = CaseEntry.objects.filter(dispute=dispute, audience=audience)
    last = chained.order_by("-number").values_list("number", "hash").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, chain.BEGINNING)
    content_hash = chain.content_hash(content)
    entry = CaseEntry(
        dispute=dispute,
        number=number,
        type=type,
        actor_id=actor_id,
        audience=audience,
        content=orjson.loads(orjson.dumps(content)),
        content_hash=content_hash,
        previous_hash=previous,
        at=at,
    )
    entry.hash = chain.link(previous, number, type, str(entry.actor_id or ""), audience, content_hash, entry.at)
    entry.save(force_insert=True)
    return entry


def main_thread(dispute: Dispute, audience: str) -> Thread | None:
    """The main thread of the audience, locked; there is none for what only its actor may know."""
    locked = Thread.objects.select_for_update(no_key=True, of=("self",))
    return locked.filter(room=dispute.room_id, audience=audience, is_main=True).first()
