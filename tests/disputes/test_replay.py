"""R-12 for cases: whatever is said to a case, what the page makes of the live events is what a fresh load shows.

The stories say every command that anybody is told of, so that each is carried out at least once; a new one without a
story fails.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.actions import add_identifier
from accounts.rules import IdentifierKind
from mediation.conversations.actions import files
from mediation.core import clock
from mediation.disputes.actions import firing, glass, payments, telling
from mediation.disputes.models import Notice
from mediation.disputes.rules.glass import Ground
from mediation.disputes.rules.states import State, Track
from mediation.events import catalogue
from mediation.events.models import Event
from tests.cast import Cast
from tests.conversations.test_replay import Watched, needs_node
from tests.disputes.cases import Case
from tests.disputes.ways import case_in

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PEOPLE = {
    "client": "client", "freelancer": "freelancer", "ana": "mediator", "priya": "agent", "sam": "senior",
    "sue": "supervisor",
}  # fmt: skip


def tell(case: Case, story: str, **fields: dict[str, Any]) -> None:
    """A line each: `who command`, `system command`, `+hours` with a sweep, `pay`, or the name of something prepared.

    `fields` are of single commands, by name.
    """
    now = BEGIN + timedelta(hours=1)
    for line in story.split("\n"):
        who, _, command = line.strip().partition(" ")
        now += timedelta(hours=int(who[1:])) if who.startswith("+") else timedelta(seconds=1)
        with clock.at(now):
            if who.startswith("+"):
                firing.sweep()
            elif who == "pay":
                payments.pay_out()
            elif who in PREPARED:
                PREPARED[who](case)
            elif who:
                actor = None if who == "system" else getattr(case.cast, PEOPLE[who])
                case.do(actor, command, **fields.get(command, {}))


def _hand_over_notices(case: Case) -> None:
    Notice.objects.update(handed_over_at=clock.now())


def _same_company(case: Case) -> None:
    for person in (case.cast.agent, case.cast.client):
        person.company = "Marsh & Sons"
        person.save(update_fields=["company"])


def _same_house(case: Case) -> None:
    """Sam is tied to the client, so that it is a colleague who ends the case."""
    for person in (case.cast.senior, case.cast.client):
        add_identifier(user=person, kind=IdentifierKind.ADDRESS, text="1, Harbour Street, London")


def _document(case: Case) -> None:
    thread = case.cast.thread("internal")
    files.upload(user=case.cast.senior, thread_id=thread.pk, file=SimpleUploadedFile("a.txt", b"So it is decided."))


def _look(case: Case) -> None:
    """Sue looks into the client's private talk; Sam is the second person."""
    cast, ground, party = case.cast, next(iter(Ground)), case.cast.client.pk
    asked = glass.ask(user=cast.supervisor, dispute_id=case.id, party_id=party, ground=ground, reason="A threat.")
    glass.approve(user=cast.senior, dispute_id=case.id, glass_id=asked.pk)
    glass.open_(user=cast.supervisor, dispute_id=case.id, glass_id=asked.pk)
    glass.end(user=cast.supervisor, dispute_id=case.id, glass_id=asked.pk)


def _tell_of_looks(case: Case) -> None:
    telling.sweep()


PREPARED: dict[str, Callable[[Case], None]] = {
    "notices": _hand_over_notices,
    "company": _same_company,
    "house": _same_house,
    "document": _document,
    "look": _look,
    "told": _tell_of_looks,
}

TALKS = """client make_offer
freelancer counter_offer
client decline_offer
client make_offer
client withdraw_offer
client make_offer
+31
freelancer make_offer
client ask_mediator
client cancel_ask
+73
company
priya disclose_conflict
client answer_disclosure
freelancer answer_disclosure
priya claim
priya release
ana claim
client withdraw"""

OVERRIDE = """company
priya disclose_conflict
sue override_conflict
priya claim"""

MEDIATION = """ana edit_issue
ana settle_issue
client state_position
client answer_evidence
ana make_request
client answer_request
ana make_request
ana withdraw_request
ana promise
ana keep_promise
ana begin_caucus
ana ask_release
client grant_release
ana ask_release
client refuse_release
ana end_caucus
freelancer decline_caucus
ana advance_phase
ana step_back
client cool_off
freelancer declare_absence
ana extend
sam hold
sam unhold
ana make_request
+5
system grant_outage
sue reassign
freelancer object_to_mediator
sam decide_objection
ana claim
client decline_mediation"""

BIDS = """ana open_bidding
client agree_to_bidding
freelancer agree_to_bidding
client bid
freelancer bid"""

SIGNING = """client ask_change
ana propose_text
+49
+49
ana propose_text
client accept_text
freelancer accept_text
pay
client ask_review
sue decide_review
sue reopen
sam void"""

RECOMMENDED = """client answer
freelancer answer"""

