"""A case in any state, on any track, with or without a claim; what to say to it, and all that is stored of it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps

from accounts.models import User
from mediation.conversations.models import Attachment, Contract, HelpRequest, Member, Message, Milestone, Thread
from mediation.core import clock
from mediation.disputes.actions.transition import Result, transition
from mediation.disputes.models import Dispute, LedgerEntry
from mediation.disputes.queries.chains import breaks
from mediation.events.models import Event
from tests.cast import Cast
from tests.disputes.stories import ANSWER

AMOUNT = 220_000
SUMS = [0, 1, 30_000, AMOUNT // 2, AMOUNT - 1, AMOUNT, AMOUNT + 1]


@dataclass
class Case:
    """A dispute with everybody who could have anything to do with it."""

    cast: Cast
    id: UUID

    @property
    def row(self) -> Dispute:
        """As it is stored now."""
        return Dispute.objects.select_related("room").get(pk=self.id)

    @property
    def people(self) -> dict[str, User | None]:
        """By what they are; nobody is the system."""
        cast = self.cast
        return {
            "filer": cast.client,
            "respondent": cast.freelancer,
            "mediator": cast.mediator,
            "agent": cast.agent,
            "senior": cast.senior,
            "supervisor": cast.supervisor,
            "system": None,
            "admin": cast.admin,
            "qa": cast.qa,
            "outsider": cast.outsider,
        }

    def say(self, actor: User | None, command: str, **payload: Any) -> Result:
        """One command, with its payload as it is."""
        return transition(actor=actor, dispute_id=self.id, command=command, payload=payload)

    def do(self, actor: User | None, command: str, **fields: Any) -> Result:
        """One command, with a payload that suits the case, except for these fields."""
        return self.say(actor, command, **payload_for(self, command, actor) | fields)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All that is stored of cases, and in the rooms they are in. Names change whenever anything does."""
    of_rooms = [Event, Message, Thread, HelpRequest, Member, Milestone, Contract]
    models = [*apps.get_app_config("disputes").get_models(), *of_rooms]
    return {model._meta.label: list(model.objects.order_by("pk").values_list()) for model in models}


def check_chains(dispute_id: UUID) -> None:
    """Every chain of the case holds, from its beginning to an end that agrees with what was said."""
    assert list(breaks(Dispute.objects.get(pk=dispute_id))) == []


# --- What to say ---------------------------------------------------------------------------------------------------
def payload_for(case: Case, command: str, actor: User | None) -> dict[str, Any]:
    """Something that could be said now, of what is there; where nothing is, of something that never was."""
    make = PAYLOADS.get(command)
    return make(case, actor) if make else {"reason": "For a reason."}


def _split(refund: int = 50_000) -> dict[str, Any]:
    return {"refund_minor": refund, "release_minor": AMOUNT - refund}


def _offer(case: Case, actor: User | None, *, mine: bool) -> dict[str, Any]:
    found = case.row.offers.filter(status="open").order_by("number")
    found = found.filter(made_by=actor) if mine else found.exclude(made_by=actor)
    one = found.first()
    return {"offer_id": one.pk if one else uuid4(), "offer_version": one.version if one else 1}


def _expires(hours: int = 30) -> dict[str, Any]:
    return {"expires_at": clock.now() + timedelta(hours=hours), "terms": ["Done by Friday"]}


def _first(rows: Any, name: str, order: str, **fields: Any) -> dict[str, Any]:
    one = rows.filter(**fields).order_by(order).first()
    return {name: one.pk if one else uuid4()}


def _issue(case: Case, actor: User | None) -> dict[str, Any]:
    return _first(case.row.issues, "issue_id", "position") | {"title": "A point", "text": "My view.", "status": "open"}


def _request(case: Case, actor: User | None) -> dict[str, Any]:
    mine = {"asked_of": actor} if actor in (case.cast.client, case.cast.freelancer) else {}
    return _first(case.row.requests, "request_id", "asked_at", answered_at=None, withdrawn_at=None, **mine)


def _release(case: Case, actor: User | None) -> dict[str, Any]:
    return _first(case.row.releases, "release_id", "asked_at", decided_at=None, party=actor)


def _others_evidence(case: Case, actor: User | None) -> dict[str, Any]:
    one = case.row.evidence.exclude(submitted_by=actor).order_by("number").first()
    return {"evidence_id": one.pk if one else uuid4(), "status": "acknowledged"}


def _text(case: Case, actor: User | None) -> dict[str, Any]:
    one = case.row.agreements.filter(void_at__isnull=True).first()
    return {"sha256": one.sha256 if one else "0" * 64, "password_is_fresh": True}


def _recommendation(case: Case, actor: User | None) -> dict[str, Any]:
    evidence = list(case.row.evidence.values_list("pk", flat=True))
    issues = list(case.row.issues.values_list("pk", flat=True))
    findings = [
        {"issue_id": issue, "text": "So it is.", "refund_minor": 0 if number else 50_000, "evidence": evidence}
        for number, issue in enumerate(issues)
    ]
    return _split() | {"summary": "Share it.", "findings": findings}


def _award(case: Case, actor: User | None) -> dict[str, Any]:
    file = Attachment.objects.filter(thread__room=case.row.room_id, thread__audience="internal").first()
    return _split() | {"file_id": file.pk if file else uuid4()}


def _party(case: Case) -> UUID:
    return case.cast.client.pk


