"""The things of a case that a command can be about, as choices with words instead of ids."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.conversations.models import Attachment, Message, Milestone, Thread

Case = Mapping[str, Any]
# These come along with the link; the others are chosen on the page.
CARRIED = frozenset({"offer_id", "request_id", "release_id", "evidence_id"})
NAMES = CARRIED | {"milestone_id", "issue_id", "asked_of", "party", "agent_id", "file_id"}


def options(name: str, case: Case) -> list[dict[str, str]]:
    """`value` and `word` of each."""
    if name == "issue_id":
        return [{"value": one["id"], "word": f"{one['position']}. {one['title']}"} for one in case["issues"]]
    if name in ("asked_of", "party"):
        return [{"value": case[side]["id"], "word": case[side]["name"]} for side in ("client", "freelancer")]
    if name == "milestone_id":
        return _milestones(case)
    if name == "agent_id":
        return _agents(case)
    return _files(case) if name == "file_id" else []


def about(case: Case, said: Mapping[str, Any]) -> str:
    """What the form is about, in a sentence: the offer, the request, the words, the evidence, the point."""
    for key, name in (("requests", "request_id"), ("releases", "release_id")):
        if found := _by_id(case[key], said.get(name)):
            return str(found["text"])
    if found := _by_id(case["evidence"], said.get("evidence_id")):
        return f"E{found['number']} · {found['title']}"
    if found := _by_id(case["issues"], said.get("issue_id")):
        return f"{found['position']}. {found['title']}"
    return ""


def offer(case: Case, said: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The offer that the form is about."""
    return _by_id(case["open_offers"], said.get("offer_id"))


def _by_id(found: list[Any], wanted: Any) -> Mapping[str, Any] | None:
    return next((one for one in found if one["id"] == wanted), None)


def _milestones(case: Case) -> list[dict[str, str]]:
    """Those that have or had money; which of it is still held is in the word."""
    found = Milestone.objects.filter(contract__room=case["room"], status__in=["funded", "submitted", "released"])
    return [
        {"value": str(one.pk), "word": f"{one.title} · {Milestone.Status(one.status).label}"}
        for one in found.order_by("position")
    ]


def _agents(case: Case) -> list[dict[str, str]]:
    mediator = case["view"]["mediator"]
    agents = User.objects.filter(role__in=[role.value for role in MEDIATOR_ROLES], is_active=True).order_by("name")
    return [
        {"value": str(agent.pk), "word": agent.name}
        for agent in agents
        if not mediator or str(agent.pk) != mediator["id"]
    ]


def _files(case: Case) -> list[dict[str, str]]:
    """Files that were sent to everyone; for staff who enter an award, those of the notes."""
    audience = Thread.Audience.JOINT if case["is_party"] or case["is_mediator"] else Thread.Audience.INTERNAL
    sent = Attachment.objects.filter(
        message__isnull=False,
        message__removed_at__isnull=True,
        thread__room=case["room"],
        thread__audience=audience.value,
    )
    return [{"value": str(one.pk), "word": one.name} for one in sent.order_by("-created_at")[:50]]


def quoted(case: Case, text: str) -> str:
    """What a message of the room says that evidence is made from; empty for any other."""
    thread, _colon, seq = text.partition(":")
    try:
        address = {"thread": UUID(thread), "seq": int(seq)}
    except ValueError:
        return ""
    found = Message.objects.filter(
        **address, thread__room=case["room"], thread__audience="joint", removed_at__isnull=True
    ).first()
    return found.body or _("A file") if found else ""
