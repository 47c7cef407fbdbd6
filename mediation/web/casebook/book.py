"""A case file put into the reader's words: parts with facts, tables and what people said. Nothing is read here that
the exported document does not hold, so page, PDF and JSON cannot differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mediation.web import case_words
from mediation.web.casebook import chains, looks
from mediation.web.casebook.writer import Writer


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's own words."""

    who: str
    when: str
    text: str


@dataclass(slots=True)
class Part:
    """A part of the file under a heading."""

    title: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    note: str = ""
    is_proof: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.said or self.rows)


@dataclass(frozen=True, slots=True)
class Book:
    """The whole file for one reader."""

    title: str
    subtitle: str
    parts: list[Part]


def compose(document: Mapping[str, Any], language: str) -> Book:
    """The exported document in words."""
    view = document["view"]
    writer = Writer(view, document["people"], language)
    made = [*(part(view, writer) for part in PARTS), *_earlier(view, writer), *_proof(document, writer)]
    number = view["number"]
    return Book(
        title=_("Case file %(number)s") % {"number": number} if number else _("Case file"),
        subtitle=_("%(contract)s · as of %(moment)s")
        % {"contract": view["contract"]["title"], "moment": writer.moment(document["written_at"])},
        parts=[part for part in made if not part.is_empty],
    )


def _facts(view: Mapping[str, Any], writer: Writer) -> Part:
    facts = [
        (_("State"), str(case_words.STATES[view["state"]])),
        (_("Outcome"), str(case_words.OUTCOMES.get(view["outcome"], ""))),
        (_("About"), writer.about()),
        (_("Who filed"), writer.name(view["filer"]["id"])),
        (_("The other side"), writer.name(view["respondent"]["id"])),
        (_("Mediator"), writer.name(view["mediator"]["id"]) if view["mediator"] else ""),
        (_("Amount in dispute"), writer.money(view["amount_minor"]) if view["has_claim"] else ""),
        (_("Asked back for the client"), writer.money(view["claimed_refund_minor"]) if view["has_claim"] else ""),
        (_("Settled: back to the client"), writer.money(view["money"]["settled_refund_minor"])),
        (_("Filed"), writer.moment(view["filed_at"])),
        (_("Closed"), writer.moment(view["closed_at"])),
    ]
    return Part(_("The case"), facts=[(label, text) for label, text in facts if text])


def _statements(view: Mapping[str, Any], writer: Writer) -> Part:
    said = [
        Said(writer.name(one["author"]), writer.moment(one["updated_at"]), "\n\n".join(filter(None, _words(one))))
        for one in view["statements"]
    ]  # fmt: skip
    return Part(_("Statements"), said=said)


def _words(statement: Mapping[str, Any]) -> tuple[str, str]:
    return statement["body"], statement["wants"]


def _issues(view: Mapping[str, Any], writer: Writer) -> Part:
    said = []
    for issue in view["issues"]:
        title = f"{issue['position']}. {issue['title']}{writer.issue_status(issue['status'])}"
        said.append(Said(title, writer.money(issue["amount_minor"]), ""))
        for side in ("filer", "respondent"):
            position = issue["positions"][side]
            if position["text"]:
                said.append(
                    Said(writer.name(view[side]["id"]), writer.moment(position["confirmed_at"]), position["text"])
                )
    return Part(_("Points of disagreement"), said=said)


def _evidence(view: Mapping[str, Any], writer: Writer) -> Part:
    rows = [
        [
            str(one["number"]),
            f"{one['title']}\n{one['excerpt']}" if one.get("term") else one["title"],
            writer.kind(one["kind"]),
            writer.name(one["submitted_by"]),
            writer.moment(one["submitted_at"]),
            writer.answered(one),
            one["sha256"],
        ]
        for one in view["evidence"]
    ]
    head = [_("No."), _("Title"), _("Kind"), _("From"), _("When"), _("Answer"), "SHA-256"]
    return Part(_("Evidence"), head=head, rows=rows)


def _offers(view: Mapping[str, Any], writer: Writer) -> Part:
    rows = [
        [
            str(one["number"]),
            writer.name(one["made_by"]),
            writer.money(one["refund_minor"]),
            writer.money(one["release_minor"]),
            "\n".join([*one["terms"], *filter(None, [one["note"]])]),
            writer.moment(one["made_at"]),
            writer.status(one["status"]),
        ]
        for one in view["offers"]
    ]
    head = [_("No."), _("From"), _("To the client"), _("To the freelancer"), _("Terms"), _("When"), _("State")]
    return Part(_("Offers"), head=head, rows=rows)


def _recommendation(view: Mapping[str, Any], writer: Writer) -> Part:
    one = view["recommendation"]
    if one is None or one["is_draft"]:
        return Part(_("Recommendation"))
    titles = {issue["id"]: issue["title"] for issue in view["issues"]}
    numbers = {item["id"]: str(item["number"]) for item in view["evidence"]}
    result = {None: "", True: _("Both said yes"), False: _("Not both said yes")}[one["is_agreed"]]
    facts = [
        (_("To the client"), writer.money(one["refund_minor"])),
        (_("To the freelancer"), writer.money(one["release_minor"])),
        (_("Sent"), writer.moment(one["issued_at"])),
        (_("Result"), result),
    ]
    said = [Said(_("In short"), "", one["summary"])] if one["summary"] else []
    for finding in one["findings"]:
        cited = ", ".join(numbers[item] for item in finding["evidence"] if item in numbers)
        rests = _("Rests on evidence %(numbers)s") % {"numbers": cited} if cited else ""
        title = f"{titles.get(finding['issue'], '')} · {writer.money(finding['refund_minor'])}"
        said.append(Said(title, rests, finding["text"]))
    return Part(_("Recommendation"), facts=[fact for fact in facts if fact[1]], said=said)


