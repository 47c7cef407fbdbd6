"""Arbitration: who chooses it, the shares that wait in the ledger, and the award."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from mediation.conversations.models import Attachment, Thread
from mediation.core.errors import NotFound
from mediation.disputes.actions import timers
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import ArbitrationStep, Award, Instruction
from mediation.disputes.queries.holdings import refunded
from mediation.disputes.rules.deadlines import Kind
from mediation.disputes.rules.states import Outcome, Track

PARTIES = 2


@effect("start_election_time")
def start_election_time(step: Step) -> None:
    due = step.now + timedelta(days=step.terms.election_days)
    timers.arm(step.dispute, Kind.ELECTION, due, who="both", at=step.now)


@effect("note_election")
def note_election(step: Step) -> None:
    _step_of(step, ArbitrationStep.Kind.ELECTED)


@effect("note_share")
def note_share(step: Step) -> None:
    _step_of(step, ArbitrationStep.Kind.PAID)


@effect("instruct_share")
def instruct_share(step: Step) -> None:
    """The ledger takes the share from this party and keeps it until the arbitrator has decided."""
    share = Instruction(party=step.person, amount_minor=step.terms.arbitration_share_minor)
    _instruct(step, Instruction.Kind.SHARE, share)
    step.line |= {"amount_minor": share.amount_minor, "currency": step.dispute.currency}
    step.record |= {"amount_minor": share.amount_minor, "currency": step.dispute.currency}


@effect("spend_shares")
def spend_shares(step: Step) -> None:
    """The arbitrator has decided: both shares are the fee."""
    for share in _shares(step):
        _instruct(step, Instruction.Kind.FEE, share)


@effect("return_shares")
def return_shares(step: Step) -> None:
    """The case ends without an arbitrator: whoever paid a share gets it back."""
    for share in _shares(step):
        _instruct(step, Instruction.Kind.RETURN, share)


@effect("arbitrate_if_both_paid")
def arbitrate_if_both_paid(step: Step) -> None:
    if len(_paid(step)) == PARTIES:
        step.then.append(("both_paid", {}))


@effect("settle_by_election")
def settle_by_election(step: Step) -> None:
    """One paid: the money is theirs. None: escrow goes back to the client; what was paid stays with the freelancer, and
    what was paid back before stays with the client.
    """
    dispute = step.dispute
    elector = next(iter(_paid(step)), None)
    client_id = dispute.filer_id if dispute.filer_is_client else dispute.respondent_id
    if elector is not None:
        refund, outcome = dispute.amount_minor if elector == client_id else 0, Outcome.RELEASED_TO_ELECTOR
    elif dispute.track == Track.ESCROW.value:
        refund, outcome = dispute.amount_minor, Outcome.RETURNED_TO_CLIENT
    else:
        refund, outcome = refunded(dispute) or 0, Outcome.NO_AGREEMENT
    step.set(outcome=outcome.value)
    step.decide(refund)


@effect("enter_award")
def enter_award(step: Step) -> None:
    """One senior enters what the arbitrator decided; another confirms it."""
    is_sent_or_own = Q(message__isnull=False) | Q(uploader=step.person)
    named = Attachment.objects.filter(
        is_sent_or_own,
        pk=step.payload["file_id"],
        thread__room=step.dispute.room_id,
        thread__audience=Thread.Audience.INTERNAL.value,
    )
    document = named.first()
    if document is None:
        raise NotFound
    named.filter(message__isnull=True).update(is_kept=True)  # nobody sends it any more, and it stays
    step.of_now(step.dispute.awards.filter(confirmed_at__isnull=True)).delete()
    Award.objects.create(
        dispute=step.dispute,
        reopenings=step.dispute.reopenings,
        refund_minor=step.payload["refund_minor"],
        release_minor=step.payload["release_minor"],
        document=document,
        entered_by=step.person,
        entered_at=step.now,
    )


@effect("settle_as_awarded")
def settle_as_awarded(step: Step) -> None:
    award = step.of_now(step.dispute.awards.filter(confirmed_at__isnull=True)).get()
    award.confirmed_by, award.confirmed_at = step.person, step.now
    award.save(update_fields=["confirmed_by", "confirmed_at"])
    step.decide(award.refund_minor)
    step.record |= {"document_sha256": award.document.sha256}


def _step_of(step: Step, kind: ArbitrationStep.Kind) -> None:
    ArbitrationStep.objects.create(
        dispute=step.dispute, party=step.person, kind=kind.value, reopenings=step.dispute.reopenings, at=step.now
    )
    step.line |= {"person": str(step.actor_id)}


def _paid(step: Step) -> list[UUID]:
    """Who has paid their share."""
    paid = step.dispute.arbitration_steps.filter(kind=ArbitrationStep.Kind.PAID.value)
    return list(step.of_now(paid).values_list("party_id", flat=True))


def _shares(step: Step) -> Iterable[Instruction]:
    """What was paid for this arbitration. An order that was dropped before the ledger carried it out is none."""
    batch = step.dispute.reopenings
    return list(step.dispute.instructions.filter(kind=Instruction.Kind.SHARE.value, batch=batch))


def _instruct(step: Step, kind: Instruction.Kind, share: Instruction) -> None:
    if share.amount_minor:
        Instruction.objects.get_or_create(
            dispute=step.dispute,
            kind=kind.value,
            batch=step.dispute.reopenings,
            party=share.party,
            defaults={
                "amount_minor": share.amount_minor,
                "currency": step.dispute.currency,
                "given_at": step.now,
            },
        )
