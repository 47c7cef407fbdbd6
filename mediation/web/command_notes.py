"""What a command does, in a sentence or two above its form. Codes in, words out; most forms say it themselves."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mediation.disputes.rules.states import Phase, next_phase
from mediation.disputes.words import PHASES

NOTES: dict[str, Any] = {
    "accept_full": _("What the claim asks for is paid as it stands, and the case ends."),
    "accept_offer": _("The agreement is written from this offer. Money moves once both of you have accepted its text."),
    "agree_to_bidding": _(
        "The client writes the most they would pay, the freelancer the least they would take. If the sums meet, the "
        "middle is agreed; if not, nobody learns by how much."
    ),
    "ask_mediator": _(
        "The next free mediator joins this room, neutral, and writes to both of you. No hour is promised for that. "
        "What they promise you then stands in the case with its time. You can go on talking meanwhile."
    ),
    "ask_review": _("Somebody else at Upwork looks at how the case was led, not at who is right."),
    "begin_caucus": _(
        "The other side is told that you talk in private, not what about, and is offered a talk of its own."
    ),
    "cancel_ask": _("The case leaves the queue and goes on where it was. You can ask again later."),
    "claim": _("You come into the room as its mediator, and both sides see it."),
    "close_evidence": _("Nothing can be added after this. The recommendation rests on what is there."),
    "close_helped": _(
        "The case is closed without a claim. Either side can still file one, or ask for a mediator again."
    ),
    "confirm_issue": _(
        "You say that this is what you disagree about, in words you can live with. You agree to nothing else."
    ),
    "confirm_no_arbitration": _(
        "The money goes to the side that chose arbitration and paid its share. If neither did, what is frozen goes "
        "back to the client, and what was paid stays. A share that was paid goes back."
    ),
    "cool_off": _("The deadlines of both sides move by the length of the pause. Each side can take one."),
    "declare_absence": _("While you are away no claim is decided because of your silence."),
    "declare_impasse": _("The mediation ends. Both sides are told, and each can choose arbitration."),
    "decline_caucus": _("The mediator learns that you do without it. The other side does not."),
    "decline_mediation": _(
        "If both sides say so, the mediation can end without a recommendation. Only the mediator learns that you "
        "said it."
    ),
    "discard": _("What you wrote is erased. Nobody else has read it."),
    "elect": _(
        "If both sides choose it and pay their share, an arbitrator decides. If only one side does, the money goes to "
        "that side."
    ),
    "end_caucus": _("Both sides are told that it is over. What was said stays between the two of you."),
    "extend": _("The deadlines of both sides move alike. The reason stands in the list of deadlines."),
    "grant_release": _("Exactly these words are put before everyone in the room, as shared with your consent."),
    "issue_recommendation": _(
        "Both sides read this at the same moment, and each seals an answer. It binds nobody unless both agree."
    ),
    "object_to_mediator": _("Somebody else at Upwork decides. The mediator does not learn why you object."),
    "open_bidding": _(
        "Each side seals the sum it could live with. If the sums meet, the case settles in the middle; if not, nobody "
        "learns by how much. Both agree to this rule first."
    ),
    "propose_text": _(
        "Both get the same text, and accept it or ask for a change. After a change both are asked again."
    ),
    "refuse_release": _("The words stay private, and nobody else learns that you were asked."),
    "second_read": _("You say that you have read it: each point has a finding, and the sums add up."),
    "take_safety": _("You look at the case for trust and safety. Its owner stays."),
    "unhold": _("All clocks go on from where they stood."),
    "withdraw": _("The claim ends. Money that was frozen for it is free again."),
    "withdraw_offer": _("The offer can no longer be accepted. It stays in the list of offers."),
}


def note(command: str, phase: str | None) -> str:
    """The sentence above the form of a command; for another phase, from which one to which."""
    by = {"advance_phase": 1, "step_back": -1}.get(command)
    to = next_phase(Phase(phase), by) if by and phase else None
    if phase is None or to is None:
        return str(NOTES.get(command, ""))
    said = _(
        "The mediation goes from “%(from)s” to “%(to)s”. Both sides read it in the room, and nobody's time changes."
    )
    return str(said) % {"from": PHASES[phase], "to": PHASES[to.value]}
