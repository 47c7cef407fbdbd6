"""Reading what happened on a ticket: its audits, in order, each once. What we did is known for our own; what agents
say there becomes a note among the staff.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from mediation.zendesk import client
from mediation.zendesk.actions import hearing
from mediation.zendesk.actions.asking import account, ask
from mediation.zendesk.actions.freezing import freeze
from mediation.zendesk.actions.requests import done
from mediation.zendesk.models import Account, Heard, Mirror, Outgoing, Person, Request, Stray
from mediation.zendesk.rules import audits
from mediation.zendesk.rules.audits import Audit

PAGE = 100
_SOLVED = frozenset({"solved", "closed"})


def pull(mirror: Mirror) -> None:
    """Read what is new and act on it. Raises Wait and Trouble: then what was not read yet is read the next time."""
    # First: whoever rings from now on rings for something newer.
    mirror.is_rung = False
    mirror.save(update_fields=["is_rung"])
    try:
        _read(mirror)
    except Exception:
        Mirror.objects.filter(pk=mirror.pk).update(is_rung=True)
        raise


def _read(mirror: Mirror) -> None:
    new = newer_audits(mirror, mirror.audit_id)
    ours = _service_user()
    if not mirror.stamp or any(not one.is_marked for one in new):
        read_ticket(mirror)
    for one in new:
        _take_in(mirror, one, ours)
        mirror.audit_id = one.id
        mirror.save(update_fields=["audit_id"])


def newer_audits(mirror: Mirror, than: int) -> list[Audit]:
    """The ticket's audits after one, the oldest first."""
    found: list[Audit] = []
    params: dict[str, str | int] = {"page[size]": PAGE, "sort": "-created_at"}
    while True:
        data = ask("GET", f"/api/v2/tickets/{mirror.ticket_id}/audits", params=params).data
        page = [audits.read(one) for one in data.get("audits") or ()]
        found += [one for one in page if one.id > than]
        after = (data.get("meta") or {}).get("after_cursor")
        if not (data.get("meta") or {}).get("has_more") or not after or any(one.id <= than for one in page):
            return sorted(found, key=lambda one: one.id)
        params["page[after]"] = str(after)


def read_ticket(mirror: Mirror) -> str:
    """What Zendesk decides about it, and its stamp; returns its status."""
    ticket = ask("GET", f"/api/v2/tickets/{mirror.ticket_id}").data["ticket"]
    mirror.stamp = str(ticket.get("updated_at") or "")
    mirror.there = decided_there(ticket)
    mirror.save(update_fields=["stamp", "there"])
    return str(ticket.get("status"))


def decided_there(ticket: Mapping[str, Any]) -> dict[str, Any]:
    """What we keep of a ticket, to show it."""
    return {name: ticket.get(name) for name in ("status", "assignee_id", "priority", "tags")}


def _service_user() -> int:
    """Who we are there, asked once."""
    known = account().service_user_id
    if known is not None:
        return known
    found = int(ask("GET", "/api/v2/users/me").data["user"]["id"])
    Account.objects.filter(pk=1).update(service_user_id=found)
    return found


def _take_in(mirror: Mirror, audit: Audit, ours: int) -> None:
    if audit.is_marked and _is_by_us(mirror, audit, ours):
        _is_ours(mirror, audit)
        return
    if audit.author_id == ours:
        return  # tags, and what an import carried: neither has a mark
    for comment in audit.comments:
        hearing.hear(mirror, audit, comment)
    _mind_privacy(mirror, audit)
    status = audit.changes.get("status")
    if status is not None and (status in _SOLVED) != (mirror.dispute.state == "closed"):
        # Whether a case is over is decided here; in what order agents work on it, there.
        mirror.pushed = {name: value for name, value in mirror.pushed.items() if name != "state"}
        mirror.save(update_fields=["pushed"])


def _is_by_us(mirror: Mirror, audit: Audit, ours: int) -> bool:
    """Anybody can copy a mark, nobody can write as our service user, or as a shadow, who may be the author of a ticket
    made in their name. What an earlier service user of ours did is known by its audit.
    """
    is_one = audit.author_id == ours or Person.objects.filter(zendesk_id=audit.author_id, is_shadow=True).exists()
    return is_one or Request.objects.filter(mirror=mirror, audit_id=audit.id).exists()


def _is_ours(mirror: Mirror, audit: Audit) -> None:
    """What it carries is on the ticket, whatever became of the answer."""
    items = Outgoing.objects.filter(mirror=mirror, pk__in=_ids(audit.items))
    carried = Request.objects.filter(mirror=mirror, items__in=items).distinct()
    named = Request.objects.filter(mirror=mirror, pk__in=_ids(audit.items))
    for request in {*carried, *named}:
        if request.settled_at is None:
            mirror.stamp = ""  # its answer was lost, and with it the ticket's new one
            done(mirror, request, audit_id=audit.id)
        if request.public is not None and not privacy_holds(mirror, request.public, audit):
            freeze(mirror, "privacy")


def _ids(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) == 36]


def privacy_holds(mirror: Mirror, public: bool, audit: Audit) -> bool:
    """Whether the comments of an audit of ours are as public as was meant. One that is too public is made private."""
    wrong = [comment for comment in audit.comments if comment.public != public]
    for comment in wrong:
        if comment.public:
            _make_private(mirror, comment.id)
    return not wrong


def _mind_privacy(mirror: Mirror, audit: Audit) -> None:
    """Somebody opened a comment. What is theirs is their own matter; what we said in private goes back to private."""
    for comment_id, is_open in audit.privacy.items():
        theirs = {"mirror": mirror, "comment_id": comment_id}
        if is_open and not (Heard.objects.filter(**theirs).exists() or Stray.objects.filter(**theirs).exists()):
            _make_private(mirror, comment_id)
            freeze(mirror, "privacy")


def _make_private(mirror: Mirror, comment_id: int) -> None:
    with suppress(client.Missing):  # a comment that is gone does not mean that the ticket is
        ask("PUT", f"/api/v2/tickets/{mirror.ticket_id}/comments/{comment_id}/make_private")
