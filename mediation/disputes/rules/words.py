"""The codes people choose among when they describe a case. Their words are with the forms."""

from enum import StrEnum


class Problem(StrEnum):
    """What the claim is about."""

    QUALITY = "quality"
    NOT_DELIVERED = "not_delivered"
    LATE = "late"
    SCOPE = "scope"
    PAYMENT = "payment"
    HOURS = "hours"
    OTHER = "other"


class Reason(StrEnum):
    """Why the other side does not accept the claim."""

    DISAGREE = "disagree"
    DELIVERED = "delivered"
    PARTLY = "partly"
    SCOPE = "scope"
    OTHER = "other"


class Asked(StrEnum):
    """What a request is for."""

    ANSWER = "answer"
    DOCUMENT = "document"
    DECISION = "decision"
