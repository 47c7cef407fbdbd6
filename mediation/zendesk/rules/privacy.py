"""Who in Zendesk may read what: one table. What is not in it is refused, and a private talk has no word for itself."""

from enum import StrEnum


class Visibility(StrEnum):
    """Where something that goes to a ticket was said. There is none for a private talk: it cannot be written down."""

    JOINT = "joint"
    NOTE = "note"


class TicketKind(StrEnum):
    """What a ticket is of."""

    DISPUTE = "dispute"


class NotForZendesk(Exception):
    """It never leaves: said in a private talk, or of a pair that nobody has decided."""


_OF_AUDIENCE = {"joint": Visibility.JOINT, "internal": Visibility.NOTE}
# (visibility, kind, whether the setting makes what both parties read public) → whether the comment is public
_PUBLIC = {
    (Visibility.JOINT, TicketKind.DISPUTE, False): False,
    (Visibility.JOINT, TicketKind.DISPUTE, True): True,
    (Visibility.NOTE, TicketKind.DISPUTE, False): False,
    (Visibility.NOTE, TicketKind.DISPUTE, True): False,
}


def visibility_of(audience: str) -> Visibility:
    """Of a thread's audience. Raises NotForZendesk."""
    try:
        return _OF_AUDIENCE[audience]
    except KeyError:
        raise NotForZendesk(audience) from None


def is_public(visibility: Visibility, kind: TicketKind, *, joint_is_public: bool) -> bool:
    """Whether the comment is public on the ticket. Raises NotForZendesk."""
    try:
        return _PUBLIC[visibility, kind, joint_is_public]
    except KeyError:
        raise NotForZendesk(f"{visibility} on {kind}") from None
