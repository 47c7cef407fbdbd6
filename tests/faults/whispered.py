"""A case in the two worlds of S-01: what both sides see of it, and what is done about it behind closed doors."""

import random
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from mediation.conversations.models import Milestone
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.disputes.actions import claims, exhibits, glass, telling
from mediation.disputes.actions.transition import transition
from mediation.disputes.models import BreakGlass, Dispute, Release
from mediation.disputes.queries import glass as private
from mediation.disputes.rules.glass import Ground
from mediation.disputes.rules.states import State, Track
from tests.cast import Cast
from tests.disputes.funds import held

AMOUNT = 220_000
FIRST_NUMBER = 7_000_000_000
NUMBER = re.compile(r"\b7\D?\d{3}\D?\d{3}\D?\d{3}\b")
STAGES = (State.MEDIATING, State.RECOMMENDED, None)  # None: no case at all, and perhaps somebody's secret draft


@dataclass
class Whispered:
    """The case of a world, if it has one. `observer` and `other` are its parties."""

    cast: Cast
    observer: User
    other: User
    stage: State | None
    id: UUID | None = None

    def say(self, actor: User, command: str, **payload: Any) -> None:
        """A command; one that is refused is no part of the story."""
        if self.id is not None:
            transition(actor=actor, dispute_id=self.id, command=command, payload=payload)

    def try_to_say(self, actor: User, command: str, **payload: Any) -> None:
        """The same, where it may have been said already."""
        try:
            self.say(actor, command, **payload)
        except Refused:
            return

    @property
    def row(self) -> Dispute:
        return Dispute.objects.get(pk=self.id)


def begin(cast: Cast, observer: User, other: User, stage: State | None) -> Whispered:
    """Helen's claim about a milestone, brought to its stage in front of everyone; Ana mediates in any case."""
    case = Whispered(cast, observer, other, stage)
    milestone = Milestone.objects.create(
        contract=cast.room.contract, position=1, title="Launch", amount_minor=AMOUNT, status="funded"
    )
    held(milestone)
    if stage is None:
        cast.mediate()
        return case
    draft = claims.start_claim(user=cast.client, room_id=cast.room.pk, track=Track.ESCROW, milestone_id=milestone.pk)
    case.id = draft.pk
    claim = {"problem": "quality", "amount_minor": AMOUNT, "claimed_refund_minor": AMOUNT, "statement": "It fails."}
    case.say(cast.client, "edit_draft", **claim)
    # Cases are numbered over all rooms, and worlds are told side by side: numbers that nothing else can be taken for.
    Dispute.objects.filter(pk=case.id).update(number=FIRST_NUMBER + uuid4().int % 10**8)
    case.say(cast.client, "file")
    case.say(cast.freelancer, "decline", reason="disagree", statement="It works.")
    case.say(cast.client, "ask_mediator")
    case.say(cast.mediator, "claim")
    case.say(cast.mediator, "add_issue", title="Checkout on phones")
    for party in (cast.client, cast.freelancer):
        case.say(party, "confirm_issue", issue_id=case.row.issues.get().pk)
        case.say(party, "submit_evidence", kind="term", title="The contract", excerpt="Two rounds.")
    case.say(cast.mediator, "begin_caucus", party=observer.pk)
    case.say(cast.mediator, "end_caucus")
    if stage is State.RECOMMENDED:
        recommend(case)
    else:
        case.say(cast.mediator, "open_bidding")
        for party in (cast.client, cast.freelancer):
            case.say(party, "agree_to_bidding")
    return case


def recommend(case: Whispered) -> None:
    """A recommendation goes out to both."""
    case.try_to_say(case.other, "decline_caucus")
    case.say(case.cast.mediator, "close_evidence")
    case.say(case.cast.mediator, "draft_recommendation", **findings(case, "So it is."))
    case.say(case.cast.mediator, "issue_recommendation")


