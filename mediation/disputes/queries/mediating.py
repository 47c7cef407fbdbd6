"""What a mediator wants to see of both sides at a glance, beyond the case itself. Only for Upwork staff.

Built on `case_view` of the same reader and on the messages that this reader may read, so it tells nobody more than
they can open. Five queries.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from mediation.conversations import audience as rooms
from mediation.conversations.models import Contract, Member, Message, Thread
from mediation.core import clock
from mediation.disputes.models import Dispute
from mediation.disputes.queries import rounds
from mediation.disputes.rules.checklist import BOTH, Progress
from mediation.disputes.rules.evenness import Heard, Measure, Said, heard, measure
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.response import usual_wait
from mediation.disputes.rules.states import State

View = Mapping[str, Any]
NEWEST_MESSAGES = 600
MOMENTS = {"caucuses": "offered_at", "evidence": "submitted_at", "requests": "asked_at", "offers": "made_at"}
INTERNAL = Thread.Audience.INTERNAL.value


def sides(dispute: Dispute) -> dict[str, User]:
    """The parties as `client` and `freelancer`."""
    both = (dispute.filer, dispute.respondent)
    client, freelancer = both if dispute.filer_is_client else reversed(both)
    return {"client": client, "freelancer": freelancer}


def written(dispute: Dispute, reader: User) -> list[Said]:
    """What was written in the room and this reader may read, the newest few hundred in order of time."""
    threads = rooms.readable_threads(reader).filter(room=dispute.room_id).exclude(audience=INTERNAL)
    said = Message.objects.filter(thread__in=threads, kind=Message.Kind.TEXT.value, removed_at__isnull=True)
    newest = said.order_by("-created_at", "-pk").values_list("author_id", "created_at", "body", "thread__audience")
    alone = {f"caucus_{side}": person.pk for side, person in sides(dispute).items()}
    return [
        Said(author, at, len(body.split()), alone.get(audience))
        for author, at, body, audience in reversed(newest[:NEWEST_MESSAGES])
    ]


def usual_waits(dispute: Dispute, said: list[Said]) -> dict[str, int | None]:
    """How many seconds each side usually lets words to everyone wait, as the brief tells it to both."""
    joint = [(one.author, one.at) for one in said if one.only is None]
    waits = {side: usual_wait(joint, person.pk) for side, person in sides(dispute).items()}
    return {side: int(wait.total_seconds()) if wait else None for side, wait in waits.items()}


def hearing(dispute: Dispute, said: list[Said], mediator_id: UUID) -> dict[str, Heard]:
    """How the mediator hears each side, since the case was last opened again and they took it."""
    began_at = rounds.began_at(dispute)
    of_now = [one for one in said if began_at is None or one.at >= began_at]
    stays = Member.objects.filter(room=dispute.room_id, user=mediator_id, role=Member.Role.MEDIATOR.value)
    since = stays.order_by("-joined_at").values_list("joined_at", flat=True).first()
    return {side: heard(of_now, person.pk, mediator_id, since) for side, person in sides(dispute).items()}


def of_now(dispute: Dispute, view: View) -> View:
    """The case without the talks, evidence, requests and offers of before it was last opened again: whoever mediates
    now is asked about now. The points of disagreement stay.
    """
    began_at = rounds.began_at(dispute)
    if began_at is None:
        return view
    newer = {name: [one for one in view[name] if _moment(one[moment]) >= began_at] for name, moment in MOMENTS.items()}
    return {**view, **newer}


def measures(dispute: Dispute, view: View, hearing: Mapping[str, Heard]) -> list[Measure]:
    """What can tip to one side, and last what each wrote themselves, which is only told."""
    terms = Terms.of(dispute.policy.terms)
    view, people = of_now(dispute, view), {side: str(person.pk) for side, person in sides(dispute).items()}

    def of(name: str, values: Mapping[str, int | None]) -> Measure:
        return measure(name, values["client"], values["freelancer"], terms)

    waits = {side: int(one.reply.total_seconds()) if one.reply else None for side, one in hearing.items()}
    asked = [one["asked_of"] for one in view["requests"]]
    return [
        of("reply", waits),
        of("private", {side: private_seconds(view, person) for side, person in people.items()}),
        of("words", {side: one.words_to for side, one in hearing.items()}),
        of("requests", {side: asked.count(person) for side, person in people.items()}),
        of("written", {side: one.words_of for side, one in hearing.items()}),
    ]


def private_seconds(view: View, person: str) -> int:
    """How long the mediator has talked with one side in private; a talk that runs counts until now."""
    return sum(
        int((_moment(talk["ended_at"]) - _moment(talk["began_at"])).total_seconds())
        for talk in view["caucuses"]
        if talk["party"] == person and talk["began_at"]
    )


def _moment(text: str | None) -> datetime:
    return datetime.fromisoformat(text) if text else clock.now()


def progress(dispute: Dispute, view: View, hearing: Mapping[str, Heard]) -> Progress:
    """How far the mediation is, of a case that was opened again since then."""
    view = of_now(dispute, view)
    points, items, asked = view["issues"], view["evidence"], view["requests"]
    talks = [one for one in view["caucuses"] if not one["declined_at"]]
    draft = view["recommendation"] or {}
    return Progress(
        has_claim=view["has_claim"],
        greeted=sum(one.words_to > 0 for one in hearing.values()),
        stated=len(view["statements"]),
        points=len(points),
        positions=sum(bool(said["text"]) for one in points for said in one["positions"].values()),
        confirmed=sum(one["confirmed_by_both"] or one["status"] != "open" for one in points),
        talks_offered=len({one["party"] for one in view["caucuses"]}),
        talks_owed=len({one["party"] for one in talks if not one["ended_at"]}),
        evidence=len(items),
        evidence_answered=sum(one["status"] != "offered" for one in items),
        requests=len(asked),
        requests_ended=sum(not one["is_open"] for one in asked),
        offering=min(BOTH, len({one["made_by"] for one in view["offers"]})),
        is_evidence_closed=view["evidence_closed_at"] is not None,
        found=sum(bool(one["text"].strip() and one["evidence"]) for one in draft.get("findings", [])),
    )


def histories(dispute: Dispute) -> dict[str, tuple[int, int]]:
    """Of each side: how many contracts it had before or beside this one, and in how many other filed cases it was."""
    ids = [person.pk for person in sides(dispute).values()]
    jobs = Contract.objects.exclude(pk=dispute.room.contract_id).filter(Q(client__in=ids) | Q(freelancer__in=ids))
    cases = Dispute.objects.exclude(pk=dispute.pk).filter(filed_at__isnull=False)
    found = list(jobs.values_list("client_id", "freelancer_id"))
    filed = list(cases.filter(Q(filer__in=ids) | Q(respondent__in=ids)).values_list("filer_id", "respondent_id"))
    return {
        side: (sum(person.pk in pair for pair in found), sum(person.pk in pair for pair in filed))
        for side, person in sides(dispute).items()
    }


def own_cases(mediator: User) -> list[UUID]:
    """The rooms of the cases that somebody mediates now, the oldest first."""
    done = [State.CLOSED.value, State.DRAFT.value]
    mine = Dispute.objects.filter(mediator=mediator).exclude(state__in=done)
    return list(mine.order_by("created_at", "pk").values_list("room_id", flat=True))
