"""What conditions are asked about: a case as its desk sees it, and the event that a trigger hears.

Read only when it is asked for. Nothing in here was said in private: messages are those in front of both and notes.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from mediation.conversations.models import Message, Thread
from mediation.desk.event_types import ACTED, BY_HAND
from mediation.desk.models import CaseTag, Handling, QueueRow
from mediation.desk.queries.scenes import HEARD, MESSAGE, Scene
from mediation.desk.rules.conditions.fields import FIELDS, HANDLED, By, Channel, Update
from mediation.desk.rules.conditions.judging import Passed, Text
from mediation.desk.rules.conditions.reading import words
from mediation.disputes.models import Dispute
from mediation.disputes.queries.levels import waiting_for, watched_of
from mediation.disputes.rules.currencies import units
from mediation.disputes.rules.ladder import level
from mediation.disputes.rules.states import State
from mediation.sla.models import Calendar
from mediation.sla.queries.calendars import calendars
from mediation.sla.queries.policies import priorities_of
from mediation.sla.rules import calendar as hours
from mediation.sla.rules.business import business_between
from mediation.sla.rules.defaults import DESK

TRACKED = tuple(one.key for one in FIELDS.values() if one.is_tracked)
HOUR = timedelta(hours=1)


class CaseFacts(Mapping[str, Any]):
    """The facts of a case by the keys of the fields; `at` is the moment they are asked for."""

    def __init__(self, handling: Handling, at: datetime, scene: Scene | None = None) -> None:
        self.handling, self.at, self.scene = handling, at, scene
        self.case: Dispute = handling.dispute
        self._read: dict[str, Any] = {**scene.state, **scene.handled} if scene else {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._read:
            self._read[key] = _READERS[key](self)
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_READERS)

    def __len__(self) -> int:
        return len(_READERS)

    def tracked(self) -> dict[str, Any]:
        """Those of which a trigger can ask whether they changed, as they are stored."""
        return {key: _stored(self[key]) for key in TRACKED}

    def handled(self) -> dict[str, Any]:
        """Of those, what people and rules at the desk say."""
        return {key: _stored(self[key]) for key in HANDLED}

    def before(self, scene: Scene) -> dict[str, Any]:
        """The tracked facts before an event. A case that comes to the desk by it was nothing before."""
        was = self.tracked()
        if scene.event.type in (ACTED, *BY_HAND):
            was |= scene.event.data["before"]
        else:
            was = dict.fromkeys(was) if self["update_type"] == Update.CREATE.value else was | self.handling.known
        return was | {"tags": frozenset(was["tags"] or ())}

    def now(self) -> "CaseFacts":
        """As the desk says them at this moment, whatever the event left them as: rules change the case as it is."""
        facts = CaseFacts(self.handling, self.at, self.scene)
        facts.forget()
        return facts

    def follow(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """A rule changed what the desk says: whoever is asked next sees that on top of what the event left."""
        for key in HANDLED:
            if before[key] != after[key] and key == "tags":
                was, now = set(before[key] or ()), set(after[key] or ())
                self._read[key] = (self[key] | (now - was)) - (was - now)
            elif before[key] != after[key]:
                self._read[key] = after[key]

    def forget(self) -> None:
        """The desk's own part was changed: read it again."""
        for key in HANDLED:
            self._read.pop(key, None)

    @cached_property
    def row(self) -> QueueRow | None:
        return QueueRow.objects.filter(pk=self.handling.pk).first()

    @cached_property
    def calendars(self) -> dict[str, hours.Calendar]:
        """By their codes."""
        known = calendars()
        return {code: known[str(key)] for key, code in Calendar.objects.values_list("pk", "code") if str(key) in known}

    def passed(self, since: datetime | None, until: datetime | None) -> Passed | None:
        """The hours between two moments; None where one is missing or they are the other way round."""
        if since is None or until is None or until < since:
            return None
        in_business = business_between(self.calendars.get(DESK), since, until)
        return Passed(_hours(until - since), _hours(in_business))


