"""What the desk's queues, filters and clocks' reasons are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediation.desk.rules.views import Queue

QUEUES: dict[str, Any] = {
    Queue.UNCLAIMED: pgettext_lazy("queue", "Unclaimed"),
    Queue.MINE: pgettext_lazy("queue", "Mine"),
    Queue.ON_ME: pgettext_lazy("queue", "Waiting for me"),
    Queue.TEAM: pgettext_lazy("queue", "My team's"),
    Queue.DECIDE: pgettext_lazy("queue", "To decide"),
    Queue.LATE: pgettext_lazy("queue", "Breached"),
    Queue.RISK: pgettext_lazy("queue", "At risk"),
    Queue.OPEN: pgettext_lazy("queue", "All open cases"),
    Queue.SNOOZED: pgettext_lazy("queue", "Laid aside"),
}
GLYPHS = {
    Queue.UNCLAIMED: "inbox",
    Queue.MINE: "rooms",
    Queue.ON_ME: "reply",
    Queue.TEAM: "people",
    Queue.DECIDE: "scale",
    Queue.LATE: "warn",
    Queue.RISK: "clock",
    Queue.OPEN: "list",
    Queue.SNOOZED: "pause",
}
# The desk's other pages: address, word, glyph.
PLACES: tuple[tuple[str, Any, str], ...] = (
    ("web:desk_agenda", _("Agenda"), "clock"),
    ("web:desk_team", _("Team room"), "people"),
    ("web:waiting", _("Asked for a mediator"), "hexagon"),
)
# What an empty queue says: heading and sentence.
EMPTY: dict[str, tuple[Any, Any]] = {
    Queue.UNCLAIMED: (_("Nobody is waiting"), _("Every request has an owner. The next one appears here by itself.")),
    Queue.MINE: (_("You have no cases"), _("What you take from the queue stands here, next due first.")),
    Queue.ON_ME: (
        _("Nobody waits for you"),
        _("When somebody in one of your cases waits for your answer, it stands here."),
    ),
    Queue.TEAM: (_("No cases of your colleagues"), _("Cases of the people in your teams stand here.")),
    Queue.DECIDE: (
        _("Nothing to decide"),
        _("Silences, time logs, awards and higher levels that wait for Upwork stand here."),
    ),
    Queue.LATE: (_("Nothing is breached"), _("Cases whose time is over stand here, the longest over first.")),
    Queue.RISK: (_("Nothing is at risk"), _("Cases that have used four fifths of their time stand here.")),
    Queue.OPEN: (_("No open cases"), _("Every case that is not closed stands here.")),
    Queue.SNOOZED: (
        _("Nothing is laid aside"),
        _("What you lay aside stands here until its time comes or a party writes. Clocks go on meanwhile."),
    ),
}
TRACKS: dict[str, Any] = {
    "A": pgettext_lazy("track of a case, short", "A escrow"),
    "B": pgettext_lazy("track of a case, short", "B mediation"),
    "C": pgettext_lazy("track of a case, short", "C hourly"),
    "none": pgettext_lazy("track of a case, short", "help, no claim"),
}
PRIORITIES: dict[str, Any] = {
    "urgent": pgettext_lazy("priority", "Urgent"),
    "high": pgettext_lazy("priority", "High"),
    "normal": pgettext_lazy("priority", "Normal"),
    "low": pgettext_lazy("priority", "Low"),
}
CONFLICTS: dict[str, tuple[Any, Any]] = {
    "clear": (
        pgettext_lazy("conflict check", "Clear"),
        _("You share no contract, company, identifier or earlier objection with either of them."),
    ),
    "disclose": (
        pgettext_lazy("conflict check", "To disclose"),
        _("You share a company, an agency or an address with one of them. Both must agree before you can take it."),
    ),
    "blocked": (
        pgettext_lazy("conflict check", "Not you"),
        _("You know one of these people, or one of them objected to you. A colleague must take it."),
    ),
}
