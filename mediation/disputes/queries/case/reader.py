"""A case that was loaded whole, and who reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import User
from mediation.core.clock import iso
from mediation.disputes import audience
from mediation.disputes.models import Award, Disclosure, Dispute, Evidence, LevelAsk, Pick, Recommendation
from mediation.disputes.rules import visibility
from mediation.disputes.rules.states import State
from mediation.disputes.rules.visibility import Thing, Viewer

ALWAYS = ("statements", "deadlines", "timers", "overlays", "offers", "requests", "notices", "agreements__acceptances",
          "instructions", "issues__positions")  # fmt: skip
# What can only be there once somebody has come to mediate.
MEDIATED = ("bid_rounds__bids", "recommendations__findings__cited", "recommendations__answers", "releases",
            "caucuses", "objections", "promises")  # fmt: skip
# What can only be there when the parties did not agree, or after the close.
LAST = ("arbitration_steps", "reviews")
EARLY = frozenset({State.DRAFT.value, State.AWAITING_RESPONSE.value})
LATE = frozenset({State.NON_RESOLUTION.value, State.IN_ARBITRATION.value, State.EXECUTING.value, State.CLOSED.value})


@dataclass(frozen=True, slots=True)
class Reader:
    """A person before a case."""

    dispute: Dispute
    person: User
    viewers: frozenset[Viewer]
    now: datetime

    @property
    def is_party(self) -> bool:
        """Whether it is the client or the freelancer of the case."""
        return bool(self.viewers & {Viewer.FILER, Viewer.OTHER})

    @property
    def is_mediator(self) -> bool:
        return Viewer.MEDIATOR in self.viewers

    @property
    def is_senior(self) -> bool:
        return Viewer.SENIOR in self.viewers

    def reads(self, thing: Thing) -> bool:
        """Whether they read what such a thing says."""
        return visibility.reads(thing, self.viewers)

    def is_mine(self, person_id: UUID | None) -> bool:
        return person_id == self.person.pk


def load(dispute: Dispute) -> Dispute:
    """The case with everything that hangs on it, in about as many queries as there are kinds of things."""
    lookups: list[str | Prefetch] = [*ALWAYS]
    disclosures = Disclosure.objects.select_related("agent")
    lookups.append(_none_of(dispute, "disclosures") if dispute.state in EARLY else Prefetch("disclosures", disclosures))
    asks = LevelAsk.objects.select_related("asked_by", "taken_by")
    lookups.append(_none_of(dispute, "level_asks") if dispute.state in EARLY else Prefetch("level_asks", asks))
    lookups.append(Prefetch("evidence", Evidence.objects.select_related("message", "attachment__message")))
    picks = Pick.objects.select_related("message", "attachment__message")
    is_draft = dispute.state == State.DRAFT.value
    lookups.append(Prefetch("picks", picks) if is_draft else _none_of(dispute, "picks"))
    if dispute.state in EARLY:
        lookups += [_none_of(dispute, name) for name in _own(MEDIATED)]
    else:
        lookups += [signed_recommendations(), *MEDIATED]
    if dispute.state in LATE or dispute.reopenings:
        lookups += [*LAST, Prefetch("awards", Award.objects.select_related("document"))]
    else:
        lookups += [_none_of(dispute, name) for name in (*LAST, "awards")]
    prefetch_related_objects([dispute], *lookups)
    return dispute


def signed_recommendations() -> Prefetch:
    """The recommendations with who wrote each; to be named before what hangs on them."""
    return Prefetch("recommendations", Recommendation.objects.select_related("author"))


def _none_of(dispute: Dispute, name: str) -> Prefetch:
    """Nothing of a kind that cannot be there yet, without asking."""
    return Prefetch(name, getattr(dispute, name).none())


def _own(lookups: Iterable[str]) -> list[str]:
    """The case's own part of each, once."""
    return list(dict.fromkeys(name.partition("__")[0] for name in lookups))


def reader(dispute: Dispute, person: User, now: datetime) -> Reader:
    """The person before the case; the case should be loaded."""
    return Reader(dispute, person, audience.viewers(dispute, person), now)


def moment(value: datetime | None) -> str | None:
    """A moment as text, or None."""
    return iso(value) if value else None


def text(value: UUID | None) -> str | None:
    """An id as text, or None."""
    return str(value) if value else None