def findings(case: Whispered, text: str) -> dict[str, Any]:
    """Half for each, on the one issue."""
    row = case.row
    evidence = list(row.evidence.order_by("number").values_list("pk", flat=True))
    finding = {"issue_id": row.issues.get().pk, "text": text, "refund_minor": AMOUNT // 2, "evidence": evidence}
    return {"summary": text, "refund_minor": AMOUNT // 2, "release_minor": AMOUNT // 2, "findings": [finding]}


def joint_step(case: Whispered, dice: random.Random) -> None:
    """Something about the case that both sides see."""
    if case.stage is not State.MEDIATING:
        return
    refund = dice.randrange(AMOUNT)
    kind = dice.choice(["offer", "position", "request", "phase", "talk", "talk"])
    party = dice.choice([case.cast.client, case.cast.freelancer])
    if kind == "offer":
        expires_at = clock.now() + timedelta(days=3)
        sums = {"refund_minor": refund, "release_minor": AMOUNT - refund}
        case.say(party, "make_offer", expires_at=expires_at, terms=[], note="", **sums)
    elif kind == "position":
        case.say(party, "state_position", issue_id=case.row.issues.get().pk, text=f"My view {refund}.")
    elif kind == "request":
        ask = {"kind": "document", "text": "The contract?", "due_at": clock.now() + timedelta(days=2)}
        case.say(case.cast.mediator, "make_request", asked_of=party.pk, **ask)
    elif kind == "talk":
        # Whose turn it is does not depend on what is said in the talks, nor on who does without one.
        if case.row.caucuses.filter(began_at__isnull=False, ended_at__isnull=True).exists():
            case.say(case.cast.mediator, "end_caucus")
        else:
            case.say(case.cast.mediator, "begin_caucus", party=party.pk)
    else:
        case.try_to_say(case.cast.mediator, "advance_phase")


def closed_step(case: Whispered, dice: random.Random) -> None:
    """Something that the observer must have no way to know of."""
    canary = f"canary {uuid4().hex}"
    if case.stage is None:
        milestone = Milestone.objects.get(contract=case.cast.room.contract)
        room = case.cast.room.pk
        draft = claims.start_claim(user=case.other, room_id=room, track=Track.ESCROW, milestone_id=milestone.pk)
        _draft_step(case, draft, dice, canary)
    elif dice.random() < 0.35:
        _look_step(case, dice, canary)
    elif case.stage is State.RECOMMENDED:
        case.say(case.other, "answer", is_yes=dice.random() < 0.5)
    else:
        _private_step(case, dice.choice(PRIVATE), canary)


def _look_step(case: Whispered, dice: random.Random, canary: str) -> None:
    """Sue and Sam break the glass of either side's private talk; also the observer learns nothing of their own."""
    sue, sam = case.cast.supervisor, case.cast.senior
    look = BreakGlass.objects.filter(dispute=case.id, ended_at=None).order_by("asked_at").first()
    if look is None:
        why = {"ground": Ground.CONDUCT, "reason": canary, "party_id": dice.choice([case.observer, case.other]).pk}
        glass.ask(user=sue, dispute_id=case.row.pk, **why)
    else:
        about: dict[str, Any] = {"dispute_id": case.id, "glass_id": look.pk}
        if look.is_approved is None:
            (glass.approve if dice.random() < 0.8 else glass.refuse)(user=sam, note=canary, **about)
        elif look.opened_at is None:
            glass.open_(user=sue, **about)
        else:
            assert private.talk(user=sue, **about).shown
            if dice.random() < 0.5:
                glass.end(user=sue, **about)
    telling.sweep()


def _draft_step(case: Whispered, draft: Dispute, dice: random.Random, canary: str) -> None:
    """The other writes at a claim, chooses what shows it, takes that away, throws the claim away."""
    kind = dice.choice(["edit_draft", "edit_draft", "pick_evidence", "pick_evidence", "file", "drop_pick", "discard"])
    about = {"kind": "term", "title": canary, "excerpt": canary}
    payload: dict[str, Any] = {
        "edit_draft": {"problem": "other", "statement": canary, "amount_minor": dice.randrange(AMOUNT)},
        "pick_evidence": about,
    }.get(kind, {})
    if kind == "file":
        file = SimpleUploadedFile("plan.txt", canary.encode(), "text/plain")
        said = {"kind": "file", "title": canary}
        kept = exhibits.keep(user=case.other, dispute_id=draft.pk, command="pick_evidence", file=file)
        exhibits.pick_with_file(user=case.other, dispute_id=draft.pk, file_id=kept, payload=said, command_id=uuid4())
        return
    if kind == "drop_pick":
        pick = draft.picks.first()
        if pick is None:
            return
        payload = {"pick_id": pick.pk}
    transition(actor=case.other, dispute_id=draft.pk, command=kind, payload=payload)


LADDER = ("level", "safety", "no level")
PRIVATE = ("bid", "release", "refuse", "draft", "read", "no need", "no talk", *LADDER)


def _private_step(case: Whispered, kind: str, canary: str) -> None:
    mediator, other = case.cast.mediator, case.other
    if kind == "bid":
        case.try_to_say(other, "bid", release_minor=AMOUNT // 3)
    elif kind == "release":
        case.try_to_say(mediator, "ask_release", party=other.pk, text=canary, question=f"May I share this? {canary}")
    elif kind == "refuse":
        asked = Release.objects.filter(dispute=case.id, decided_at=None).order_by("asked_at").first()
        if asked is not None:
            case.say(other, "refuse_release", release_id=asked.pk)
    elif kind == "draft":
        case.say(mediator, "draft_recommendation", **findings(case, canary))
    elif kind == "read":
        case.try_to_say(case.cast.senior, "second_read")
    elif kind in LADDER:
        _ladder_step(case, kind, canary)
    elif kind == "no need":
        case.say(other, "decline_mediation")
    else:
        case.try_to_say(other, "decline_caucus")


def _ladder_step(case: Whispered, kind: str, canary: str) -> None:
    """Upwork's levels, of which neither side learns."""
    mediator = case.cast.mediator
    if kind == "level":
        case.try_to_say(mediator, "level_up", level=4, reason=canary)
        case.try_to_say(mediator, "level_up", level=6, reason=canary)
    elif kind == "safety":
        case.try_to_say(case.cast.supervisor, "take_safety")
    else:
        case.try_to_say(mediator, "drop_level", reason=canary)


def addresses(case: Whispered) -> list[str]:
    """Every address of the case and of the room's cases."""
    room = case.cast.room.pk
    found = [f"/api/rooms/{room}/disputes/", f"/rooms/{room}/case/", "/help/workflow/"]
    found += [f"/rooms/{room}/claim/", f"/rooms/{room}/claim/evidence/"]
    if case.id is not None:
        found += [f"/api/disputes/{case.id}/looks/", f"/cases/{case.id}/looks/", "/looks/"]
        found += [f"/api/disputes/{case.id}/", f"/cases/{case.id}/file/", f"/cases/{case.id}/file.json"]
        found += [f"/cases/{case.id}/do/{command}/" for command in ("withdraw", "bid", "answer", "make_offer")]
    return found


def answers_to_commands(case: Whispered) -> list[tuple[str, dict[str, Any]]]:
    """Commands of the observer's, said at the very end, whose answers must be the same: also a refusal, a number, a
    version, an id tell something.
    """
    if case.id is None:
        return []
    at = f"/api/disputes/{case.id}/commands/"
    sums = {"refund_minor": 1, "release_minor": AMOUNT - 1, "expires_at": "2026-03-06T09:00:00.000Z"}
    said: list[tuple[str, dict[str, Any]]] = [
        (f"{at}claim/", {}),
        (f"{at}withdraw_offer/", {"offer_id": str(uuid4())}),
        (f"{at}grant_release/", {"release_id": str(uuid4())}),
        (f"{at}declare_absence/", {"days": 99}),
        (f"{at}second_read/", {}),
    ]
    if case.stage is State.MEDIATING:
        said.append((f"{at}make_offer/", {"command_id": str(uuid4()), "expected_version": case.row.version, **sums}))
    return said
