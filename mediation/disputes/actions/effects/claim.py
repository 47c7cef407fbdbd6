"""Filing a claim and answering it."""

from django.db.models import Max

from mediation.conversations.models import Milestone, Room
from mediation.disputes.actions import holdings
from mediation.disputes.actions.effects.picks import forget
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.errors import OtherOpen
from mediation.disputes.models import Dispute, Policy, Statement
from mediation.disputes.rules.deadlines import Kind, looked_at_again
from mediation.disputes.rules.guards.claim import attached
from mediation.disputes.rules.money import Split, check_split
from mediation.disputes.rules.states import State

FIRST_NUMBER = 2001
CLAIM_FIELDS = ("problem", "amount_minor", "claimed_refund_minor")


@effect("write_draft")
def write_draft(step: Step) -> None:
    """Whatever of the claim was sent; the rest stays. An amount brings what the filer wants back into its bounds."""
    step.set(**{name: step.payload[name] for name in CLAIM_FIELDS if name in step.payload})
    wanted = min(step.dispute.claimed_refund_minor, step.dispute.amount_minor)
    step.set(claimed_refund_minor=wanted)
    if "claimed_refund_minor" in step.payload:
        step.set(is_refund_said=True)
    if {"statement", "wants"} & set(step.payload):
        _state(step, Statement.objects.filter(dispute=step.dispute, author=step.actor).first())


@effect("attach")
def attach(step: Step) -> None:
    """A claim comes to a mediation that began without one: who brings it is the filer from here on.

    Its track follows from its money: what is held is frozen, what was paid is asked back.
    """
    dispute, payload = step.dispute, step.payload
    if step.actor_id == dispute.respondent_id:
        step.set(filer=dispute.respondent, respondent=dispute.filer, filer_is_client=not dispute.filer_is_client)
    money = attached(step.facts, payload)
    step.set(
        milestone=Milestone.objects.get(pk=money.milestone) if money.milestone else None,
        week_starts=money.week,
        track=money.track.value,
        problem=payload["problem"],
        amount_minor=payload["amount_minor"],
        claimed_refund_minor=payload.get("claimed_refund_minor", payload["amount_minor"]),
    )


@effect("erase_draft")
def erase_draft(step: Step) -> None:
    """Nothing of a claim that was never filed is kept."""
    step.dispute.statements.all().delete()
    step.dispute.evidence.all().delete()
    forget(step)
    step.dispute.timers.filter(fired_at__isnull=True, cancelled_at__isnull=True).update(cancelled_at=step.now)
    step.set(problem="", amount_minor=0, claimed_refund_minor=0, is_refund_said=False)


@effect("look_again", reads=("window_ends",))
def look_again(step: Step) -> None:
    """Nothing limits the draft yet, or its time has moved: its timer waits anew, and is told to nobody."""
    newest = step.dispute.timers.filter(kind=Kind.DRAFT.value).aggregate(newest=Max("epoch"))["newest"]
    due_at = step.facts.window_ends or looked_at_again(step.now, step.terms)
    step.dispute.timers.create(kind=Kind.DRAFT.value, epoch=newest + 1, due_at=due_at)


@effect("freeze")
def freeze(step: Step) -> None:
    """The claim stands: it gets its number and its lane, and its money is frozen."""
    dispute = step.dispute
    check_split(_claimed(dispute), dispute.amount_minor)
    if dispute.filed_at is None:
        if dispute.has_claim:
            step.set(created_at=step.now)  # when its draft was begun is its writer's alone
        newest = _newest_number()
        is_low_value = 0 < dispute.amount_minor < step.terms.low_value_below_minor
        step.set(filed_at=step.now, number=newest + 1, is_low_value=is_low_value, has_claim=True)
    holdings.freeze(dispute, at=step.now)
    step.line |= {"number": dispute.number, "amount_minor": dispute.amount_minor, "currency": dispute.currency}


@effect("stand_alone")
def stand_alone(step: Step) -> None:
    """The guard has looked, but another case of this room could be opened in the same moment: with the room locked it
    cannot.
    """
    Room.objects.select_for_update(no_key=True, of=("self",)).get(pk=step.dispute.room_id)
    opened = Dispute.objects.filter(room=step.dispute.room_id).exclude(state__in=[State.DRAFT, State.CLOSED])
    if opened.exclude(pk=step.dispute.pk).exists():
        raise OtherOpen


@effect("unfreeze")
def unfreeze(step: Step) -> None:
    holdings.unfreeze(step.dispute, at=step.now)


@effect("reveal_statements")
def reveal_statements(step: Step) -> None:
    """Both sides' words become readable at the same moment."""
    if step.actor is not None:
        _state(step, None)
    step.dispute.statements.filter(revealed_at__isnull=True).update(revealed_at=step.now)


@effect("settle_as_claimed")
def settle_as_claimed(step: Step) -> None:
    """The filer gets what they asked for."""
    step.set(settled_refund_minor=step.dispute.claimed_refund_minor)


def _newest_number() -> int:
    """The number given last. Numbers are given one at a time: the oldest policy's row is what they queue at."""
    Policy.objects.select_for_update(no_key=True, of=("self",)).order_by("version").first()
    return Dispute.objects.aggregate(newest=Max("number"))["newest"] or FIRST_NUMBER - 1


def _claimed(dispute: Dispute) -> Split:
    return Split(dispute.claimed_refund_minor, dispute.amount_minor - dispute.claimed_refund_minor)


def _state(step: Step, before: Statement | None) -> None:
    Statement.objects.update_or_create(
        dispute=step.dispute,
        author=step.actor,
        defaults={
            "body": step.payload.get("statement", before.body if before else ""),
            "wants": step.payload.get("wants", before.wants if before else ""),
            "reason": step.payload.get("reason", ""),
            "updated_at": step.now,
        },
    )