def _agreement(view: Mapping[str, Any], writer: Writer) -> Part:
    one = view["agreement"]
    if one is None:
        return Part(_("Agreement"))
    facts = [
        (_("Version"), str(one["version"])),
        (_("Written"), writer.moment(one["written_at"])),
        (_("To the client"), writer.money(one["params"]["refund_minor"])),
        (_("To the freelancer"), writer.money(one["params"]["release_minor"])),
        (_("Text"), writer.clauses(one["params"])),
        *[
            (_("Accepted by %(name)s") % {"name": writer.name(person)}, writer.moment(at))
            for person, at in one["accepted"].items()
        ],
        ("SHA-256", one["sha256"]),
    ]
    return Part(_("Agreement"), facts=[fact for fact in facts if fact[1]])


def _ledger(view: Mapping[str, Any], writer: Writer) -> Part:
    rows = [
        [
            ": ".join(filter(None, (str(case_words.DEADLINES[one["kind"]]), one["about"]))),
            writer.who(one),
            writer.moment(one["due_at"]),
            writer.reason(one["reason"]),
            writer.moment(one["set_at"]),
            " ".join(filter(None, (str(case_words.ENDED.get(one["ended_how"], "")), writer.moment(one["ended_at"])))),
        ]
        for one in view["ledger"]
    ]
    head = [_("What"), _("Who"), _("Until"), _("Why"), _("Set"), _("Ended")]
    return Part(_("Deadlines"), head=head, rows=rows)


def _requests(view: Mapping[str, Any], writer: Writer) -> Part:
    rows = [
        [writer.name(one["asked_of"]), one["text"], writer.moment(one["due_at"]),
         writer.moment(one["answered_at"] or one["withdrawn_at"])]
        for one in view["requests"]
    ]  # fmt: skip
    return Part(_("Requests"), head=[_("Of whom"), _("What"), _("Until"), _("Ended")], rows=rows)


def _ends(view: Mapping[str, Any], writer: Writer) -> Part:
    steps = {"elected": _("chose arbitration"), "paid": _("paid their share of the arbitration")}
    said = [
        Said(writer.name(one["party"]), writer.moment(one["at"]), steps[one["kind"]]) for one in view["arbitration"]
    ]
    for one in view["reviews"]:
        said.append(Said(writer.name(one["asked_by"]), writer.moment(one["asked_at"]), one["reason"]))
        if one["decided_at"]:
            said.append(Said("Upwork", writer.moment(one["decided_at"]), one["ruling"]))
    return Part(_("Arbitration and review"), said=said)


def _award(view: Mapping[str, Any], writer: Writer) -> Part:
    """What the arbitrator decided; what waits for a second senior is nobody's yet."""
    one = next((one for one in view["awards"] if one["confirmed_at"]), None)
    if one is None:
        return Part(_("Award of the arbitrator"))
    facts = [
        (_("To the client"), writer.money(one["refund_minor"])),
        (_("To the freelancer"), writer.money(one["release_minor"])),
        (_("Confirmed"), writer.moment(one["confirmed_at"])),
        (_("Document"), one["document"]),
        ("SHA-256", one["document_sha256"]),
    ]
    return Part(_("Award of the arbitrator"), facts=facts)


def _payments(view: Mapping[str, Any], writer: Writer) -> Part:
    kinds = {
        "refund": _("To the client"),
        "release": _("To the freelancer"),
        "share": _("Share of the arbitration, from %(name)s"),
        "fee": _("Fee of the arbitrator, from the share of %(name)s"),
        "return": _("Share of the arbitration, back to %(name)s"),
    }
    rows = [
        [
            kinds[one["kind"]] % {"name": writer.name(one["party"])},
            writer.money(one["amount_minor"]),
            writer.moment(one["given_at"]),
            writer.moment(one["confirmed_at"]),
        ]
        for one in view["money"]["instructions"]
    ]
    return Part(_("Payments"), head=[_("What"), _("How much"), _("Ordered"), _("Done")], rows=rows)


def _looks(view: Mapping[str, Any], writer: Writer) -> Part:
    return Part(_("Looks into private talks"), head=looks.head(), rows=looks.rows(view, writer))


def _earlier(view: Mapping[str, Any], writer: Writer) -> Iterator[Part]:
    """What decided the case before it was opened again, the latest first."""
    for one in view["earlier"]:
        for drawn in (_recommendation, _agreement, _ends, _award):
            part = drawn({**view, **one, "reviews": []}, writer)
            words = {"number": one["reopenings"] + 1, "part": part.title}
            part.title = _("Earlier, round %(number)s: %(part)s") % words
            yield part


def _proof(document: Mapping[str, Any], writer: Writer) -> Iterator[Part]:
    """Each chain, so that the paper too can be held against the file."""
    for chain in document["chains"]:
        rows = [
            [
                str(entry["number"]),
                writer.moment(entry["at"]),
                str(_NAMES.get(entry["type"].removeprefix("dispute."), entry["type"])),
                writer.name(entry["actor"]) if entry["actor"] else str(case_words.WHO["system"]),
                entry["hash"],
            ]
            for entry in chain["entries"]
        ]
        yield Part(
            _("What happened: %(audience)s") % {"audience": chains.name(chain["audience"], writer.side)},
            head=[_("No."), _("When"), _("What"), _("Who"), _("Hash")],
            rows=rows,
            note=_("Each hash covers the one before it. The last one stands for the whole list."),
            is_proof=True,
        )


_NAMES = case_words.COMMANDS | case_words.LOGGED


PARTS = (
    _facts, _statements, _issues, _evidence, _offers, _recommendation, _agreement, _ledger, _requests, _ends, _award,
    _payments, _looks,
)  # fmt: skip
