"""One text, two acceptances, and then the money."""

from datetime import timedelta

import orjson
from django.db.models import Max

from mediation.disputes.actions import holdings, timers
from mediation.disputes.actions.effects import mediation, times
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import Agreement, Instruction, Offer
from mediation.disputes.queries.holdings import refunded
from mediation.disputes.rules import agreement as rules
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.money import Split, check_split
from mediation.disputes.rules.states import State, Track

PARTIES = 2
RESUMED = {
    State.AWAITING_RESPONSE: Kind.RESPONSE,
    State.NEGOTIATING: Kind.TALKS,
    State.MEDIATING: Kind.MEDIATION,
    State.NON_RESOLUTION: Kind.ELECTION,
}


@effect("write_agreement")
def write_agreement(step: Step) -> None:
    """The next version of the text, from what was agreed. An earlier one is void."""
    dispute = step.dispute
    if "refund_minor" in step.payload:
        step.set(settled_refund_minor=step.payload["refund_minor"])
    _void_text(step)
    newest = dispute.agreements.aggregate(newest=Max("version"))["newest"] or 0
    client, freelancer = dispute.filer, dispute.respondent
    if not dispute.filer_is_client:
        client, freelancer = freelancer, client
    text = rules.Text(
        dispute=str(dispute.pk),
        number=dispute.number or 0,
        client=client.name,
        freelancer=freelancer.name,
        contract=dispute.room.contract.title,
        currency=dispute.currency,
        amount_minor=dispute.amount_minor,
        refund_minor=dispute.settled_refund_minor or 0,
        release_minor=dispute.amount_minor - (dispute.settled_refund_minor or 0),
        terms=tuple(step.payload.get("terms", ())),
        source=str(step.payload.get("source", step.row.command)),
        version=newest + 1,
    )
    Agreement.objects.create(
        dispute=dispute,
        version=text.version,
        reopenings=dispute.reopenings,
        template=rules.TEMPLATE,
        params=orjson.loads(rules.canonical(text)),
        sha256=rules.fingerprint(text),
        written_at=step.now,
    )
    step.line |= {"agreement": text.version}
    step.record |= {"agreement": text.version, "sha256": rules.fingerprint(text)}


@effect("void_agreement")
def void_agreement(step: Step) -> None:
    """Any change voids both acceptances, because it is another text; the offer that was taken no longer stands."""
    _void_text(step)
    taken = step.dispute.offers.filter(status=Offer.Status.ACCEPTED.value)
    taken.update(status=Offer.Status.SUPERSEDED.value, ended_at=step.now)
    step.set(settled_refund_minor=None)


@effect("start_sign_time")
def start_sign_time(step: Step) -> None:
    _arm(step)


@effect("rearm_sign_time")
def rearm_sign_time(step: Step) -> None:
    _arm(step)


@effect("resume_time")
def resume_time(step: Step) -> None:
    """Back where the case came from, with what was left of that time: a text that nobody signs wins no time. It is
    never less than the time to sign, so that nobody is thrown from a text into the end. Where the time was over before
    there was a text, it is over still.
    """
    timers.stop(step.dispute, Kind.SIGN, at=step.now)
    if step.dispute.state == State.ESCALATED.value:
        mediation.queue(step)
        return
    if step.dispute.is_overdue:
        return
    kind = RESUMED[State(step.dispute.state)]
    due = step.now + max(timers.left(step.dispute, kind), timedelta(hours=step.terms.sign_hours))
    if kind is Kind.TALKS:
        due = times.talks_capped(step, due)
    timers.arm(step.dispute, kind, due, who="respondent" if kind is Kind.RESPONSE else "both", at=step.now)


@effect("sign")
def sign(step: Step) -> None:
    """This party accepts exactly this fingerprint. Accepting again changes nothing."""
    current = step.dispute.agreements.get(void_at__isnull=True)
    current.acceptances.get_or_create(party=step.actor, defaults={"sha256": current.sha256, "at": step.now})
    step.line |= {"agreement": current.version}
    step.record |= {"sha256": current.sha256}


@effect("execute_if_both_signed")
def execute_if_both_signed(step: Step) -> None:
    current = step.dispute.agreements.get(void_at__isnull=True)
    if current.acceptances.filter(sha256=current.sha256).count() == PARTIES:
        step.then.append(("both_signed", {}))


@effect("instruct")
def instruct(step: Step) -> None:
    """Tell the ledger what to move. An instruction is given once; the worker carries it out and says so.

    Raises MoreThanTheyHave for money that the freelancer does not have: nothing is decided with it then.
    """
    dispute = step.dispute
    refund = dispute.settled_refund_minor or 0
    split = Split(refund, dispute.amount_minor - refund)
    check_split(split, dispute.amount_minor)
    for kind, amount in _to_move(split, refunded(dispute)):
        if amount:
            if kind is Instruction.Kind.REFUND and dispute.track != Track.ESCROW.value:
                holdings.check_back(dispute, amount)
            Instruction.objects.get_or_create(
                dispute=dispute,
                kind=kind.value,
                batch=dispute.reopenings,
                defaults={"amount_minor": amount, "currency": dispute.currency, "given_at": step.now},
            )
    step.record |= {"refund_minor": split.refund_minor, "release_minor": split.release_minor}


def _to_move(split: Split, refunded_minor: int | None) -> list[tuple[Instruction.Kind, int]]:
    """The whole split; of a case that was settled before only the difference, or the money would move twice."""
    if refunded_minor is None:
        return [(Instruction.Kind.REFUND, split.refund_minor), (Instruction.Kind.RELEASE, split.release_minor)]
    more = split.refund_minor - refunded_minor
    return [(Instruction.Kind.REFUND, max(more, 0)), (Instruction.Kind.RELEASE, max(-more, 0))]


def _void_text(step: Step) -> None:
    step.dispute.agreements.filter(void_at__isnull=True).update(void_at=step.now)


def _arm(step: Step) -> None:
    due = step.now + timedelta(hours=step.terms.sign_hours)
    timers.arm(step.dispute, Kind.SIGN, due, who="both", at=step.now)
