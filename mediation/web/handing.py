"""Giving a case to somebody else, in words: what was written at the last time, what is promised and what waits."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.desk.queries import handing, routing
from mediation.disputes.models import Dispute
from mediation.disputes.money import money
from mediation.web import clocks, routing_words
from mediation.web.case_references import form_address

Case = Mapping[str, Any]
Line = dict[str, Any]
SUGGESTED = 3
SAID_ALREADY = frozenset({"request", "offer"})  # with their own words
COMMANDS = ("assign", "release", "reassign")


def summary(user: User, dispute: Dispute, case: Case) -> dict[str, Any]:
    """What whoever has the case next must keep: `note` of the last hand-over, and `lines` of `{word, what, due}`."""
    lines = [
        *_clocks(user, dispute),
        *_promises(case),
        *_requests(case),
        *_offers(case),
        *_words(case),
        *_deadlines(case),
    ]
    return {"note": handing.newest_note(dispute), "lines": lines}


def acts(case: Case) -> list[dict[str, str]]:
    """What the reader can do about the owner, from the desk: a button each that leads back to it."""
    words = {"assign": _("Assign"), "release": _("Give back"), "reassign": _("Hand over")}
    return [
        {"word": words[command], "href": form_address(case, command, back="desk")}
        for command in COMMANDS
        if command in case["can"]
    ]


def suggested(dispute: Dispute, case: Case) -> list[dict[str, str]]:
    """The agents whom a case suits best, each with the form that gives it to them; only for who may give it."""
    command = next((one for one in ("assign", "reassign") if one in case["can"]), None)
    if command is None:
        return []
    fitting = [one for one in routing.candidates(dispute) if one.fit.is_good][:SUGGESTED]
    return [
        {
            "name": one.agent.name,
            "words": routing_words.load(one.fit),
            "href": form_address(case, command, agent_id=one.agent.pk, back="desk"),
        }
        for one in fitting
    ]


def _clocks(user: User, dispute: Dispute) -> Iterator[Line]:
    """What Upwork owes, and to whom."""
    found = clocks.of_case(user, dispute) or {"rows": []}
    for one in found["rows"]:
        if one["due_at"]:
            what = f"{one['what']}, {one['name']}" if one["name"] else str(one["what"])
            yield {"word": _("We owe"), "what": what, "due": one["due_at"]}


def _promises(case: Case) -> Iterator[Line]:
    for one in case["promises"]:
        yield {"word": _("We promised"), "what": one["text"], "due": datetime.fromisoformat(one["due_at"])}


def _requests(case: Case) -> Iterator[Line]:
    for one in case["requests"]:
        of = one["of"]["name"] if one["of"] else ""
        word = _("Asked of %(name)s") % {"name": of}
        yield {"word": word, "what": one["text"], "due": datetime.fromisoformat(one["due_at"])}


def _offers(case: Case) -> Iterator[Line]:
    for one in case["view"]["offers"]:
        if one["status"] == "open":
            word = _("Open offer %(number)s") % {"number": one["number"]}
            back = money(one["refund_minor"], case["view"]["currency"], get_language() or "en")
            what = "; ".join([_("%(sum)s back") % {"sum": back}, *one["terms"]])
            yield {"word": word, "what": what, "due": datetime.fromisoformat(one["expires_at"])}


def _words(case: Case) -> Iterator[Line]:
    """Words that a party was asked to share: they wait for a yes or no, and stay as private as they are."""
    count = len(case["releases"])
    if count:
        yield {"word": _("Consent asked for"), "what": _("A party has not said yet whether words may be shared."),
               "due": None}  # fmt: skip


def _deadlines(case: Case) -> Iterator[Line]:
    for one in case["ledger"]:
        if one["ended_at"] is None and one["kind"] not in SAID_ALREADY:
            what = f"{one['word']}, {one['of']}" if one["of"] else str(one["word"])
            yield {"word": _("Deadline"), "what": what, "due": one["due"]}
