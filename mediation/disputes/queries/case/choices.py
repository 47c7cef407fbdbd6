"""What the reader can say to the case now, asked of the table and of the guards."""

from typing import Any

from mediation.disputes.queries import facts as facts_of
from mediation.disputes.queries.case.reader import Reader
from mediation.disputes.rules import table
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.ladder import ASKABLE
from mediation.disputes.rules.possible import refusal
from mediation.disputes.rules.states import State, Track

OF_OFFERS = ("accept_offer", "counter_offer", "decline_offer", "withdraw_offer")
OF_ISSUES = ("edit_issue", "settle_issue", "state_position", "confirm_issue")
# The name of what it is about in the payload, and of all such things among the facts.
OF_OTHERS = {
    "answer_evidence": ("evidence_id", "evidence"),
    "drop_pick": ("pick_id", "picks"),
    "answer_request": ("request_id", "requests"),
    "withdraw_request": ("request_id", "requests"),
    "keep_promise": ("promise_id", "promises"),
    "grant_release": ("release_id", "releases"),
    "refuse_release": ("release_id", "releases"),
}


def actions(reader: Reader, facts: Facts) -> list[dict[str, Any]]:
    """Every command that is the reader's to say in this state, and why one of them cannot be said just now."""
    dispute = reader.dispute
    state, track = State(dispute.state), Track(dispute.track)
    found = []
    for line in table.sayable(state, track, facts.actors, has_claim=dispute.has_claim):
        refused = refusal(line, facts, _begun(line.command, facts))
        found.append(
            {
                "command": line.command,
                "allowed": refused is None,
                "why_not": refused and {"code": refused.code, "message": str(refused.message)},
            }
        )
    return found


def gathered(reader: Reader) -> Facts:
    """The facts, from the case that was loaded whole."""
    person = reader.person
    return facts_of.gather(reader.dispute, person, facts_of.actors(reader.dispute, person), {}, reader.now)


def _begun(command: str, facts: Facts) -> list[dict[str, Any]] | None:
    """What the command could be about; None if it is about the case itself."""
    if command in OF_OFFERS:
        return [{"offer_id": one.id, "offer_version": one.version} for one in facts.offers if one.is_open]
    if command in OF_ISSUES:
        return [{"issue_id": issue} for issue, _, _ in facts.issues]
    if command in OF_OTHERS:
        name, where = OF_OTHERS[command]
        return [{name: one} for one in facts.extra[where]]
    if command == "level_up":
        return [{"level": rung.value} for rung in ASKABLE]
    return [{"terms_not_kept": True}] if command == "reopen" else None
