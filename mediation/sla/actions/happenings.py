"""What happens in rooms and cases, turned into facts of clocks as `rules/metrics.py` says."""

from collections.abc import Iterator
from functools import cached_property
from uuid import UUID

from django.db import transaction

from accounts.models import User
from mediation.events.models import Event
from mediation.sla import keepers
from mediation.sla.actions import clocks, defaults
from mediation.sla.models import Clock, ClockFact
from mediation.sla.queries import happenings as heard
from mediation.sla.queries.calendars import calendars
from mediation.sla.queries.happenings import Happening, Pause
from mediation.sla.queries.policies import Terms, subject_of
from mediation.sla.rules.clock import Calendars, Kind
from mediation.sla.rules.metrics import (
    AGENT_WROTE,
    COOLING_OFF,
    PARTY_WROTE,
    PAUSED_BY,
    REQUEST,
    RESUMED_BY,
    TABLE,
    Measure,
    Metric,
    Whose,
    measure_of,
)
from mediation.sla.rules.policies import Line, Subject

MESSAGES = frozenset({AGENT_WROTE, PARTY_WROTE})


@transaction.atomic
def note(*, event: Event) -> None:
    """Let the clocks of a case hear an event. Heard twice, nothing changes."""
    happening = heard.of_event(event)
    if happening is None or ClockFact.objects.filter(event_id=event.pk).exists():
        return
    running = clocks.locked(happening.dispute.pk, before=event.pk)
    ended = list(_ends(happening, running))
    left = [clock for clock in running if clock not in {fact.clock for fact in ended}]
    read = _Reading(happening)
    facts = [*ended, *_turns(happening, left), *_changed_targets(read, left)]
    if facts:
        clocks.add({fact.clock for fact in facts}, facts, read.calendars)
    open_now = {(clock.metric, clock.about) for clock in left}
    has_begun = False
    for measure in TABLE:
        if happening.names & measure.begins and happening.state in measure.lives_in:
            for person in _owners(happening, measure):
                about = _about(happening, measure, person)
                if (measure.metric.value, about) not in open_now and _is_time(happening, measure, person):
                    _begin(read, measure, person, about)
                    has_begun = True
    if facts or has_begun:
        keepers.tell([happening.dispute.pk])


def _ends(happening: Happening, running: list[Clock]) -> Iterator[ClockFact]:
    """Those that this fulfils, and those that have no place in the new state."""
    for clock in running:
        measure = measure_of(clock.metric)
        if happening.names & measure.ends and _concerns(happening, clock):
            yield clocks.fact(clock, Kind.FULFIL, happening.at, event_id=happening.event_id)
        elif happening.state not in measure.lives_in:
            yield clocks.fact(clock, Kind.CANCEL, happening.at, event_id=happening.event_id)


def _about(happening: Happening, measure: Measure, person: UUID | None) -> str:
    """Which of several clocks of one metric."""
    if measure.whose is Whose.PROMISE:
        return str(happening.promise.pk) if happening.promise else ""
    return str(person) if measure.whose is Whose.EACH else ""


def _concerns(happening: Happening, clock: Clock) -> bool:
    if happening.promise is not None and clock.metric == Metric.PROM.value:
        return clock.about == str(happening.promise.pk)
    return not happening.names & MESSAGES or clock.person_id in happening.people


def _turns(happening: Happening, running: list[Clock]) -> Iterator[ClockFact]:
    """Pauses that begin or end."""
    for name in happening.names:
        if reason := PAUSED_BY.get(name):
            for clock in _pausable(happening, running, reason):
                yield from _pause(happening, clock, reason)
        if reason := RESUMED_BY.get(name):
            for clock in _pausable(happening, running, reason):
                if reason != REQUEST or not _is_still_asked(happening, clock):
                    yield clocks.fact(clock, Kind.RESUME, happening.at, event_id=happening.event_id, reason=reason)


def _pausable(happening: Happening, running: list[Clock], reason: str) -> Iterator[Clock]:
    """The clocks that a reason pauses; a request only those of whom it names."""
    asked = happening.people
    if reason == REQUEST and not happening.names & MESSAGES:
        asked = heard.asked_at(happening.dispute, happening.at)
    for clock in running:
        if reason in measure_of(clock.metric).pauses and (reason != REQUEST or clock.person_id in asked):
            yield clock


