"""What can be asked of a case: each field with the type of its value and the operators that go with it.

Forms, the import of JSON, the API and the judge read this one table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from accounts.rules import Role
from mediation.disputes.rules.ladder import ASKABLE, Rung
from mediation.disputes.rules.states import Outcome, Phase, State, Track
from mediation.sla.rules.metrics import Metric
from mediation.sla.rules.policies import Priority


class Operator(StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    LESS = "less_than"
    GREATER = "greater_than"
    LESS_OPEN = "less_than_business"  # counted in the desk's business hours
    GREATER_OPEN = "greater_than_business"
    CHANGED = "changed"
    NOT_CHANGED = "not_changed"
    CHANGED_TO = "changed_to"
    CHANGED_FROM = "changed_from"
    ADDED = "added"  # of tags: any of them came by this
    REMOVED = "removed"
    INCLUDES = "includes"
    NOT_INCLUDES = "not_includes"
    PRESENT = "present"
    NOT_PRESENT = "not_present"


O = Operator  # noqa: E741 (the table below is read as a table)
WITHOUT_VALUE = frozenset({O.CHANGED, O.NOT_CHANGED, O.PRESENT, O.NOT_PRESENT})
_IS = (O.IS, O.IS_NOT)
_THERE = (O.PRESENT, O.NOT_PRESENT)
_IN = (O.INCLUDES, O.NOT_INCLUDES)
_COMPARED = (O.IS, O.LESS, O.GREATER)
_CHANGES = (O.CHANGED, O.NOT_CHANGED, O.CHANGED_TO, O.CHANGED_FROM)
_TAG_CHANGES = (O.CHANGED, O.NOT_CHANGED, O.ADDED, O.REMOVED)


class Kind(StrEnum):
    """The type of a value."""

    CHOICE = "choice"  # one of a list
    CODE = "code"  # a currency's three letters
    MONEY = "money"  # 500 or 500.00, in the currency of the case
    NUMBER = "number"  # whole
    HOURS = "hours"  # 24 or 0.5
    TAGS = "tags"  # words with spaces between them
    WORDS = "words"  # words of a message
    PERSON = "person"  # the id of somebody at Upwork
    TEAM = "team"
    CALENDAR = "calendar"  # the code of a calendar
    THERE = "there"  # no value at all


OPERATORS: Mapping[Kind, tuple[Operator, ...]] = {
    Kind.CHOICE: _IS,
    Kind.CODE: _IS,
    Kind.MONEY: _COMPARED,
    Kind.NUMBER: _COMPARED,
    Kind.HOURS: (O.LESS, O.GREATER, O.LESS_OPEN, O.GREATER_OPEN),
    Kind.TAGS: (*_IN, *_THERE),
    Kind.WORDS: _IN,
    Kind.PERSON: (*_IS, *_THERE),
    Kind.TEAM: (*_IS, *_THERE),
    Kind.CALENDAR: _IS,
    Kind.THERE: _THERE,
}


class Use(StrEnum):
    """Who asks: a trigger when something happens, an automation as time goes by."""

    TRIGGER = "trigger"
    AUTOMATION = "automation"


BOTH = frozenset(Use)
TRIGGERS = frozenset({Use.TRIGGER})
AUTOMATIONS = frozenset({Use.AUTOMATION})


@dataclass(frozen=True, slots=True)
class Field:
    """`choices` are the values of a choice. `is_tracked`: a trigger can ask whether the event changed it."""

    key: str
    kind: Kind
    uses: frozenset[Use] = BOTH
    choices: tuple[str, ...] = ()
    is_tracked: bool = False

    def operators(self, use: Use) -> tuple[Operator, ...]:
        """Those that go with it there."""
        own = OPERATORS[self.kind]
        if not self.is_tracked or use is not Use.TRIGGER:
            return own
        return (*own, *(_TAG_CHANGES if self.kind is Kind.TAGS else _CHANGES))


class Update(StrEnum):
    CREATE = "create"  # the case came to the desk by this event
    CHANGE = "change"


class Channel(StrEnum):
    """Where an update came from."""

    ROOM = "room"  # somebody said or did it
    TIME = "time"  # a deadline or a clock
    RULE = "rule"  # another trigger, or an automation


class By(StrEnum):
    """What the author is to the case."""

    CLIENT = "client"
    FREELANCER = "freelancer"
    MEDIATOR = "mediator"
    STAFF = "staff"
    NOBODY = "nobody"


# What a trigger can hear. Nothing that only one party is told is in it: that is said in private.
HAPPENINGS = (
    "message.sent", "dispute.file", "dispute.decline", "dispute.accept_full", "dispute.ask_mediator",
    "dispute.cancel_ask", "dispute.claim", "dispute.assign", "dispute.release", "dispute.reassign",
    "dispute.replace_mediator", "dispute.level_up", "dispute.raise_level", "dispute.take_level", "dispute.drop_level",
    "dispute.make_offer", "dispute.counter_offer", "dispute.accept_offer", "dispute.decline_offer",
    "dispute.advance_phase", "dispute.make_request", "dispute.answer_request", "dispute.close_evidence",
    "dispute.issue_recommendation", "dispute.declare_impasse", "dispute.object_to_mediator", "dispute.hold",
    "dispute.unhold", "dispute.cool_off", "dispute.extend", "dispute.withdraw", "dispute.reopen", "dispute.ask_review",
    "clock.warned", "clock.breached", "clock.overdue", "desk.prioritised", "desk.tagged",
    "desk.untagged", "rule.acted",
)  # fmt: skip
ROLES = (Role.AGENT.value, Role.SENIOR.value, Role.EE.value)  # who mediates
HANDLED = ("priority", "team", "assignee", "tags")  # the fields that people and rules at the desk say


def _values(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(one.value for one in kind)


_LANGUAGES = ("en", "es", "nl")
_SINCE = ("filed", "opened", "state", "assigned", "updated", "party_wrote", "mediator_wrote")
FIELDS: Mapping[str, Field] = {
    one.key: one
    for one in (
        Field("state", Kind.CHOICE, choices=_values(State)[1:], is_tracked=True),
        Field("phase", Kind.CHOICE, choices=_values(Phase), is_tracked=True),
        Field("track", Kind.CHOICE, choices=(*_values(Track), "none"), is_tracked=True),
        Field("outcome", Kind.CHOICE, choices=_values(Outcome), is_tracked=True),
        Field("priority", Kind.CHOICE, choices=_values(Priority), is_tracked=True),
        Field("level", Kind.CHOICE, choices=tuple(str(one.value) for one in Rung), is_tracked=True),
        Field("level_asked", Kind.CHOICE, choices=tuple(str(one.value) for one in sorted(ASKABLE))),
        Field("amount", Kind.MONEY),
        Field("currency", Kind.CODE),
        Field("mediator", Kind.PERSON, is_tracked=True),
        Field("mediator_role", Kind.CHOICE, choices=ROLES, is_tracked=True),
        Field("assignee", Kind.PERSON, is_tracked=True),
        Field("team", Kind.TEAM, is_tracked=True),
        Field("tags", Kind.TAGS, is_tracked=True),
        Field("requester", Kind.CHOICE, choices=(By.CLIENT.value, By.FREELANCER.value)),
        Field("client_language", Kind.CHOICE, choices=_LANGUAGES),
        Field("freelancer_language", Kind.CHOICE, choices=_LANGUAGES),
        Field("reopened", Kind.NUMBER),
        Field("replies", Kind.NUMBER),
        Field("business_hours", Kind.CALENDAR),
        Field("clock", Kind.CHOICE, choices=_values(Metric)),
        Field("clock_percent", Kind.NUMBER),
        Field("due", Kind.THERE),
        Field("happening", Kind.CHOICE, TRIGGERS, HAPPENINGS),
        Field("update_type", Kind.CHOICE, TRIGGERS, _values(Update)),
        Field("channel", Kind.CHOICE, TRIGGERS, _values(Channel)),
        Field("by", Kind.CHOICE, TRIGGERS, _values(By)),
        Field("message_audience", Kind.CHOICE, TRIGGERS, ("joint", "internal")),
        Field("message_text", Kind.WORDS, TRIGGERS),
        *(Field(f"since_{name}", Kind.HOURS, AUTOMATIONS) for name in _SINCE),
        Field("until_breach", Kind.HOURS, AUTOMATIONS),
        Field("since_breach", Kind.HOURS, AUTOMATIONS),
        Field("until_due", Kind.HOURS, AUTOMATIONS),
    )
}


def fields_of(use: Use) -> list[Field]:
    """What a trigger or an automation can ask, in the order of the table."""
    return [one for one in FIELDS.values() if use in one.uses]