def _stored(value: Any) -> Any:
    return (sorted(value) if isinstance(value, frozenset) else value) or None


def _hours(length: timedelta) -> Decimal:
    return Decimal(length // timedelta(milliseconds=1)) / Decimal(HOUR // timedelta(milliseconds=1))


def _of_case(name: str) -> Callable[[CaseFacts], Any]:
    return lambda facts: getattr(facts.case, name) or None


def _id(name: str) -> Callable[[CaseFacts], str | None]:
    return lambda facts: str(found) if (found := getattr(facts.handling, f"{name}_id")) else None


def _state(facts: CaseFacts) -> str:
    """As the newest command that was heard left it: what is heard now may have happened before the next one."""
    return facts.handling.known.get("state") or facts.case.state


def _phase(facts: CaseFacts) -> str | None:
    return facts.handling.known.get("phase", facts.case.phase or None)


def _priority(facts: CaseFacts) -> str:
    return priorities_of([facts.case])[facts.case.pk]


def _level(facts: CaseFacts) -> str:
    """The ladder's, L1 to L6."""
    is_with_safety = bool(watched_of([facts.case.pk]))
    return str(level(State(facts["state"]), _mediator_role(facts), is_with_safety=is_with_safety).value)


def _level_asked(facts: CaseFacts) -> str | None:
    """That of the event, otherwise the highest one that waits."""
    found = (facts.scene.level_asked if facts.scene else None) or waiting_for(facts.case)
    return str(found) if found else None


def _mediator_role(facts: CaseFacts) -> str | None:
    return facts.case.mediator.role if facts.case.mediator else None


def _mediator(facts: CaseFacts) -> str | None:
    return str(facts.case.mediator_id) if facts.case.mediator_id else None


def _tags(facts: CaseFacts) -> frozenset[str]:
    return frozenset(CaseTag.objects.filter(dispute=facts.handling.pk).values_list("name", flat=True))


def _requester(facts: CaseFacts) -> str:
    is_filer = (facts.case.asker_id or facts.case.filer_id) == facts.case.filer_id
    return (By.CLIENT if is_filer is facts.case.filer_is_client else By.FREELANCER).value


def _language(*, of_client: bool) -> Callable[[CaseFacts], str]:
    def read(facts: CaseFacts) -> str:
        case = facts.case
        return (case.filer if case.filer_is_client is of_client else case.respondent).language

    return read


def _replies(facts: CaseFacts) -> int:
    """What staff said in front of both since the case came to the desk."""
    parties = [facts.case.filer_id, facts.case.respondent_id]
    said = Message.objects.filter(thread__room=facts.case.room_id, thread__audience=Thread.Audience.JOINT.value)
    said = said.filter(kind=Message.Kind.TEXT.value, author__isnull=False, created_at__lte=facts.at)
    return said.filter(created_at__gte=facts.handling.opened_at).exclude(author__in=parties).count()


def _business_hours(facts: CaseFacts) -> frozenset[str]:
    """The codes of the calendars that are open."""
    spans = ((code, next(one.spans(facts.at), None)) for code, one in facts.calendars.items())
    return frozenset(code for code, span in spans if span is not None and span[0] <= facts.at)


def _clock(facts: CaseFacts) -> str | None:
    if facts.scene and facts.scene.event.type.startswith("clock."):
        return facts.scene.event.data["metric"]
    return (facts.row.metric or None) if facts.row else None


def _clock_percent(facts: CaseFacts) -> int | None:
    """Of the clock of the event, otherwise of the one that is due next: whole percents, between the steps in a line."""
    if facts.scene and facts.scene.event.type.startswith("clock."):
        return facts.scene.event.data["percent"]
    row = facts.row
    if row is None or row.begins_at is None or row.soon_at is None or row.risk_at is None or row.due_at is None:
        return None
    marks = [(row.begins_at, 0), (row.soon_at, 50), (row.risk_at, 80), (row.due_at, 100)]
    last = max((index for index, (at, _) in enumerate(marks) if at <= facts.at), default=0)
    (begin, low), (end, high) = (marks[last], marks[last + 1]) if last < 3 else (marks[0], marks[3])
    length = (end - begin) or HOUR
    return max(int(low + (high - low) * ((facts.at - begin) / length)), 0)


def _due(facts: CaseFacts) -> datetime | None:
    return facts.row.due_at if facts.row else None


def _happening(facts: CaseFacts) -> str | None:
    return facts.scene.event.type if facts.scene else None


def _update_type(facts: CaseFacts) -> str | None:
    """A case comes to the desk when it is filed, or when somebody asks for a mediator without a claim."""
    if facts.scene is None:
        return None
    kind = facts.scene.event.type
    is_new = kind == "dispute.file" or (kind == "dispute.ask_mediator" and not facts.case.has_claim)
    return (Update.CREATE if is_new else Update.CHANGE).value


def _channel(facts: CaseFacts) -> str | None:
    if facts.scene is None:
        return None
    if facts.scene.event.type.startswith("rule."):
        return Channel.RULE.value
    return (Channel.ROOM if facts.scene.actor else Channel.TIME).value


def _by(facts: CaseFacts) -> str | None:
    if facts.scene is None:
        return None
    actor, case = facts.scene.actor, facts.case
    if actor is None:
        return By.NOBODY.value
    if actor.pk in (case.filer_id, case.respondent_id):
        return (By.CLIENT if (actor.pk == case.filer_id) is case.filer_is_client else By.FREELANCER).value
    return (By.MEDIATOR if actor.pk == case.mediator_id else By.STAFF).value


def _message_audience(facts: CaseFacts) -> str | None:
    return facts.scene.audience if facts.scene and facts.scene.event.type == MESSAGE else None


def _message_text(facts: CaseFacts) -> Text | None:
    if _message_audience(facts) is None or facts.scene is None:
        return None
    event = facts.scene.event
    # The audience is asked once more, of the message itself: nothing that was said in private is ever read here.
    said = Message.objects.filter(thread=event.topic_id, seq=event.target_seq or 0, thread__audience__in=HEARD)
    return next((Text(words(body)) for body in said.values_list("body", flat=True)), None)


def _since(name: str) -> Callable[[CaseFacts], Passed | None]:
    return lambda facts: facts.passed(getattr(facts.handling, f"{name}_at"), facts.at)


_READERS: Mapping[str, Callable[[CaseFacts], Any]] = {
    "state": _state,
    "phase": _phase,
    "track": lambda facts: facts.case.track if facts.case.has_claim else "none",
    "outcome": _of_case("outcome"),
    "priority": _priority,
    "level": _level,
    "level_asked": _level_asked,
    "amount": lambda facts: units(facts.case.amount_minor, facts.case.currency) if facts.case.has_claim else None,
    "currency": _of_case("currency"),
    "mediator": _mediator,
    "mediator_role": _mediator_role,
    "assignee": _id("assignee"),
    "team": _id("team"),
    "tags": _tags,
    "requester": _requester,
    "client_language": _language(of_client=True),
    "freelancer_language": _language(of_client=False),
    "reopened": lambda facts: facts.case.reopenings,
    "replies": _replies,
    "business_hours": _business_hours,
    "clock": _clock,
    "clock_percent": _clock_percent,
    "due": _due,
    "happening": _happening,
    "update_type": _update_type,
    "channel": _channel,
    "by": _by,
    "message_audience": _message_audience,
    "message_text": _message_text,
    **{
        f"since_{name}": _since(name)
        for name in ("filed", "opened", "state", "assigned", "updated", "party_wrote", "mediator_wrote")
    },
    "until_breach": lambda facts: facts.passed(facts.at, _due(facts)),
    "since_breach": lambda facts: facts.passed(_due(facts), facts.at),
    "until_due": lambda facts: facts.passed(facts.at, facts.handling.deadline_at),
}
