"""What the reader can say to the case now, asked of the table and of the guards."""

from typing import Any

from mediation.disputes.queries import facts as facts_of
from mediation.disputes.queries.case.reader import Reader
from mediation.disputes.rules import table
from mediation.disputes.rules.facts import Facts
from mediation.disputes.rules.possible import refusal
from mediation.disputes.rules.states import State, Track

OF_OFFERS = ("accept_offer", "counter_offer", "decline_offer", "withdraw_offer")
OF_ISSUES = ("edit_issue", "settle_issue", "state_position", "confirm_issue")
OF_REQUESTS = ("answer_request", "withdraw_request")
OF_RELEASES = ("grant_release", "refuse_release")


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
    if command == "answer_evidence":
        return [{"evidence_id": one} for one in facts.extra["evidence"]]
    if command in OF_REQUESTS:
        return [{"request_id": one} for one in facts.extra["requests"]]
    if command in OF_RELEASES:
        return [{"release_id": one} for one in facts.extra["releases"]]
    return [{"terms_not_kept": True}] if command == "reopen" else None
