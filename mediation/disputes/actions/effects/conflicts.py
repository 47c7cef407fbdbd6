"""What ties an agent to one of the parties: said in front of both, and agreed to by both before the agent comes."""

from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import Disclosure

PARTIES = 2


@effect("disclose_conflict")
def disclose_conflict(step: Step) -> None:
    """The agent says it in front of everyone, and both are asked."""
    Disclosure.objects.create(dispute=step.dispute, agent=step.person, text=step.payload["text"], disclosed_at=step.now)
    # By name: who is not in the room is Upwork to the sides, and here they have to know whom they say yes to.
    agent = step.person.name if step.person else ""
    step.line |= {"agent": agent, "text": step.payload["text"]}
    step.record |= {"text": step.payload["text"]}


@effect("answer_disclosure")
def answer_disclosure(step: Step) -> None:
    """Both have to agree; one no is enough, and then somebody else takes the case."""
    asked = _open(step)
    is_yes = step.payload["is_yes"]
    if is_yes:
        asked.accepted_by = sorted({*asked.accepted_by, str(step.actor_id)})
    if not is_yes or len(asked.accepted_by) == PARTIES:
        asked.is_accepted, asked.decided_at = is_yes, step.now
    asked.save(update_fields=["accepted_by", "is_accepted", "decided_at"])
    step.line |= {"is_yes": is_yes}
    step.record |= {"agent": str(asked.agent_id), "is_yes": is_yes}


@effect("override_conflict")
def override_conflict(step: Step) -> None:
    """A supervisor answers for it, with a reason that stays in the file."""
    asked = _open(step)
    asked.is_accepted, asked.decided_at = True, step.now
    asked.overridden_by, asked.override_reason = step.person, step.payload["reason"]
    asked.save(update_fields=["is_accepted", "decided_at", "overridden_by", "override_reason"])
    step.line |= {"reason": step.payload["reason"]}
    step.record |= {"agent": str(asked.agent_id), "reason": step.payload["reason"]}


@effect("let_tie_go")
def let_tie_go(step: Step) -> None:
    """The case waits for no mediator any more, so nobody has to say whether one may come."""
    step.dispute.disclosures.filter(decided_at__isnull=True).update(decided_at=step.now)


def _open(step: Step) -> Disclosure:
    return step.dispute.disclosures.get(decided_at__isnull=True)
