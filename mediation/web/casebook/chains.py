"""The lists of a case file by name: of whom each tells, in the reader's words."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from mediation.disputes.rules import exhibits
from mediation.web import words


def name(code: str, side: Callable[[str], str]) -> str:
    """Which list it is; `side` names the client or the freelancer. What is none of ours keeps its code."""
    if code in ("joint", "internal"):
        return str(words.AUDIENCES[code]["tab"])
    if code == exhibits.EVIDENCE:
        return _("Evidence")
    if code == "glass":
        return _("looks into private talks")
    if code.startswith("own_"):
        return _("only you")
    if code.startswith("caucus_"):
        return _("private with the mediator (%(name)s)") % {"name": side(code.removeprefix("caucus_"))}
    return code
