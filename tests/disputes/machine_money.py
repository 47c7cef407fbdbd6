"""A part of the machine of `test_machine`: what is done to a milestone and its contract beside the case, what is picked
and said in private, and the time in which we were away.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.models import Milestone, Thread
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.actions import contracts, exhibits, ledger, milestones, outages
from mediation.disputes.models import AutoRelease, Heartbeat, LedgerEntry, Pick
from mediation.disputes.rules.guards.evidence import MOST_PICKS
from mediation.disputes.rules.milestones import OF_FREELANCER, Act
from mediation.disputes.rules.states import OPEN, State
from tests.disputes.cases import Case, everything

LUCK = st.integers(0, 2**31)
OVER = (Milestone.Status.RELEASED.value, Milestone.Status.REFUNDED.value)

if TYPE_CHECKING:

    class _Life:
        """What the parts use of the machine."""

        case: Case
        now: datetime

        def _dice(self, luck: int) -> random.Random: ...
else:
    _Life = object


class MoneyOfLife(_Life):
    """Acts on the milestone, what is picked for a claim, private words, and outages. What is refused leaves nothing."""

    # --- What people do --------------------------------------------------------------------------------------------
    @rule(luck=LUCK)
    def somebody_acts_on_the_milestone(self, luck: int) -> None:
        dice = self._dice(luck)
        act = dice.choice(list(Act))
        theirs = "respondent" if act in OF_FREELANCER else "filer"
        name = theirs if dice.random() < 0.8 else dice.choice(sorted(self.case.people))
        said = {"position": 3, "command_id": uuid4(), "note": dice.choice(["For a reason.", "For a reason.", " "])}
        self._try(name, milestones.act, act=act, **said)

    @rule(luck=LUCK)
    def somebody_ends_the_contract(self, luck: int) -> None:
        dice = self._dice(luck)
        if dice.random() < 0.3:
            name = dice.choice(sorted(self.case.people))
            self._try(name, contracts.end, command_id=uuid4(), reason="It is enough.")

    @rule(luck=LUCK)
    def the_writer_of_a_draft_picks_what_goes_with_it(self, luck: int) -> None:
        row, dice = self.case.row, self._dice(luck)
        if row.state != State.DRAFT:
            return
        who, about = self.case.cast.client, {"dispute_id": row.pk, "command_id": uuid4()}
        with clock.at(self.now):
            file = SimpleUploadedFile("plan.txt", b"The plan.\n")
            kept = exhibits.keep(user=who, dispute_id=row.pk, command="pick_evidence", file=file)
            for _ in range(dice.choice([1, 1, 2])):  # sent twice, it is picked once
                payload = {"kind": "file", "title": "The plan"}
                self._quietly(exhibits.pick_with_file, user=who, file_id=kept, payload=payload, **about)

    @rule(luck=LUCK)
    def somebody_writes_in_private(self, luck: int) -> None:
        """The mediator only while a talk with that side goes on."""
        dice, row = self._dice(luck), self.case.row
        side = dice.choice(["caucus_client", "caucus_freelancer"])
        thread = Thread.objects.filter(room=row.room_id, audience=side, is_main=True).first()
        if thread is None or row.mediator is None:
            return
        party = self.case.cast.client if side == "caucus_client" else self.case.cast.freelancer
        talks = row.caucuses.filter(party=party, began_at__isnull=False, ended_at__isnull=True).exists()
        said = Send(author_id=row.mediator_id, thread_id=thread.pk, client_id=uuid4(), body="Between us.")
        with clock.at(self.now):
            is_sent = self._quietly(send_message, said)
        assert is_sent == talks or row.state not in OPEN, "who speaks in private does so in a talk that both see"

    @rule(luck=LUCK)
    def we_are_away(self, luck: int) -> None:
        """An outage: no deadline of theirs, and nothing that is paid by itself, comes sooner for it."""
        dice = self._dice(luck)
        with clock.at(self.now):
            Heartbeat.objects.update_or_create(pk=1, defaults={"seen_at": self.now})
            before = self._due()
        self.now += timedelta(hours=dice.choice([1, 5, 30]))
        with clock.at(self.now):
            outages.note_reachable()
            outages.give_back()
            for key, due_at in self._due().items():
                assert due_at >= before.get(key, due_at), f"{key} came sooner"
            Heartbeat.objects.all().delete()  # no other silence of the machine is an outage

    # --- What must always hold -------------------------------------------------------------------------------------
    @invariant()
    def a_milestone_says_where_its_money_is(self) -> None:
        row = self.case.row
        found = Milestone.objects.filter(contract=row.room.contract_id).first()
        if found is None:
            return
        held = ledger.balance(found.contract_id, f"escrow:{found.pk}")
        if found.status in OVER:
            assert held == 0, f"{found.status}, and {held} are held for it"
        frozen = ledger.balance(found.contract_id, f"frozen:{row.pk.hex}")
        if frozen:
            assert found.status not in OVER, "a case decides about it"
        release = AutoRelease.objects.filter(milestone=found, due_at__isnull=False, released_at=None).first()
        if release is not None and row.state in OPEN - {State.DRAFT} and row.milestone_id == found.pk:
            raise AssertionError("it is paid by itself behind a case about it")
        if release is not None:
            assert not found.is_asked_back, "it is paid by itself while it is asked back"

    @invariant()
    def no_more_goes_back_than_came_in_and_none_than_was_paid(self) -> None:
        """Of the only milestone or week there is; shares of an arbitration are paid beside it."""
        client, freelancer, funded = moved_of_the_amount(self.case)
        assert 0 <= client <= funded, f"{client} went back to the client of {funded}"
        assert 0 <= freelancer <= funded, f"the freelancer has {freelancer} of {funded}"

    @invariant()
    def what_was_picked_waits_only_in_a_draft(self) -> None:
        picked = Pick.objects.filter(dispute=self.case.id).count()
        assert picked <= (MOST_PICKS if self.case.row.state == State.DRAFT else 0)

    @invariant()
    def at_most_one_private_talk_goes_on(self) -> None:
        running = self.case.row.caucuses.filter(began_at__isnull=False, ended_at__isnull=True)
        assert running.count() <= (1 if self.case.row.state == State.MEDIATING else 0)

    # --- Parts -----------------------------------------------------------------------------------------------------
    def _try(self, name: str, does: Callable[..., object], **said: Any) -> None:
        """Refused, it has left no trace."""
        person = self.case.people[name]
        if person is None:
            return
        self.now += timedelta(seconds=1)
        with clock.at(self.now):
            before = everything()
            if not self._quietly(does, user=person, room_id=self.case.row.room_id, **said):
                assert everything() == before, f"{said} was refused and left something behind"

    def _quietly(self, does: Callable[..., object], *args: Any, **said: Any) -> bool:
        try:
            does(*args, **said)
        except Refused:
            return False
        return True

    def _due(self) -> dict[str, Any]:
        running = self.case.row.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True)
        found = {f"{kind} {epoch}": due_at for kind, epoch, due_at in running.values_list("kind", "epoch", "due_at")}
        releases = AutoRelease.objects.filter(due_at__isnull=False, released_at__isnull=True)
        return found | {f"release {pk}": due_at for pk, due_at in releases.values_list("pk", "due_at")}


def given_back(case: Case) -> int:
    """What went back to the client outside of the case."""
    entries = LedgerEntry.objects.filter(account="client", key__startswith="given:")
    return sum(entries.filter(contract_id=case.row.room.contract_id).values_list("amount_minor", flat=True))


def moved_of_the_amount(case: Case) -> tuple[int, int, int]:
    """What the client and the freelancer have of what was funded, and how much that was."""
    entries = LedgerEntry.objects.filter(contract_id=case.row.room.contract_id)
    shares = entries.filter(account__startswith="arbitration:").values("key")
    found: Counter[str] = Counter()
    for account, amount in entries.exclude(key__in=shares).values_list("account", "amount_minor"):
        found[account] += amount
    return found["client"], found["freelancer"], -found["funding"]
