"""How a case stands, in the words of a ticket. The product decides; `closed` is never said (design: facts, 16)."""

TAG = "parley"
CLOSED = "closed"  # Zendesk's own: such a ticket takes nothing more, and another goes on from it
_STATUS = {
    "awaiting_response": "pending",
    "negotiating": "pending",
    "escalated": "open",
    "mediating": "open",
    "log_review": "open",
    "recommended": "pending",
    "settling": "pending",
    "executing": "hold",
    "non_resolution": "pending",
    "in_arbitration": "hold",
    "closed": "solved",
}


def status_of(state: str) -> str:
    """The ticket's status for a state of the case. Raises KeyError for a draft: that has no ticket."""
    return _STATUS[state]


def tags_of(state: str) -> frozenset[str]:
    """Our own tags. Those of others are never touched."""
    return frozenset({TAG, f"{TAG}_{state}"})


def is_ours(tag: str) -> bool:
    """Whether a tag is one that we set and take off."""
    return tag == TAG or tag.removeprefix(f"{TAG}_") in _STATUS
