"""Coming to a mediator, and the phases of the mediation."""

from typing import Any

from mediation.disputes import errors
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.guards.register import guard
from mediation.disputes.rules.states import Phase, next_phase


@guard("is_asker")
def is_asker(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.actor != facts.asker:
        raise errors.NotYours


@guard("unclaimed")
def unclaimed(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.mediator is not None:
        raise errors.AlreadyClaimed


@guard("conflict_clear")
def conflict_clear(facts: Facts, payload: dict[str, Any]) -> None:
    """Clear; or disclosed, with the consent of both parties; never blocked."""
    if facts.conflict == "blocked":
        raise errors.ConflictOfInterest(detail={"conflict": facts.conflict})
    if facts.conflict == "disclose" and facts.actor not in facts.extra["consented"]:
        raise errors.ConsentMissing(detail={"conflict": facts.conflict})


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
    """As many cases as the policy says; more only with a reason, which is logged."""
    if facts.cases_of_actor >= facts.terms.cases_at_once and not payload.get("override_reason"):
        raise errors.TooManyCases(detail={"most": facts.terms.cases_at_once})


@guard("not_first_phase")
def not_first_phase(facts: Facts, payload: dict[str, Any]) -> None:
    if facts.phase is None or next_phase(facts.phase, -1) is None:
        raise errors.NoSuchPhase


@guard("phase_done")
def phase_done(facts: Facts, payload: dict[str, Any]) -> None:
    """There is a next phase; and options come only when both parties have confirmed every issue."""
    if facts.phase is None or next_phase(facts.phase) is None:
        raise errors.NoSuchPhase
    unconfirmed = [str(issue) for issue, _, is_confirmed in facts.issues if not is_confirmed]
    if facts.phase is Phase.EXPLORING and (not facts.issues or unconfirmed):
        raise errors.IssuesUnconfirmed(detail={"issues": unconfirmed})


@guard("handed_over")
def handed_over(facts: Facts, payload: dict[str, Any]) -> None:
    """Who goes leaves a note, so that nobody has to tell the story again."""
    if not str(payload.get("brief", "")).strip():
        raise errors.BriefMissing


@guard("other_agent")
def other_agent(facts: Facts, payload: dict[str, Any]) -> None:
    if payload["agent_id"] == facts.mediator or payload["agent_id"] not in facts.extra["agents"]:
        raise errors.NoSuchAgent
    conflict = facts.extra.get("successor_conflict")
    if conflict == "blocked" or (conflict == "disclose" and payload["agent_id"] not in facts.extra["consented"]):
        raise errors.SuccessorInConflict


@guard("not_mediator")
def not_mediator(facts: Facts, payload: dict[str, Any]) -> None:
    """Somebody else than whom it is about."""
    if facts.actor == facts.mediator:
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