ARBITRATION = """client elect
client pay_share
freelancer elect
freelancer pay_share
document
sam enter_award
sue record_award
pay"""

DEFAULT = """+121
+49
notices
priya confirm_default
+25
pay"""

# Where a story begins, the story, and the fields of its commands.
STORIES: dict[str, tuple[State, Track, bool, str, dict[str, Any]]] = {
    "filed": (State.DRAFT, Track.ESCROW, True, "client file\nfreelancer decline", {}),
    "accepted in full": (State.AWAITING_RESPONSE, Track.ESCROW, True, "freelancer accept_full\npay", {}),
    "silence": (State.AWAITING_RESPONSE, Track.ESCROW, True, DEFAULT, {}),
    "talks": (State.NEGOTIATING, Track.ESCROW, True, TALKS, {}),
    "taken": (State.NEGOTIATING, Track.ESCROW, True, "freelancer make_offer\nclient accept_offer", {}),
    "override": (State.ESCALATED, Track.ESCROW, True, OVERRIDE, {}),
    "mediation": (State.MEDIATING, Track.ESCROW, True, MEDIATION, {}),
    "bids meet": (State.MEDIATING, Track.ESCROW, True, BIDS, {}),
    "bids miss": (State.MEDIATING, Track.ESCROW, True, BIDS, {"bid": None}),
    "overdue": (State.MEDIATING, Track.ESCROW, True, "+721\n+169\npriya confirm_no_arbitration\npay", {}),
    "second reader": (
        State.MEDIATING, Track.ESCROW, True,
        "ana close_evidence\nana draft_recommendation\nsam second_read\nana issue_recommendation", {},
    ),
    "impasse": (
        State.MEDIATING, Track.ESCROW, True,
        "client decline_mediation\nfreelancer decline_mediation\nana declare_impasse", {},
    ),
    "a look": (
        State.MEDIATING, Track.ESCROW, True,
        "ana begin_caucus\nana end_caucus\nfreelancer decline_caucus\nlook\nclient withdraw\ntold", {},
    ),
    "assigned": (State.ESCALATED, Track.ESCROW, True, "sue assign", {}),
    "a level up": (
        State.MEDIATING, Track.ESCROW, True,
        "system raise_level\nsam drop_level\nsystem raise_level\nsam take_level\nsam level_up\nsue take_safety",
        {"level_up": {"level": 6}},
    ),
    "signed": (State.MEDIATING, Track.ESCROW, True, "ana propose_text\n" + SIGNING, {}),
    "agreed": (State.RECOMMENDED, Track.ESCROW, True, RECOMMENDED, {}),
    "not agreed": (State.RECOMMENDED, Track.ESCROW, True, RECOMMENDED, {"answer": {"is_yes": False}}),
    "arbitration": (State.NON_RESOLUTION, Track.ESCROW, True, ARBITRATION, {}),
    "hours": (State.LOG_REVIEW, Track.HOURLY, True, "priya record_log_review\npay", {}),
    "voided": (State.MEDIATING, Track.ESCROW, True, "house\nsue void", {}),
    "helped": (State.MEDIATING, Track.ESCROW, False, "ana close_helped", {}),
    "attached": (State.MEDIATING, Track.ESCROW, False, "freelancer attach_claim", {}),
}  # fmt: skip


TOLD: dict[str, set[str]] = {}  # the types of events in each story that was told in this process


def told(cast: Cast, name: str) -> Watched:
    """Tell one story; returns what those had before their eyes, when it began, who are still there at its end."""
    state, track, has_claim, story, fields = STORIES[name]
    with clock.at(BEGIN):
        case = case_in(cast, state, track, has_claim=has_claim)
        there = [cast.mediator] if case.row.mediator_id == cast.mediator.pk else []
        watched = Watched(cast.room, cast.client, cast.freelancer, *there)
    if name == "bids miss":
        head, _, last = story.rpartition("\n")
        tell(case, head, bid={"release_minor": 1})
        tell(case, last, bid={"release_minor": 2})
    else:
        tell(case, story, **fields)
    if case.row.mediator_id != cast.mediator.pk:  # who has left has nothing before their eyes any more
        watched.starts.pop(cast.mediator, None)
    TOLD[name] = set(Event.objects.filter(type__startswith="dispute.").values_list("type", flat=True))
    return watched


@needs_node
@pytest.mark.parametrize("name", STORIES)
def test_the_page_follows_every_story(cast: Cast, name: str) -> None:
    told(cast, name).compare()


def test_every_command_that_anybody_is_told_of_is_in_a_story(cast: Cast) -> None:
    """And so each is carried out at least once."""
    for name in STORIES.keys() - TOLD.keys():
        with transaction.atomic():
            told(cast, name)
            transaction.set_rollback(True)
    ours = {name for name in catalogue.declared() if name.startswith("dispute.")}
    assert ours - set().union(*TOLD.values()) == set()
