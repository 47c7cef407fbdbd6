"""Random lives of a case: anybody says anything at any time, and what must always hold is looked at after each step."""

import json
import random
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accounts.models import User
from mediation.conversations.models import HelpRequest, Member
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.actions import auto_release, firing, ledger, payments
from mediation.disputes.actions.holdings import frozen_account
from mediation.disputes.actions.transition import transition
from mediation.disputes.audience import case_of, viewers
from mediation.disputes.models import Bid, LedgerEntry
from mediation.disputes.queries.case import case_view
from mediation.disputes.queries.facts import actors
from mediation.disputes.rules import table
from mediation.disputes.rules.states import FILED, State, Track
from mediation.events.models import Event
from tests.cast import make_cast
from tests.disputes.cases import Case, check_chains, everything, ledger_sum, other_words, payload_for
from tests.disputes.machine_money import MoneyOfLife, given_back
from tests.disputes.ways import case_in, reachable

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KINDS = [(Track.ESCROW, True), (Track.ASSISTANCE, True), (Track.HOURLY, True), (Track.ESCROW, False)]
PLACES = [(*kind, state) for kind in KINDS for state in State if reachable(state, kind[0], has_claim=kind[1])]
MONEY_WAITS = FILED - {State.EXECUTING}
DRASTIC = {"void", "withdraw", "discard", "hold", "declare_absence", "cool_off", "extend", "reassign", "release"}
TRIES, LUCK = 4, st.integers(0, 2**31)


