"""Every sentence of the room that the server and the page's scripts both say, in one place.

Templates read them through `mediation.web.sentences`, scripts get them as JSON with the page (`script_words`).
Placeholders are `%(name)s`; a pair is (one, many). A line of the system is stored as code and parameters and put into
words here, in the language of whoever reads it.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from mediation.conversations.errors import FileTooLarge, TooManyFiles
from mediation.desk.rule_words import LINES as RULE_LINES
from mediation.disputes.words import PHASES
from mediation.sla.words import METRICS
from mediation.web.case_lines import LINES
from mediation.web.line_icons import SYSTEM_ICONS

Words = dict[str, Any]

# A code of its own for the reader who did it: "you" takes another form of the verb in most languages.
SYSTEM: Words = {
    "thread.opened.joint": _("The room was opened."),
    "thread.opened.caucus": _("A private talk can be had here. Only its two people read it."),
    "thread.opened.internal": _("Notes for Upwork staff. Neither party ever reads them."),
    "thread.opened.topic": _("%(who)s opened the topic “%(title)s”."),
    "thread.opened.topic.you": _("You opened the topic “%(title)s”."),
    "thread.renamed": _("%(who)s renamed the topic to “%(title)s”."),
    "thread.renamed.you": _("You renamed the topic to “%(title)s”."),
    "thread.resolved": _("%(who)s marked the topic as settled."),
    "thread.resolved.you": _("You marked the topic as settled."),
    "thread.reopened": _("%(who)s opened the topic again."),
    "thread.reopened.you": _("You opened the topic again."),
    "member.joined": _("%(who)s joined the room."),
    "member.joined.you": _("You joined the room."),
    "member.left": _("%(who)s left the room and reads no longer along."),
    "member.left.you": _("You left the room."),
    "help.asked": _("%(who)s asked for a mediator. One of the next free ones joins here."),
    "help.asked.you": _("You asked for a mediator. One of the next free ones joins here."),
    "help.cancelled": _("%(who)s took back the request for a mediator."),
    "help.cancelled.you": _("You took back the request for a mediator."),
    "help.taken": _("%(who)s took the request for a mediator."),
    "help.taken.you": _("You took the request for a mediator."),
    "room.locked": _("From now on this room can only be read, until the arbitrator has decided."),
    "room.unlocked": _("Everybody in the room can write again."),
    "milestone.submitted": _("%(who)s submitted “%(title)s”. Without an answer it is paid in %(days)s days."),
    "milestone.submitted.you": _("You submitted “%(title)s”. Without an answer it is paid in %(days)s days."),
    "milestone.returned": _("%(who)s asks for changes to “%(title)s”: “%(text)s”"),
    "milestone.returned.you": _("You asked for changes to “%(title)s”: “%(text)s”"),
    "milestone.approved": _("%(who)s approved “%(title)s”: %(amount)s to the freelancer."),
    "milestone.approved.you": _("You approved “%(title)s”: %(amount)s to the freelancer."),
    "milestone.asked_back": _(
        "%(who)s asks for the money for “%(title)s” back: “%(text)s” There are %(days)s days to file a claim about it."
    ),
    "milestone.asked_back.you": _(
        "You ask for the money for “%(title)s” back: “%(text)s” There are %(days)s days to file a claim about it."
    ),
    "milestone.ask_withdrawn": _("%(who)s no longer asks for the money for “%(title)s” back."),
    "milestone.ask_withdrawn.you": _("You no longer ask for the money for “%(title)s” back."),
    "milestone.given_back": _("%(who)s gave “%(title)s” back: %(amount)s to the client."),
    "milestone.given_back.you": _("You gave “%(title)s” back: %(amount)s to the client."),
    "milestone.refused": _("%(who)s does not give “%(title)s” back: “%(text)s”"),
    "milestone.refused.you": _("You do not give “%(title)s” back: “%(text)s”"),
    "contract.ended": _("%(who)s ended the contract: “%(text)s”"),
    "contract.ended.you": _("You ended the contract: “%(text)s”"),
    "milestone.released": _("“%(title)s” was not answered in time: %(amount)s went to the freelancer."),
    "removed": _("%(who)s removed a message."),
    "removed.you": _("You removed a message."),
    "removed.why": _("%(who)s removed a message: “%(reason)s”"),
    "removed.why.you": _("You removed a message: “%(reason)s”"),
    "unknown": _("Something changed in this room."),
    **LINES,
    "clock.warned": _("%(what)s, %(who)s: %(percent)s percent of the time is over."),
    "clock.breached": _("%(what)s, %(who)s: the time is over."),
    "clock.overdue": _("%(what)s, %(who)s: the time was over long ago."),
    **RULE_LINES,
}

ROLES: Words = {
    "client": pgettext_lazy("role", "Client"),
    "freelancer": pgettext_lazy("role", "Freelancer"),
    "mediator": pgettext_lazy("role", "Mediator, neutral"),
    "staff": pgettext_lazy("role", "Upwork staff"),
}
ROLE_ICONS: dict[str, str] = {"client": "circle", "freelancer": "square", "mediator": "hexagon", "staff": "note"}

AUDIENCES: Words = {
    "joint": {
        "icon": "everyone",
        "tab": pgettext_lazy("audience", "Everyone"),
        "to": pgettext_lazy("audience", "Everyone"),
        "who": _("%(names)s will read this"),
        "nobody": _("Nobody else is here yet"),
        "write": _("Write to everyone"),
        "placeholder": _("Write to everyone…"),
        "send": _("Send to everyone"),
        "list": _("Messages, everyone"),
        "goes": _("Goes to everyone in %(seconds)s s"),
    },
    "caucus": {
        "icon": "lock",
        "tab": _("Private with %(first)s"),
        "tab_alone": _("Private with the mediator"),
        "to": _("Only %(name)s"),
        "who": _("%(others)s does not see this"),
        "write": _("Write privately to %(first)s"),
        "placeholder": _("Write privately to %(first)s…"),
        "send": _("Send only to %(first)s"),
        "list": _("Messages, private with %(first)s"),
        "mediator": _("the mediator"),
        "goes": _("Goes only to %(first)s in %(seconds)s s"),
        "rule": _("Only you and %(first)s read this. %(others)s does not."),
        "begin": _(
            "To write to %(first)s here, begin a private talk. Everyone sees that it takes place, not what is said."
        ),
        "begin_do": _("Begin a private talk"),
        "other": _("You are in a private talk with %(others)s. End it before you begin one with %(first)s."),
        "other_do": _("End the private talk"),
        "over": _("Private talks are for the time in which you mediate. %(first)s can still write to you here."),
    },
    "internal": {
        "icon": "note",
        "tab": _("Staff notes"),
        "to": _("Staff notes"),
        "who": _("Upwork staff only. %(others)s never see this"),
        "write": _("Add a staff note"),
        "placeholder": _("Add a staff note…"),
        "send": _("Add the note"),
        "list": _("Staff notes"),
        "goes": _("Goes to Upwork staff in %(seconds)s s"),
        "rule": _("Only Upwork staff read this. %(others)s never do."),
    },
}

TIMELINE: Words = {
    "you": _("you"),
    "today": _("Today, %(day)s"),
    "yesterday": _("Yesterday, %(day)s"),
    "day": pgettext_lazy("a day without its year", "%(weekday)s %(day)s %(month)s"),
    "day_year": pgettext_lazy("a day with its year", "%(weekday)s %(day)s %(month)s %(year)s"),
    "new_since": _("New since %(time)s"),
    "label": _("%(name)s, %(time)s"),
    "and": _("%(first)s and %(last)s"),
    "and_i": pgettext_lazy("before a name that begins with the sound of i", "%(first)s and %(last)s"),
    "seen": _("Seen by %(names)s"),
    "sending": _("Sending…"),
    "sent": _("Sent"),
    "uploading": _("Uploading…"),
    "edited": _("Edited %(time)s"),
    "edited_by": _("by %(name)s, all versions kept"),
    "reply_to": _("%(name)s: %(text)s"),
    "reply_gone": _("A message that was removed"),
    "reply_far": _("An earlier message"),
    "file": _("File"),
    "image": _("Image"),
    "download": _("Download %(name)s"),
    "newest": _("Newest messages"),
    "joined_title": _("%(name)s joined as mediator"),
}

STATES: Words = {
    "failed": _("Not sent: no connection."),
    "failed_why": _("Not sent: %(why)s"),
    "again": _("Send again"),
    "copy": _("Copy the text"),
    "discard": _("Discard"),
    "undo": _("Undo"),
    "change": _("Change my message"),
    "as_it_is": _("Send it as it is"),
    "copied": _("Copied."),
    "stale": _("%(name)s wrote while you were typing."),
    "stale_do": _("Read it, then send as it is or change it."),
    "stale_quote": _("%(name)s, %(time)s:"),
}

CONNECTION: Words = {
    "reconnecting": _("Reconnecting"),
    "reconnecting_more": _("You can read on. What you write is kept."),
    "catching_up": _("Catching up"),
    "catching_up_more": _("One moment, the newest messages are on their way."),
    "offline": _("You are offline"),
    "offline_more": _("since %(time)s. What you write is kept on this device."),
    "try_now": _("Try now"),
    "paused": _("Sending is paused"),
    "paused_reconnecting": _("until the newest messages are here"),
    "paused_catching_up": _("one moment"),
    "paused_offline": _("your text is kept on this device"),
    "ended": _("Please sign in again"),
    "ended_more": _("You were away for a while. What you wrote is kept."),
    "removed": _("This room is no longer yours to read"),
    "removed_more": _("You are not in it any more. What you had begun to write is kept on this device."),
}

REACTIONS: Words = {
    "thumbs_up": {"sign": "👍", "word": _("Agreed")},
    "heart": {"sign": "❤️", "word": _("Heart")},
    "thanks": {"sign": "🙏", "word": _("Thanks")},
    "celebrate": {"sign": "🎉", "word": _("Celebrate")},
    "eyes": {"sign": "👀", "word": _("Looking at it")},
    "sad": {"sign": "🙁", "word": _("Sad")},
}

ACTIONS: Words = {
    "reaction_by": _("%(word)s: %(names)s"),
    "edited_ok": _("The message was changed."),
    "uploading": _("Uploading %(name)s"),
    "upload_failed": _("%(name)s was not uploaded: %(why)s"),
    "upload_no_line": _("no connection."),
    "upload_too_large": FileTooLarge.message,
    "upload_too_many": TooManyFiles.message,
    "upload_remove": _("Take %(name)s out"),
    "replying": _("Reply to %(name)s: %(text)s"),
    "editing": _("You are changing your message"),
    "save": _("Save the change"),
    "cancel": _("Cancel"),
    "version": _("Until %(time)s"),
    "version_now": _("Now"),
    "wait_upload": _("The file is still on its way."),
    "failed": _("That did not work: no connection. Try again."),
    "close": _("Close"),
    "kept": _("Kept on this device."),
}

PRESENCE: Words = {
    "in_room": _("In the room: %(names)s"),
    "here": _("here"),
    "away": _("away"),
    "writing_one": _("%(names)s is writing"),
    "writing_many": _("%(names)s are writing"),
}

ANNOUNCED: Words = {
    "joint": _("%(name)s, everyone: %(text)s"),
    "caucus": _("Private, %(name)s: %(text)s"),
    "internal": _("Staff note, %(name)s: %(text)s"),
    "lane": _("Now writing: %(to)s. %(who)s"),
    "connected": _("Connected again."),
}


# Runs of small lines that fold into one, by what they are about.
FOLDS: Words = {
    "points": {
        "icon": "list",
        "said": _("%(n)s earlier steps on the points to settle"),
        "commands": ("add_issue", "edit_issue", "state_position", "confirm_issue", "settle_issue"),
    },
    "evidence": {
        "icon": "flag",
        "said": _("%(n)s earlier steps on the evidence"),
        "commands": ("submit_evidence", "answer_evidence"),
    },
}
CASE: Words = {"now": _("Who acts next")}
MACROS: Words = {
    "name": _("Macros"),
    "searched": _("for “/%(text)s”"),
    "read_by": _("will be read by %(who)s"),
    "choose": _("choose"),
    "put": _("put in"),
    "close": _("close"),
    "none": _("There is no macro for “/%(text)s” here."),
    "is_put": _("“%(title)s” is in the field. Nothing is sent yet."),
    "is_open": _(
        "“%(title)s” is in the field. Fill in what is marked with …; Tab goes on to the next. Nothing is sent yet."
    ),
}


def plurals() -> Words:
    """Both forms of each counted phrase. Written out as calls, because only those are found for translation."""
    return {
        "new_messages": [ngettext("%(n)s new message", "%(n)s new messages", n) for n in (1, 2)],
        "unread": [ngettext("%(n)s unread", "%(n)s unread", n) for n in (1, 2)],
        "people_here": [ngettext("%(n)s here", "%(n)s here", n) for n in (1, 2)],
        "topics": [ngettext("%(n)s topic", "%(n)s topics", n) for n in (1, 2)],
    }


ALL: Words = {
    "system": SYSTEM, "system_icons": SYSTEM_ICONS, "roles": ROLES, "role_icons": ROLE_ICONS, "audiences": AUDIENCES,
    "timeline": TIMELINE, "states": STATES, "connection": CONNECTION, "reactions": REACTIONS, "actions": ACTIONS,
    "presence": PRESENCE, "announced": ANNOUNCED, "case": CASE, "clocks": METRICS, "phases": PHASES, "macros": MACROS,
    "folds": FOLDS,
}  # fmt: skip


def plural(key: str, n: int) -> str:
    """A counted phrase with its number."""
    one, many = plurals()[key]
    return (one if n == 1 else many) % {"n": n}
