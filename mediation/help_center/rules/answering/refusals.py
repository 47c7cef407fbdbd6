"""Questions that are not answered on their own, whatever the confidence: too short, about one account, about danger.

They are proposals at most: somebody who writes "I was robbed" is not sent an article.
"""

import re
from enum import StrEnum

from mediation.help_center.rules.answering.grams import plain, words_of


class Silence(StrEnum):
    """Why nothing is answered on its own."""

    NOT_SURE = "not_sure"
    NO_ARTICLE = "no_article"
    TOO_SHORT = "too_short"
    OWN_ACCOUNT = "own_account"
    DANGER = "danger"


# Without accents and in small letters, as `plain` writes them.
DANGER = re.compile(
    r"\b(?:frauds?|fraudulent\w*|scam\w*|phish\w*|stolen|steal\w*|stole|hacked|hacker\w*|blackmail\w*|extort\w*"
    r"|threat\w*|harass\w*|abus(?:e|ed|ive)|suicid\w*|kill\w*|violen\w*|police|identity theft|unauthori[sz]ed"
    r"|fraude\w*|estafa\w*|robo|robad[oa]s?|robar\w*|hackead[oa]s?|chantaj\w*|extorsi\w*|amenaz\w*|acos[oa]\w*|policia"
    r"|suicidi\w*|matar\w*|oplicht\w*|opgelicht|gestolen|gehackt|chanta\w*|afpers\w*|bedreig\w*|geintimideerd"
    r"|intimidatie|stalk\w*|zelfmoord|politie|geweld)\b"
)
OWN_ACCOUNT = re.compile(
    r"\b(?:my (?:own )?(?:account|profile|balance|login|password)(?: \w+){0,4} (?:is|was|has been|got|been)"
    r"|(?:is|was|why is|why was) my (?:account|profile|login)"
    r"|mi (?:cuenta|perfil)(?: \w+){0,3} (?:esta|fue|ha sido|sigue)|(?:esta|por que esta) mi (?:cuenta|perfil)"
    r"|mijn (?:account|profiel)(?: \w+){0,3} (?:is|werd|wordt|staat|geblokkeerd|opgeschort)"
    r"|(?:is|waarom is) mijn (?:account|profiel))\b"
)


def silence(question: str) -> Silence | None:
    """Why a question must not be answered on its own; None if it may be."""
    if DANGER.search(plain(question)):
        return Silence.DANGER
    if OWN_ACCOUNT.search(plain(question)):
        return Silence.OWN_ACCOUNT
    return Silence.TOO_SHORT if len(words_of(question)) < 2 else None
