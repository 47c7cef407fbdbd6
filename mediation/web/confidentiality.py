"""Who reads what, in words: made from the one table that the queries ask (`disputes.rules.visibility`)."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.disputes.rules.visibility import Level, Thing, Viewer, who_reads

# What is there to be read today. A thing of the table that is not here has no page yet.
THINGS: dict[Thing, tuple[Promise, Promise]] = {
    Thing.JOINT: (_("What is written in front of everyone"), _("Messages and files of the room's open threads.")),
    Thing.CAUCUS: (
        _("A private talk with the mediator"),
        _("The other side sees that it takes place, never what is said, not even in a number or in a mail."),
    ),
    Thing.NOTES: (_("Notes of Upwork staff"), _("Kept beside the room, for those who work on the case.")),
    Thing.DRAFT: (_("A claim that is not filed yet"), _("Erased without a trace if it is never filed.")),
    Thing.STATEMENTS: (_("The opening statements"), _("Both are shown at the same moment.")),
    Thing.OFFERS: (_("Offers"), _("With every answer to them.")),
    Thing.SEALED: (
        _("Sealed bids and sealed answers"),
        _("A bid is kept encrypted and erased when the case closes; an answer is never shown to the other side."),
    ),
    Thing.EVIDENCE: (_("Evidence"), _("Put forward in front of everyone, each with its fingerprint.")),
    Thing.PROPOSALS: (_("Recommendation and agreement"), _("Both sides get the same text at the same moment.")),
    Thing.LEDGER: (_("Deadlines"), _("With every move and its reason.")),
    Thing.GLASS: (
        _("That somebody looked into a private talk"),
        _("Who asked, why, who agreed and when it was read. It ends by itself after a short time."),
    ),
    Thing.CHAIN: (_("The case file"), _("Each line is chained to the one before, in a chain for each audience.")),
}
VIEWERS: dict[Viewer, Promise] = {
    Viewer.FILER: _("who filed"),
    Viewer.OTHER: _("the other side"),
    Viewer.MEDIATOR: _("the mediator of the case"),
    Viewer.AGENT: _("other agents"),
    Viewer.SENIOR: _("seniors and supervisors"),
    Viewer.QA: _("quality reviewers"),
    Viewer.ANALYST: _("analysts"),
    Viewer.ADMIN: _("administrators"),
}
LEVELS: dict[Level, Promise] = {
    Level.WRITE: _("Read and write"),
    Level.READ: _("Read"),
    Level.AFTER: _("Read their own at once, the others' as soon as both are shown"),
    Level.OWN: _("Read their own, and nothing of the others'"),
    Level.IN_OR_NOT: _("See whether it is there, not what it says"),
    Level.BREAK_GLASS: _("Only for a stated reason, with a second person, in the log, and you are told"),
    Level.TOLD: _("Are told of their own talk, once the case is closed"),
    Level.SUMS: _("See the sums, without names"),
    Level.META: _("See that it exists and when, not what it says"),
}


def notice() -> list[dict[str, Any]]:
    """A part for each thing: what it is, and who reads how much of it, the most open first."""
    return [_part(thing, title, about) for thing, (title, about) in THINGS.items()]


def _part(thing: Thing, title: Promise, about: Promise) -> dict[str, Any]:
    seen = dict(who_reads(thing))
    lines = [(words, [VIEWERS[one] for one in VIEWERS if seen.get(one) is level]) for level, words in LEVELS.items()]
    return {
        "code": thing.value,
        "title": title,
        "about": about,
        "lines": [{"level": words, "people": people} for words, people in lines if people],
        "nobody": [VIEWERS[one] for one in VIEWERS if one not in seen],
    }
