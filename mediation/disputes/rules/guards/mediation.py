"""Coming to a mediator, and the phases of the mediation."""

from typing import Any

from mediation.disputes import errors
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards.register import guard
from mediation.disputes.rules.ladder import OWNING, Rung, may_be_asked, may_be_raised
from mediation.disputes.rules.states import Phase, next_phase


@guard("is_asker")
def is_asker(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.actor != facts.asker:
        raise errors.NotYours


@guard("unclaimed")
def unclaimed(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.mediator is not None:
        raise errors.AlreadyClaimed


@guard("talks_left")
def talks_left(facts: Facts, payload: dict[str, Any]) -> None:
    """Who takes back the call goes on talking: there must be time for it."""
    if not facts.talks_left:
        raise errors.NoTalksLeft(detail={"most_days": facts.terms.talks_most_days})


@guard("conflict_clear")
def conflict_clear(facts: Facts, payload: dict[str, Any]) -> None:
    """Clear; or disclosed, with the consent of both parties; never blocked."""
    if facts.conflict == "blocked":
        raise errors.ConflictOfInterest(detail={"conflict": facts.conflict})
    if facts.conflict == "disclose" and facts.actor not in facts.extra["consented"]:
        raise errors.ConsentMissing(detail={"conflict": facts.conflict})


@guard("no_tie")
def no_tie(facts: Facts, payload: dict[str, Any]) -> None:
    """Who decides between two people, or about how it was done, is free of both. Nobody needs consent for it: there is
    always a colleague.
    """
    if facts.extra["tie"] != "clear":
        raise errors.TieOfDecider


@guard("conflict_to_disclose")
def conflict_to_disclose(facts: Facts, payload: dict[str, Any]) -> None:
    """There is something to disclose; it is not decided already, and nobody else's waits for its answers."""
    if facts.conflict != "disclose" or facts.actor in facts.extra["consented"] | facts.extra["declined_agents"]:
        raise errors.NothingToDisclose
    if facts.extra["disclosure"] is not None:
        raise errors.DisclosureOpen


@guard("disclosure_open")
def disclosure_open(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.extra["disclosure"] is None:
        raise errors.NothingOpen


@guard("disclosure_unanswered")
def disclosure_unanswered(facts: Facts, payload: dict[str, Any]) -> None:
    """One answer each."""
    accepted_by = facts.extra["disclosure"]
    if accepted_by is None or str(facts.actor) in accepted_by:
        raise errors.NothingOpen


@guard("capacity")
def capacity(facts: Facts, payload: dict[str, Any]) -> None:
    """As many cases as the policy says, and as heavy as the agent can carry; more only with a reason, which is
    logged.
    """
    is_full = facts.cases_of_actor >= facts.terms.cases_at_once or facts.is_full
    if is_full and not payload.get("override_reason"):
        raise errors.TooManyCases(detail={"most": facts.terms.cases_at_once})


@guard("room_for_case")
def room_for_case(facts: Facts, payload: dict[str, Any]) -> None:
    """Whom a case is given to has room for it, or there is a reason, which is logged."""
    if facts.extra["successor_is_full"] and not payload.get("override_reason"):
        raise errors.AgentFull


@guard("not_first_phase")
def not_first_phase(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.phase is None or next_phase(facts.phase, -1) is None:
        raise errors.NoSuchPhase


@guard("phase_done")
def phase_done(facts: Facts, payload: dict[str, Any]) -> None:
    """There is a next phase; and options come only when both parties have confirmed every issue that is still open."""
    if facts.phase is None or next_phase(facts.phase) is None:
        raise errors.NoSuchPhase
    unconfirmed = [str(issue) for issue, status, is_confirmed in facts.issues if status == "open" and not is_confirmed]
    if facts.phase is Phase.EXPLORING and (not facts.issues or unconfirmed):
        raise errors.IssuesUnconfirmed(detail={"issues": unconfirmed})


@guard("handed_over")
def handed_over(facts: Facts, payload: dict[str, Any]) -> None:
    """Who goes leaves a note, so that nobody has to tell the story again."""
    if not str(payload.get("brief", "")).strip():
        raise errors.BriefMissing


@guard("is_mediated")
def is_mediated(facts: Facts, payload: dict[str, Any]) -> None:
    """Somebody owns it, whether or not their account is still open."""
    if facts.mediator is None:
        raise errors.NothingOpen


@guard("other_agent")
def other_agent(facts: Facts, payload: dict[str, Any]) -> None:
    if payload["agent_id"] == facts.mediator or payload["agent_id"] not in facts.extra["agents"]:
        raise errors.NoSuchAgent
    conflict = facts.extra.get("successor_conflict")
    if conflict == "blocked" or (conflict == "disclose" and payload["agent_id"] not in facts.extra["consented"]):
        raise errors.SuccessorInConflict


@guard("not_mediator")
def not_mediator(facts: Facts, payload: dict[str, Any]) -> None:
    """Somebody else than who owns the case."""
    if facts.actor == facts.mediator:
        raise errors.NotYours


@guard("not_objected_to")
def not_objected_to(facts: Facts, payload: dict[str, Any]) -> None:
    """Nobody decides about themselves, even when another has followed them meanwhile."""
    if facts.actor == facts.extra["objection"]:
        raise errors.NotYours


@guard("impasse")
def impasse(facts: Facts, payload: dict[str, Any]) -> None:
    """A recommendation was made, or both have declined to have one."""
    if not facts.extra.get("recommended") and not set(facts.parties) <= facts.extra.get("declined", frozenset()):
        raise errors.NotYetImpasse


@guard("no_open_objection")
def no_open_objection(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.extra.get("objection"):
        raise errors.ObjectionOpen


@guard("open_objection")
def open_objection(facts: Facts, payload: dict[str, Any]) -> None:
    if not facts.extra.get("objection"):
        raise errors.NothingOpen


@guard("level_open")
def level_open(facts: Facts, payload: dict[str, Any]) -> None:
    """Above where the case stands, and not asked for yet."""
    if not may_be_asked(payload["level"], facts.stands_at, facts.levels_asked):
        raise errors.LevelReached


@guard("level_raised")
def level_raised(facts: Facts, payload: dict[str, Any]) -> None:
    """Above where the case stands, and no rule asked for it yet."""
    if not may_be_raised(payload["level"], facts.stands_at, facts.levels_asked):
        raise errors.LevelReached


@guard("level_waits")
def level_waits(facts: Facts, payload: dict[str, Any]) -> None:
    """A level was asked for that is this person's to say is not needed."""
    if not facts.levels_asked.keys() & OWNING:
        raise errors.NothingOpen
    if not facts.may_drop:
        raise errors.LevelOfOthers


@guard("level_asked")
def level_asked(facts: Facts, payload: dict[str, Any]) -> None:
    """Somebody asked for the actor's level; and the owner does not take a case from themselves."""
    if facts.actor == facts.mediator or not facts.may_take & OWNING:
        raise errors.NothingOpen


@guard("safety_asked")
def safety_asked(facts: Facts, payload: dict[str, Any]) -> None:
    if Rung.SAFETY not in facts.may_take:
        raise errors.NothingOpen