def _pause(happening: Happening, clock: Clock, reason: str) -> Iterator[ClockFact]:
    """A cooling-off says at once when it ends."""
    yield clocks.fact(clock, Kind.PAUSE, happening.at, event_id=happening.event_id, reason=reason)
    for pause in heard.pauses(happening.dispute, clock.person_id, happening.at):
        if pause.reason == reason == COOLING_OFF and pause.until:
            yield clocks.fact(clock, Kind.RESUME, pause.until, event_id=happening.event_id, reason=reason)


def _is_still_asked(happening: Happening, clock: Clock) -> bool:
    return clock.person_id is not None and heard.is_asked(happening.dispute, clock.person_id, happening.at)


def _changed_targets(read: "_Reading", running: list[Clock]) -> Iterator[ClockFact]:
    """A case that changed may fit another line of the policy."""
    happening = read.happening
    if happening.names & MESSAGES:
        return
    for clock in running:
        line = read.line(Metric(clock.metric), clock.person_id)
        if line is not None and not clocks.has_target(clock, line):
            yield clocks.applied(clock, read.terms.policy_id, line, happening.at, event_id=happening.event_id)


def _owners(happening: Happening, measure: Measure) -> list[UUID | None]:
    if measure.whose is Whose.EACH:
        return [*sorted(happening.people)]
    return [happening.dispute.asker_id if measure.whose is Whose.ASKER else None]


def _is_time(happening: Happening, measure: Measure, person: UUID | None) -> bool:
    """Whether the party has had its first answer, where the measure waits for that."""
    first = Clock.objects.filter(dispute=happening.dispute, metric=Metric.TTFC.value, person=person)
    return not measure.since_first or first.filter(ended_at__lte=happening.at).exists()


def _begin(read: "_Reading", measure: Measure, person: UUID | None, about: str) -> None:
    happening = read.happening
    line = read.line(measure.metric, person)
    if measure.whose is Whose.PROMISE and happening.promise is not None:
        line = Line(Metric.PROM, happening.promise.due_at - happening.at)
    if line is None:
        return
    begins = happening.dispute.filed_at if "dispute.reopen" in happening.names else None
    clock = Clock(
        metric=measure.metric.value,
        dispute=happening.dispute,
        room_id=happening.dispute.room_id,
        person_id=person,
        about=about,
        policy_id=read.terms.policy_id,
    )
    facts = [clocks.fact(clock, Kind.ACTIVATE, begins or happening.at, event_id=happening.event_id)]
    for pause in read.pauses(person):
        if pause.reason in measure.pauses:
            facts.append(clocks.fact(clock, Kind.PAUSE, happening.at, reason=pause.reason))
            if pause.until:
                facts.append(clocks.fact(clock, Kind.RESUME, pause.until, reason=pause.reason))
    clocks.begin(clock, line, facts, read.calendars)


class _Reading:
    """What an event's clocks are counted by, each read when it is first needed and once for all of them."""

    def __init__(self, happening: Happening) -> None:
        self.happening = happening
        self._pauses: dict[UUID | None, tuple[Pause, ...]] = {}
        self._languages: dict[UUID, str] = {}

    @cached_property
    def terms(self) -> Terms:
        return defaults.newest_terms()

    @cached_property
    def subject(self) -> Subject:
        return subject_of(self.happening.dispute)

    @cached_property
    def calendars(self) -> Calendars:
        return calendars()

    def pauses(self, person: UUID | None) -> tuple[Pause, ...]:
        if person not in self._pauses:
            self._pauses[person] = tuple(heard.pauses(self.happening.dispute, person, self.happening.at))
        return self._pauses[person]

    def line(self, metric: Metric, person: UUID | None) -> Line | None:
        return self.terms.line(metric, self.subject.speaking(self._language(person) if person else ""))

    def _language(self, person: UUID) -> str:
        if person not in self._languages:
            self._languages[person] = User.objects.values_list("language", flat=True).get(pk=person)
        return self._languages[person]
