"""One text, two acceptances, and then the money."""

from datetime import timedelta

import orjson
from django.db.models import Max

from mediation.disputes.actions import timers
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import Agreement, Bid, Instruction
from mediation.disputes.rules import agreement as rules
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.money import Split, check_split
from mediation.disputes.rules.states import State

PARTIES = 2


@effect("write_agreement")
def write_agreement(step: Step) -> None:
    """The next version of the text, from what was agreed. An earlier one is void."""
    dispute = step.dispute
    if "refund_minor" in step.payload:
        step.set(settled_refund_minor=step.payload["refund_minor"])
    void_agreement(step)
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
        template=rules.TEMPLATE,
        params=orjson.loads(rules.canonical(text)),
        sha256=rules.fingerprint(text),
        written_at=step.now,
    )
    step.record |= {"agreement": text.version, "sha256": rules.fingerprint(text)}


@effect("void_agreement")
def void_agreement(step: Step) -> None:
    """Any change voids both acceptances, because it is another text."""
    step.dispute.agreements.filter(void_at__isnull=True).update(void_at=step.now)


@effect("start_sign_time")
def start_sign_time(step: Step) -> None:
    _arm(step)


@effect("rearm_sign_time")
def rearm_sign_time(step: Step) -> None:
    _arm(step)


@effect("resume_time")
def resume_time(step: Step) -> None:
    """Back in talks or in mediation, with the time that such a state has."""
    timers.stop(step.dispute, Kind.SIGN, at=step.now)
    if step.dispute.state == State.MEDIATING.value:
        due, kind = step.now + timedelta(days=step.terms.mediation_days), Kind.MEDIATION
    else:
        due, kind = step.now + timedelta(hours=step.terms.talks_hours), Kind.TALKS
    timers.arm(step.dispute, kind, due, who="both", at=step.now)


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
    """Tell the ledger what to move. An instruction is given once; the worker carries it out and says so."""
    dispute = step.dispute
    refund = dispute.settled_refund_minor or 0
    split = Split(refund, dispute.amount_minor - refund)
    check_split(split, dispute.amount_minor)
    for kind, amount in (
        (Instruction.Kind.REFUND, split.refund_minor),
        (Instruction.Kind.RELEASE, split.release_minor),
    ):
        if amount:
            Instruction.objects.get_or_create(
                dispute=dispute,
                kind=kind.value,
                batch=dispute.reopenings,
                defaults={"amount_minor": amount, "currency": dispute.currency, "given_at": step.now},
            )
    step.record |= {"refund_minor": split.refund_minor, "release_minor": split.release_minor}


@effect("finish")
def finish(step: Step) -> None:
    """The money has moved: sealed sums are erased."""
    Bid.objects.filter(round__dispute=step.dispute).delete()


def _arm(step: Step) -> None:
    due = step.now + timedelta(hours=step.terms.sign_hours)
    timers.arm(step.dispute, Kind.SIGN, due, who="both", at=step.now)