PAYLOADS: dict[str, Callable[[Case, User | None], dict[str, Any]]] = {
    "edit_draft": lambda case, actor: {"problem": "quality", "statement": "It fails.", "amount_minor": AMOUNT},
    "pick_evidence": lambda case, actor: {"kind": "term", "title": "The contract", "excerpt": "Two rounds."},
    "drop_pick": lambda case, actor: _first(case.row.picks, "pick_id", "position"),
    "decline": lambda case, actor: dict(ANSWER),
    "ask_mediator": lambda case, actor: {"note": "Please help."},
    "attach_claim": lambda case, actor: {
        "problem": "quality", "statement": "It fails.", "amount_minor": AMOUNT, "claimed_refund_minor": AMOUNT,
        "milestone_id": Milestone.objects.filter(contract=case.cast.room.contract).values_list("pk", flat=True).first(),
    },
    "level_up": lambda case, actor: {"level": 4, "reason": "She wants more than I may decide."},
    "raise_level": lambda case, actor: {"level": 4, "why": "breach"},
    "disclose_conflict": lambda case, actor: {"text": "We work for the same company."},
    "answer_disclosure": lambda case, actor: {"is_yes": True},
    "claim": lambda case, actor: {"override_reason": ""},
    "assign": lambda case, actor: {"agent_id": case.cast.agent.pk},
    "release": lambda case, actor: {"brief": "They agree on half of it."},
    "reassign": lambda case, actor: {"brief": "They agree on half of it.", "agent_id": case.cast.agent.pk},
    "reopen": lambda case, actor: {"reason": "Not kept.", "terms_not_kept": True, "agent_id": case.cast.agent.pk},
    "answer": lambda case, actor: {"is_yes": True},
    "record_log_review": lambda case, actor: {"slots": [{"amount_minor": 20_000, "is_upheld": False}]},
    "accept_offer": lambda case, actor: _offer(case, actor, mine=False),
    "decline_offer": lambda case, actor: _offer(case, actor, mine=False),
    "counter_offer": lambda case, actor: _offer(case, actor, mine=False) | _split(40_000) | _expires(),
    "make_offer": lambda case, actor: _split(60_000) | _expires(),
    "withdraw_offer": lambda case, actor: _offer(case, actor, mine=True),
    "bids_match": lambda case, actor: _split() | {"source": "bids"},
    "bids_missed": lambda case, actor: {"round": 1},
    "propose_text": lambda case, actor: _split() | {"terms": ["Done by Friday"]},
    "accept_text": _text,
    "add_issue": _issue,
    "edit_issue": _issue,
    "settle_issue": _issue,
    "state_position": _issue,
    "confirm_issue": _issue,
    "submit_evidence": lambda case, actor: {"kind": "term", "title": "The contract", "excerpt": "Two rounds."},
    "answer_evidence": _others_evidence,
    "make_request": lambda case, actor: {
        "asked_of": _party(case), "kind": "document", "text": "The contract?",
        "due_at": clock.now() + timedelta(days=1),
    },
    "answer_request": lambda case, actor: _request(case, actor) | {"text": "Here it is."},
    "withdraw_request": _request,
    "promise": lambda case, actor: {"text": "An answer to both of you.", "due_at": clock.now() + timedelta(days=1)},
    "keep_promise": lambda case, actor: _first(case.row.promises, "promise_id", "made_at", kept_at=None),
    "begin_caucus": lambda case, actor: {"party": _party(case)},
    "ask_release": lambda case, actor: {"party": _party(case), "text": "The 24th matters.", "question": "May I?"},
    "grant_release": _release,
    "refuse_release": _release,
    "bid": lambda case, actor: {"release_minor": 150_000},
    "draft_recommendation": _recommendation,
    "enter_award": _award,
    "record_award": _award,
    "decide_review": lambda case, actor: {"is_upheld": True, "reason": "It was not read."},
    "decide_objection": lambda case, actor: {"is_upheld": True, "reason": "To be safe."},
    "cool_off": lambda case, actor: {"hours": 12},
    "declare_absence": lambda case, actor: {"days": 2},
    "grant_outage": lambda case, actor: {"began_at": clock.now() - timedelta(hours=2), "ended_at": clock.now()},
    "extend": lambda case, actor: {"hours": 24, "reason": "They need it."},
}  # fmt: skip


def ledger_sum() -> int:
    """Over all accounts: money is moved and never made."""
    return sum(LedgerEntry.objects.values_list("amount_minor", flat=True))


def other_words(case: Case, command: str, dice: random.Random) -> dict[str, Any]:
    """Other sums, sides and answers than the usual ones, some of them wrong."""
    if command == "attach_claim":
        return {"amount_minor": dice.choice([AMOUNT, AMOUNT, AMOUNT // 2, AMOUNT + 1])}
    if command in {"begin_caucus", "ask_release"}:
        return {"party": dice.choice([case.cast.client.pk, case.cast.freelancer.pk])}
    if command in {"make_offer", "counter_offer", "propose_text"}:
        refund = dice.choice(SUMS)
        return {"refund_minor": refund, "release_minor": AMOUNT - refund + dice.choice([0, 0, 0, 1])}
    words: dict[str, dict[str, Any]] = {
        "bid": {"release_minor": dice.choice(SUMS)},
        "answer": {"is_yes": dice.random() < 0.7},
        "decide_review": {"is_upheld": dice.random() < 0.5},
        "decide_objection": {"is_upheld": dice.random() < 0.5},
    }
    return words.get(command, {})