class Life(MoneyOfLife, RuleBasedStateMachine):
    """A case from some state on. `now` only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        self.now = BEGIN
        self.version = self.steps = 0
        self.case: Case

    @initialize(place=st.sampled_from(PLACES))
    def begin(self, place: tuple[Track, bool, State]) -> None:
        track, has_claim, state = place
        with clock.at(self.now):
            self.case = case_in(make_cast(), state, track, has_claim=has_claim)

    def teardown(self) -> None:
        try:
            if hasattr(self, "case"):
                check_chains(self.case.id)
        finally:
            self.stack.close()

    # --- What people do --------------------------------------------------------------------------------------------
    @rule(luck=LUCK)
    def somebody_goes_on(self, luck: int) -> None:
        self._pick_and_say(self._dice(luck), lambda command: command not in DRASTIC)

    @rule(luck=LUCK)
    def somebody_goes_on_or_ends_it(self, luck: int) -> None:
        dice = self._dice(luck)
        is_drastic = dice.random() < 0.15
        self._pick_and_say(dice, lambda command: (command in DRASTIC) == is_drastic)

    @rule(luck=LUCK)
    def somebody_says_anything(self, luck: int) -> None:
        dice = self._dice(luck)
        self._say(dice.choice(sorted(self.case.people)), dice.choice(sorted(table.COMMANDS)), dice)

    @rule(luck=LUCK)
    def a_command_is_processed_long_after_it_came(self, luck: int) -> None:
        """It beats every timer that was not due when it came."""
        dice, received_at = self._dice(luck), self.now
        self.now += timedelta(hours=dice.randint(1, 200))
        self._pick_and_say(dice, lambda command: command not in DRASTIC, received_at)

    @rule(luck=LUCK)
    def a_command_on_its_way_meets_the_sweep(self, luck: int) -> None:
        """It came in the last moment before a deadline: the sweep leaves the timer to it."""
        running = self.case.row.timers.filter(fired_at=None, cancelled_at=None, due_at__gt=self.now)
        timer = running.order_by("due_at").first()
        if timer is None:
            return
        self.now = timer.due_at + timedelta(seconds=project.TIMER_MARGIN_SECONDS)
        self._sweep()
        assert running.model.objects.get(pk=timer.pk).fired_at is None
        self._pick_and_say(self._dice(luck), lambda command: command not in DRASTIC, timer.due_at)

    @rule(luck=LUCK)
    def time_goes_by(self, luck: int) -> None:
        dice = self._dice(luck)
        self.now += timedelta(hours=dice.choice([1, 3, 5, 13, 25, 49, 73, 200]))
        if dice.random() < 0.8:
            self._sweep()

    @rule()
    def the_ledger_pays(self) -> None:
        self._sweep()
        with clock.at(self.now):
            payments.pay_out()
            auto_release.release_due()

    # --- What must always hold -------------------------------------------------------------------------------------
    @invariant()
    def money_is_moved_and_never_made(self) -> None:
        row = self.case.row
        contract = row.room.contract_id
        assert ledger_sum() == 0
        accounts = (frozen_account(row), "client", "freelancer")
        frozen, client, freelancer = (ledger.balance(contract, account) for account in accounts)
        kept = LedgerEntry.objects.filter(contract_id=contract, account__regex="^(escrow|arbitration:|fees)")
        held = sum(kept.values_list("amount_minor", flat=True)) + frozen
        funded = -ledger.balance(contract, "funding")
        assert held + client + freelancer == funded, "held = release + refund, at any time"
        assert min(held, frozen) >= 0
        if row.track == Track.ESCROW and row.has_claim and row.state in MONEY_WAITS:
            assert frozen == row.amount_minor
        if row.state == State.CLOSED:
            assert frozen == 0
            assert row.settled_refund_minor in (None, client - given_back(self.case))

    @invariant()
    def at_most_one_offer_is_accepted_and_the_text_says_it(self) -> None:
        row = self.case.row
        accepted = list(row.offers.filter(status="accepted"))
        assert len(accepted) <= 1
        texts = list(row.agreements.filter(void_at__isnull=True))
        assert len(texts) == 1 if row.state == State.SETTLING else len(texts) <= 1
        for text in texts:
            assert (
                text.params["refund_minor"] + text.params["release_minor"]
                == row.amount_minor
                == text.params["amount_minor"]
            )
            assert not accepted or text.params["refund_minor"] == accepted[0].refund_minor

    @invariant()
    def the_version_only_grows_and_the_events_tell_how_it_stands(self) -> None:
        row = self.case.row
        assert row.version >= self.version
        self.version = row.version
        said = Event.objects.filter(topic_id=self.case.cast.joint.pk, type__startswith="dispute.").order_by("seq")
        last = said.last()
        if last is not None:
            told = {name: last.data[name] for name in ("state", "phase", "version")}
            assert told == {"state": row.state, "phase": row.phase, "version": row.version}

    @invariant()
    def no_timer_spoke_before_its_time(self) -> None:
        assert not self.case.row.timers.filter(fired_at__isnull=False, due_at__gte=self.now).exists()

    @invariant()
    def the_queue_and_the_room_agree_with_the_case(self) -> None:
        row = self.case.row
        waits = HelpRequest.objects.filter(room=row.room_id, ended_at__isnull=True, taken_at__isnull=True).exists()
        assert waits == (row.state == State.ESCALATED)
        there = Member.objects.filter(room=row.room_id, role="mediator", left_at__isnull=True)
        assert list(there.values_list("user", flat=True)) == ([row.mediator_id] if row.mediator_id else [])

    @invariant()
    def nothing_waits_in_a_closed_case(self) -> None:
        row = self.case.row
        if row.state == State.CLOSED:
            assert not row.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True).exists()
            assert not row.deadlines.filter(ended_at__isnull=True).exists()
            assert not row.offers.filter(status="open").exists()
            assert not Bid.objects.filter(round__dispute=row).exists()

    @invariant()
    def everybody_who_may_can_look_at_it(self) -> None:
        row = self.case.row
        if self.steps % 3:
            return
        with clock.at(self.now):
            for person in (self.case.cast.client, self.case.cast.mediator):
                if viewers(row, person):
                    view = case_view(case_of(person, row.pk), person)
                    assert (view["state"], view["version"]) == (row.state, row.version)

    # --- Parts -----------------------------------------------------------------------------------------------------
    def _options(self) -> list[tuple[str, str]]:
        """Who may try what, by the table."""
        row = self.case.row
        return [
            (name, line.command)
            for name, person in self.case.people.items()
            for line in table.sayable(State(row.state), Track(row.track), actors(row, person), has_claim=row.has_claim)
            if name != "system"
        ]

    def _dice(self, luck: int) -> random.Random:
        """Dice of this step. Drawing everything from Hypothesis would say the first few commands most of the time."""
        self.steps += 1
        return random.Random(f"{luck} {self.steps}")

    def _pick_and_say(
        self, dice: random.Random, suits: Callable[[str], bool], received_at: datetime | None = None
    ) -> None:
        """Until something is carried out, or enough was refused."""
        for _ in range(TRIES):
            options = [(name, command) for name, command in self._options() if suits(command)]
            command = dice.choice(sorted({command for _, command in options}) or [""])
            name = dice.choice([name for name, said in options if said == command] or [""])
            if not name or self._say(name, command, dice, received_at):
                break

    def _sweep(self) -> None:
        with clock.at(self.now):
            firing.sweep()

    def _view(self, person: User) -> bytes:
        row = self.case.row
        if not viewers(row, person):
            return b""
        return json.dumps(case_view(case_of(person, row.pk), person), sort_keys=True).encode()

    def _say(self, name: str, command: str, dice: random.Random, received_at: datetime | None = None) -> bool:
        """Refused, it has left no trace; said in private, the other side sees no difference. Returns whether it
        was carried out.
        """
        self.now += timedelta(seconds=1)
        received_at = received_at or self.now
        with clock.at(received_at):
            firing.fire_due(dispute_id=self.case.id, before=received_at)
            payload = payload_for(self.case, command, self.case.people[name]) | other_words(self.case, command, dice)
            before, row = everything(), self.case.row
        with clock.at(self.now):
            both = (self.case.cast.client, self.case.cast.freelancer)
            hears = {self.case.people[name], self._told(command, payload)}
            others = [one for one in both if one not in hears]
            line = table.find(command, State(row.state), Track(row.track), has_claim=row.has_claim)
            is_private = line is not None and line.told != "everyone"
            seen = [self._view(one) for one in others] if is_private else []
            try:
                self._transition(name, command, payload, received_at)
            except Refused:
                assert everything() == before, f"{command} was refused and left something behind"
                return False
            assert not self.case.row.timers.filter(fired_at__isnull=False, due_at__gte=received_at).exists()
            if is_private and self.case.row.version == row.version:
                assert [self._view(one) for one in others] == seen
            return True

    def _transition(self, name: str, command: str, payload: dict[str, Any], received_at: datetime) -> None:
        actor = self.case.people[name]
        about = {"dispute_id": self.case.id, "command": command, "payload": payload}
        transition(actor=actor, received_at=received_at, **about)

    def _told(self, command: str, payload: dict[str, Any]) -> User | None:
        """Of a question whether words may be released the party asked is told."""
        return User.objects.get(pk=payload["party"]) if command == "ask_release" else None


def live(examples: int, steps: int, *, derandomize: bool, phases: tuple[Phase, ...] = (Phase.generate,)) -> None:
    """So many lives of so many steps."""
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=derandomize,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_happens_the_case_holds(db: None) -> None:
    live(8, 12, derandomize=True)  # the same lives each time, so that a red run is everybody's


@pytest.mark.faults
def test_whatever_happens_the_case_holds_for_long(db: None) -> None:
    live(20, 40, derandomize=True)


@pytest.mark.soak
def test_whatever_happens_the_case_holds_for_hours(db: None) -> None:
    live(2_000, 60, derandomize=False, phases=(Phase.generate, Phase.shrink))
