"""Offers and counter-offers: at most one open on each side, at most one ever accepted."""

from django.db.models import Max, QuerySet

from mediation.disputes.actions import timers
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import Offer
from mediation.disputes.rules.deadlines import Kind

Status = Offer.Status


@effect("make_offer")
def make_offer(step: Step) -> None:
    """A new offer takes the place of the maker's own open one."""
    _end(step, step.dispute.offers.filter(made_by=step.person, status=Status.OPEN.value), Status.SUPERSEDED)
    _make(step, None)


@effect("counter_offer")
def counter_offer(step: Step) -> None:
    """An answer with other numbers: the first offer is closed by it."""
    answered = step.dispute.offers.get(pk=step.payload["offer_id"])
    _end(step, step.dispute.offers.filter(pk=answered.pk), Status.COUNTERED)
    _end(step, step.dispute.offers.filter(made_by=step.person, status=Status.OPEN.value), Status.SUPERSEDED)
    _make(step, answered)


@effect("decline_offer")
def decline_offer(step: Step) -> None:
    _answer(step, Status.DECLINED)
    if why := step.payload.get("reason", ""):
        step.dispute.offers.filter(pk=step.payload["offer_id"]).update(declined_why=why)
        step.record |= {"reason": why}


@effect("withdraw_offer")
def withdraw_offer(step: Step) -> None:
    _answer(step, Status.WITHDRAWN)


@effect("expire_offer")
def expire_offer(step: Step) -> None:
    """Every offer whose time is over; the next open one gets the timer."""
    over = step.dispute.offers.filter(status=Status.OPEN.value, expires_at__lte=step.now)
    step.line |= {"numbers": list(over.values_list("number", flat=True))}
    _end(step, over, Status.EXPIRED)


@effect("close_offers")
def close_offers(step: Step) -> None:
    _end(step, step.dispute.offers.filter(status=Status.OPEN.value), Status.SUPERSEDED)


@effect("take_offer")
def take_offer(step: Step) -> None:
    """The split that both want from here on. Other open offers fall away."""
    offer = step.dispute.offers.get(pk=step.payload["offer_id"])
    _answer(step, Status.ACCEPTED)
    close_offers(step)
    step.set(settled_refund_minor=offer.refund_minor)
    step.payload |= {"terms": offer.terms, "source": f"offer:{offer.number}"}


def _make(step: Step, answers: Offer | None) -> None:
    newest = step.dispute.offers.aggregate(newest=Max("number"))["newest"] or 0
    offer = Offer.objects.create(
        dispute=step.dispute,
        number=newest + 1,
        made_by=step.person,
        refund_minor=step.payload["refund_minor"],
        release_minor=step.payload["release_minor"],
        terms=step.payload.get("terms", []),
        note=step.payload.get("note", ""),
        answers=answers,
        made_at=step.now,
        expires_at=step.payload["expires_at"],
    )
    _arm_next(step)
    step.line |= _sums(offer)
    step.record |= _sums(offer) | {"terms": offer.terms, "expires_at": offer.expires_at.isoformat()}
    step.result |= {"offer_id": str(offer.pk)}


def _answer(step: Step, status: Offer.Status) -> None:
    offers = step.dispute.offers.filter(pk=step.payload["offer_id"])
    step.line |= _sums(offers.get())
    _end(step, offers, status)


def _end(step: Step, offers: QuerySet[Offer], status: Offer.Status) -> None:
    offers.update(status=status.value, ended_at=step.now)
    _arm_next(step)


def _arm_next(step: Step) -> None:
    """One timer for all offers of the case, due with the first of them."""
    first = step.dispute.offers.filter(status=Status.OPEN.value).order_by("expires_at").first()
    if first is None:
        timers.stop(step.dispute, Kind.OFFER, at=step.now)
    else:
        who = "respondent" if first.made_by_id == step.dispute.filer_id else "filer"
        timers.arm(step.dispute, Kind.OFFER, first.expires_at, who=who, at=step.now)


def _sums(offer: Offer) -> dict[str, object]:
    return {
        "offer": str(offer.pk),
        "number": offer.number,
        "refund_minor": offer.refund_minor,
        "release_minor": offer.release_minor,
        "currency": offer.dispute.currency,
    }
