"""The brief and “since you were away” in the reader's words: plain rows for two small templates.

`context(dispute, user)` is what `case/_brief.html` and `case/_away.html` need; both say nothing where there is nothing.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.conversations.models import Milestone
from mediation.disputes.forms.claim import PROBLEMS
from mediation.disputes.models import Dispute
from mediation.disputes.money import money
from mediation.disputes.queries import people
from mediation.disputes.queries.away import away
from mediation.disputes.queries.brief import brief
from mediation.web import case_standing, case_words, moments, sentences, standing_words
from mediation.web.casebook.writer import STATUSES
from mediation.web.sentences import Reader

Rows = list[dict[str, Any]]


def context(dispute: Dispute, user: User) -> dict[str, Any]:
    """Both parts for one reader of the case, who may see it."""
    facts = brief(dispute)
    return {
        "brief": _brief(facts, people.names(dispute)) | _standing(facts, dispute) if facts else None,
        "away": news(dispute, user),
    }


def in_panel(dispute: Dispute) -> dict[str, Any] | None:
    """The same facts in few lines, for who begins to mediate: what it is about, who wants what, what was tried."""
    facts = brief(dispute)
    if not facts:
        return None
    names, milestones, issues = people.names(dispute), facts["milestones"], facts["issues"]
    paid = sum(one["status"] == Milestone.Status.RELEASED.value for one in milestones)
    agreed = sum(one["status"] == "agreed" for one in issues)
    said = _brief(facts, names)
    rows = [
        (_("Who acts next"), _standing(facts, dispute)["turn"]),
        (_("What it is about"), dict(PROBLEMS).get(facts["problem"])),
        *said["money"],
        (_("Milestones"), milestones and _("%(n)s of %(all)s paid") % {"n": paid, "all": len(milestones)}),
        (_("Points"), issues and _("%(n)s of %(all)s agreed") % {"n": agreed, "all": len(issues)}),
        *(
            (_("Last offer, %(name)s") % {"name": one["name"]}, _("%(sum)s back") % {"sum": one["refund"]})
            for one in said["offers"]
        ),
        (_("Evidence"), ", ".join(said["evidence"])),
    ]
    wishes = [one for one in said["statements"] if one["wants"]]
    return {"rows": [row for row in rows if row[1]], "wishes": wishes, "timeline": said["timeline"]}


def news(dispute: Dispute, user: User) -> dict[str, Any] | None:
    """What `case/_away.html` says; None where this reader has seen everything."""
    return _away(away(dispute, user), _reader(dispute, user))


def _standing(facts: dict[str, Any], dispute: Dispute) -> dict[str, Any]:
    said = facts["standing"]
    people = {"filer": dispute.filer, "respondent": dispute.respondent, "mediator": dispute.mediator}
    cards = {
        name: {"id": str(person.pk), "first_name": person.name.split(" ", 1)[0]} if person else None
        for name, person in people.items()
    }
    return {
        "stage": standing_words.STAGE_WORDS[said["stage"]],
        "turn": case_standing.shared_turn(said, cards, facts["tied"]),
        "waits": [
            (card["first_name"], case_standing.to_answer(said, card["id"]))
            for card in (cards["filer"], cards["respondent"])
            if card and case_standing.asked(said, card["id"])
        ],
        "due": said["due_at"] and datetime.fromisoformat(said["due_at"]),
    }


def _reader(dispute: Dispute, user: User) -> Reader:
    cards = {key: {"name": name, "first_name": name.split(" ", 1)[0]} for key, name in people.names(dispute).items()}
    return Reader(me=str(user.pk), people=cards, members=[])


def _brief(facts: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    def sum_of(minor: int | None) -> str:
        return "" if minor is None else money(minor, facts["money"]["currency"], get_language() or "en")

    return {
        "about": " · ".join(str(part) for part in (facts["contract"], dict(PROBLEMS).get(facts["problem"])) if part),
        "parties": [party | {"wait": moments.length(party["usual_wait_seconds"])} for party in facts["parties"]],
        "money": [
            (label, sum_of(facts["money"][key]))
            for label, key in (
                (_("Amount in dispute"), "amount_minor"),
                (_("Asked back for the client"), "claimed_refund_minor"),
                (_("Held in escrow"), "held_minor"),
            )
        ]
        if facts["has_claim"]
        else [],
        "statements": [one | {"name": names.get(one["author"], "")} for one in facts["statements"]],
        "offers": [
            {
                "name": names.get(one["by"], ""),
                "refund": sum_of(one["refund_minor"]),
                "release": sum_of(one["release_minor"]),
                "status": STATUSES.get(one["status"], one["status"]),
            }
            for one in facts["offers"]
        ],
        "issues": [
            {"title": one["title"], "status": _issue_status(one, facts), "sum": sum_of(one["amount_minor"])}
            for one in facts["issues"]
        ],
        "evidence": [f"{STATUSES[status]}: {count}" for status, count in facts["evidence"].items()],
        "requests": [one | {"name": names.get(one["of"], "")} for one in facts["requests"]],
        "deadlines": [
            one | {"what": case_words.DEADLINES[one["kind"]], "of": case_words.WHO[one["who"]]}
            for one in facts["deadlines"]
        ],
        "timeline": _turns(facts["timeline"], names),
    }


def _issue_status(issue: dict[str, Any], facts: dict[str, Any]) -> str:
    """How a point stands; of a case that is closed none is open any more."""
    is_over = facts["standing"]["where"] == "closed" and issue["status"] == "open"
    return "" if is_over else str(STATUSES[issue["status"]])


def _away(found: dict[str, Any] | None, reader: Reader) -> dict[str, Any] | None:
    if found is None:
        return None
    said, private = found["messages"], found["private_messages"]
    counts = []
    if said:
        counts.append(ngettext("%(count)d new message", "%(count)d new messages", said) % {"count": said})
    if private:
        words = ngettext("%(count)d new private message", "%(count)d new private messages", private)
        counts.append(words % {"count": private})
    return {"since": found["since"], "counts": counts, "news": _news(found["news"], reader)}


def _news(turns: Rows, reader: Reader) -> Rows:
    """Each in the words of its line in the room; those the room itself tells in other words have no parameters."""
    return [
        one
        | {
            "what": sentences.system_line(
                {"code": f"dispute.{one['command']}", "params": one["params"], "author": one["actor"] or None}, reader
            )
        }
        for one in turns
    ]


def _turns(turns: Rows, names: dict[str, str]) -> Rows:
    return [
        one
        | {
            "what": case_words.COMMANDS.get(one["command"], one["command"]),
            "name": names.get(one["actor"], "Upwork") if one["actor"] else "",
        }
        for one in turns
    ]
