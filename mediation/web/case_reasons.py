"""What a case is about: said, suggested, and the whole list. The desk lends the list, the help centre its engine."""

from typing import Any

from accounts.models import User
from mediation.desk import audience
from mediation.desk.queries import reasons
from mediation.desk.rules.default_reasons import OF_PROBLEM
from mediation.disputes.models import Dispute
from mediation.help_center.actions.sorting import likeliest
from mediation.help_center.rules.answering.library import Confirmed
from mediation.help_center.rules.answering.passages import Article

MOST = 3


def suggested(dispute: Dispute, question: str, choices: list[reasons.Choice]) -> list[str]:
    """Codes, best first; without an encoder what the claim itself says."""
    classes = tuple(Article(one.code, one.name, phrasings=one.said) for one in choices)
    known = {one.code for one in choices}
    confirmed = tuple(Confirmed(said, code) for said, code in reasons.lessons() if code in known)
    found = likeliest(classes, confirmed, question, MOST)
    of_claim = OF_PROBLEM.get(dispute.problem, "")
    return found or ([of_claim] if of_claim in known else [])


def part(user: User, dispute: Dispute, question: str, language: str) -> dict[str, Any] | None:
    """For the page; None where there is no list."""
    choices = reasons.choices(language)
    if not choices:
        return None
    named = {one.code: one for one in choices}
    said = reasons.reason_of(dispute)
    codes = suggested(dispute, question, choices)
    return {
        "said": said and {"name": reasons.name_of(said.tag, language), "who": said.said_by.name, "at": said.said_at},
        "is_said": said.tag.code if said else "",
        "suggested": [named[code] for code in codes],
        "first": codes[0] if codes else "",
        "choices": choices,
        "may_say": audience.may_handle(user),
    }
