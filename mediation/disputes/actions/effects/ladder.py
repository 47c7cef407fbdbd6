"""The escalation ladder: asking for a higher level, and reaching it."""

from typing import Any
from uuid import uuid4

from mediation.conversations.actions.rooms import notes_thread
from mediation.conversations.actions.send import Send, send_message
from mediation.disputes.actions.effects.mediation import change_owner
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.rules import ladder
from mediation.disputes.rules.ladder import OWNING, Rung, Why


@effect("look_up")
def look_up(step: Step) -> None:
    """A sum above the limit is for a senior, whoever comes first. Asked of the case as the command leaves it."""
    owner = step.dispute.mediator
    is_high = ladder.is_for_a_senior(step.dispute.amount_minor, step.terms)
    waiting = step.of_now(step.dispute.level_asks.filter(ended_at__isnull=True)).values_list("level", "why")
    asked = {level: Why(why) for level, why in waiting}
    if is_high and ladder.may_be_raised(Rung.SENIOR, ladder.stands_at(owner.role if owner else None), asked):
        step.then.append(("raise_level", {"level": Rung.SENIOR.value, "why": Why.AMOUNT.value}))


@effect("ask_level")
def ask_level(step: Step) -> None:
    """It stands among the staff notes, from where the desk hears of it. Where a person asked and a rule does now, it is
    one ask, and the rule's: the owner does not take it back alone.
    """
    notes_thread(step.dispute.room_id)
    said = {"level": int(step.payload["level"]), "why": step.payload.get("why", Why.ASKED.value)}
    waiting = step.of_now(step.dispute.level_asks.filter(ended_at__isnull=True, level=said["level"]))
    if waiting.update(why=said["why"]) == 0:
        _new_ask(step, said)
    step.line |= said


def _new_ask(step: Step, said: dict[str, Any]) -> None:
    step.dispute.level_asks.create(
        **said,
        note=step.payload.get("reason", ""),
        reopenings=step.dispute.reopenings,
        asked_by=step.actor,
        asked_at=step.now,
    )


@effect("explain")
def explain(step: Step) -> None:
    """The reason as a staff note, in the words of who gives it: for whoever comes."""
    notes = notes_thread(step.dispute.room_id)
    send_message(Send(step.person.pk, notes.pk, uuid4(), step.payload["reason"]))


@effect("take_case")
def take_case(step: Step) -> None:
    """Who was asked for takes the case over, visibly. Which level that is, is not the parties' to know."""
    change_owner(step, step.person)


@effect("reach_level")
def reach_level(step: Step) -> None:
    """What was asked for and is reached waits no longer."""
    owner = step.mediator
    reached = [level for level in OWNING if level <= ladder.stands_at(owner.role)]
    waiting = step.of_now(step.dispute.level_asks.filter(ended_at__isnull=True))
    waiting.filter(level__in=reached).update(taken_by=owner, ended_at=step.now)


@effect("take_safety")
def take_safety(step: Step) -> None:
    """Trust and safety looks at the case; its owner stays."""
    waiting = step.of_now(step.dispute.level_asks.filter(ended_at__isnull=True, level=Rung.SAFETY.value))
    waiting.update(taken_by=step.person, ended_at=step.now)


@effect("drop_level", reads=("may_drop",))
def drop_level(step: Step) -> None:
    """It goes on without what this person may say is not needed; anything else waits on."""
    waiting = step.of_now(step.dispute.level_asks.filter(ended_at__isnull=True))
    waiting.filter(level__in=step.facts.may_drop).update(ended_at=step.now)
