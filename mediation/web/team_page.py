"""The team room in words: what its teams were told and tell one another, and what is meant for its reader."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from mediation.desk.models import Mention, TeamLine
from mediation.desk.queries.team_room import askable, newest_lines, unseen
from mediation.desk.rules.announcements import Announcement
from mediation.disputes.models import Dispute
from mediation.escalations.queries.titles import titles
from mediation.web import desk_page
from mediation.web.sentences import join_names

SENTENCES: dict[str, Any] = {
    "claimed": gettext_lazy("%(who)s took “%(title)s”."),
    "released": gettext_lazy("%(who)s gave “%(title)s” back to the queue."),
    "reassigned": gettext_lazy("%(who)s gave “%(title)s” to %(person)s."),
    "left": gettext_lazy("“%(title)s” waits for a mediator again."),
    "ee_came": gettext_lazy("%(who)s referred %(title)s to the executive desk."),
    "ee_taken": gettext_lazy("%(who)s took the referral of %(title)s."),
    "ee_given": gettext_lazy("%(who)s gave the referral of %(title)s to %(person)s."),
    "ee_waits": gettext_lazy("The referral of %(title)s waits: half the time for the reply is over."),
    "ee_late": gettext_lazy("The reply to the referral of %(title)s is overdue."),
}
MOST_MENTIONS = 20


def context(user: User) -> dict[str, Any]:
    """Raises NotFound for who has no desk."""
    around = desk_page.beside(user, desk_page.TEAM_ROOM)
    teams = list(user.teams.all())
    names = [team.name for team in teams]
    lines = newest_lines(user)
    clients = titles(user, (line.referral for line in lines if line.referral))
    return {
        **around,
        "names": join_names(names) if names else _("You are in no team. An administrator can put you into one."),
        "teams": teams,
        "lines": [_line(line, user, clients, several=len(teams) > 1) for line in lines],
        "mentions": [_mention(one) for one in unseen(user).select_related("by", "dispute__room")[:MOST_MENTIONS]],
        "client_id": uuid4(),
    }


def asking(user: User, dispute: Dispute) -> dict[str, Any]:
    """The form that asks a colleague about a case."""
    return {
        "title": dispute.room.contract.title,
        "case": dispute.pk,
        "home": _home(dispute),
        "people": askable(dispute).exclude(pk=user.pk),
        "client_id": uuid4(),
    }


def _home(dispute: Dispute) -> str:
    """Where staff read the case: its room, from when somebody asked for a mediator."""
    return reverse("web:room", args=[dispute.room_id]) if dispute.asker_id else reverse("web:case", args=[dispute.pk])


def _line(line: TeamLine, reader: User, clients: Mapping[UUID, str], *, several: bool) -> dict[str, Any]:
    who = line.actor.name if line.actor else _("Upwork")
    shown: dict[str, Any] = {
        "at": line.at,
        "note": line.team.name if several else "",
        "who": who,
        "is_own": line.actor_id == reader.pk,
    }
    person = line.person.name if line.person else _("a colleague")
    if line.referral is not None:
        return shown | _referral(line, clients.get(line.referral), {"who": who, "person": person})
    if line.dispute is None or line.code == Announcement.SAID:
        return shown | {"said": line.body}
    title = line.dispute.room.contract.title
    said = {"who": who, "title": title, "person": person}
    return shown | {
        "words": SENTENCES[line.code] % said,
        "title": title,
        "href": reverse("web:room", args=[line.dispute.room_id]),
    }


def _referral(line: TeamLine, client: str | None, said: dict[str, str]) -> dict[str, Any]:
    """A line about a referred case; named and led to only where its reader works on them."""
    title = client or _("a client")
    href = reverse("escalations:case", args=[line.referral]) if client else ""
    return {"words": SENTENCES[line.code] % (said | {"title": title}), "title": title, "href": href}


def _mention(one: Mention) -> dict[str, Any]:
    return {
        "who": one.by.name,
        "text": one.text,
        "at": one.at,
        "href": reverse("web:room", args=[one.dispute.room_id]) if one.dispute else "",
    }
