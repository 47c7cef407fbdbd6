"""One small case for the examples of the OpenAPI file."""

from typing import Any

from mediation.conversations.api.examples import AT, CID, CLIENT, CLIENT_CARD, FREELANCER_CARD, ROOM, THREAD

CASE = "8a7b6c5d-4e3f-4a2b-9c1d-0f1e2d3c4b5a"
MILESTONE = "4d5e6f7a-8b9c-4d0e-8f1a-2b3c4d5e6f7a"
ROW: dict[str, Any] = {
    "id": CASE,
    "number": 2001,
    "room": ROOM,
    "track": "A",
    "state": "awaiting_response",
    "phase": "",
    "outcome": "",
    "version": 1,
    "has_claim": True,
    "currency": "USD",
    "amount_minor": 220_000,
    "created_at": AT,
    "filed_at": AT,
    "closed_at": None,
}
STANDING = {
    "where": "awaiting_response",
    "stage": "claim",
    "phase": "",
    "ball": "respondent",
    "mine": False,
    "kind": "response",
    "due_at": AT,
    "otherwise": "grace_given",
    "on_hold": False,
}
LINE = {
    "kind": "response",
    "who": "respondent",
    "person": None,
    "due_at": AT,
    "was_due_at": None,
    "reason": "",
    "is_extension": False,
    "set_at": AT,
    "ended_at": None,
    "ended_how": "",
}
STATEMENT = {
    "author": CLIENT,
    "body": "The checkout fails on phones.",
    "wants": "My money back.",
    "reason": "",
    "updated_at": AT,
    "revealed_at": None,
}
VIEW: dict[str, Any] = ROW | {
    "contract": {"id": THREAD, "title": "Website redesign"},
    "milestone": {"id": MILESTONE, "title": "Checkout and launch", "position": 3, "amount_minor": 220_000},
    "week_starts": None,
    "is_low_value": False,
    "problem": "quality",
    "claimed_refund_minor": 220_000,
    "filer": CLIENT_CARD,
    "respondent": FREELANCER_CARD,
    "mediator": None,
    "asker": None,
    "role": "filer",
    "evidence_closed_at": None,
    "standing": STANDING,
    "ledger": [LINE],
    "filing": None,
    "statements": [STATEMENT],
    "issues": [],
    "evidence": [],
    "offers": [],
    "requests": [],
    "caucuses": [],
    "releases": [],
    "bidding": {"rounds": []},
    "recommendation": None,
    "agreement": None,
    "overlays": [],
    "money": {"held_minor": 220_000, "frozen_minor": 220_000, "settled_refund_minor": None, "instructions": []},
    "alternatives": [],
    "arbitration": [],
    "awards": [],
    "reviews": [],
    "objections": [],
    "disclosures": [],
    "conflict": None,
    "actions": [{"command": "withdraw", "allowed": True, "why_not": None}],
}
START = {"track": "A", "milestone_id": MILESTONE}
SAY = {
    "command_id": CID,
    "expected_version": 3,
    "refund_minor": 70_000,
    "release_minor": 150_000,
    "terms": ["The source files come by Friday."],
    "expires_at": AT,
}
SAID = {"dispute": CASE, "state": "negotiating", "version": 4, "repeated": False, "result": {"offer_id": MILESTONE}}
