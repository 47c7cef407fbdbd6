"""Any command's form as plain HTML, drawn from its serializer; and what was posted, back as the command's body.

People write sums in their currency and moments in their zone; the command gets minor units and UTC.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework import serializers

from mediation.core import clock
from mediation.disputes.forms import FORMS
from mediation.disputes.forms.fields import Flag, Moment, Money, Text, Whole
from mediation.disputes.money import NotASum, how_to_write, typed, written
from mediation.web import case_references, field_refusals, log_review

Case = Mapping[str, Any]
Post = Mapping[str, Any]
Drawn = dict[str, Any]
EVIDENCE = frozenset({"submit_evidence", "pick_evidence"})
LONG_FROM = 300
AS_SHOWN = frozenset({"sha256", "offer_version"})
DIGITS_OF_WHOLE = 9  # a longer one is no number of hours, days or versions
REPLACED = frozenset({"terms", "note", "expires_at"})
LONG_ENOUGH = timedelta(days=1)
OF_NEUTRALS = frozenset({"draft_recommendation", "propose_text", "enter_award", "record_log_review"})
DEFAULT_LENGTHS = {"expires_at": timedelta(days=3), "due_at": timedelta(days=2)}


def drawn(command: str, case: Case, said: Post, errors: Mapping[str, Any]) -> list[Drawn]:
    """The command's fields with what is known or was written already."""
    form = FORMS[command]()
    found = []
    for name, field in form.fields.items():
        one = _drawn(name, field, case, said, command)
        one["error"] = _unread(one, case, said) if name in errors else ""
        one["error"] = one["error"] or _sentence(errors.get(name))
        found.append(one)
    return found


def _unread(one: Drawn, case: Case, said: Post) -> str:
    """How to write a sum, where one of the field's sums cannot be read; what is wrong with a row of hours."""
    names = {
        "money": [one["name"]],
        "findings": [f"refund_{issue['id']}" for issue in case["issues"]],
    }.get(one["kind"], [])
    if one["kind"] == "slots":
        return next((row.error for day in one["days"] for row in day["rows"] if row.error), "")
    currency = case["view"]["currency"]
    texts = (str(said.get(name, "")).strip() for name in names)
    return how_to_write(currency) if any(text and isinstance(minor(text, currency), str) for text in texts) else ""


def _drawn(name: str, field: serializers.Field, case: Case, said: Post, command: str) -> Drawn:
    # Of what is shown on the page, the page says which it is: never what an earlier page showed.
    value = "" if name in AS_SHOWN else said.get(name, "")
    is_replacing = command == "make_offer" and name in REPLACED and name not in said
    value = value or (_standing(name, case) if is_replacing else "") or _known(name, case, command, said)
    one: Drawn = {
        "name": name, "label": field.label or name, "help": field.help_text or "", "value": value,
        "required": field.required and not getattr(field, "allow_blank", False),
        "options": [], "kind": _kind(name, field),
    }  # fmt: skip
    if one["kind"] == "moment":
        one["help"] = " ".join(filter(None, (str(one["help"]), field_refusals.zone())))
    elif one["kind"] == "reference":
        one["options"] = case_references.options(name, case, command)
        if name in case_references.CARRIED or not (one["options"] or one["required"]):
            one["kind"] = "hidden"
    elif one["kind"] == "choice" and isinstance(field, serializers.ChoiceField):
        left = {"message"} if command in EVIDENCE and not said.get("message") else set()  # a form alone points at none
        one["options"] = [{"value": key, "word": word} for key, word in field.choices.items() if key not in left]
    elif one["kind"] == "yes_no":
        yes, no = (_("I agree"), _("I do not agree")) if name == "is_yes" else (_("Yes"), _("No"))
        one["options"] = [{"value": "yes", "word": yes}, {"value": "no", "word": no}]
        one["label"] = _("Your answer") if name == "is_yes" else one["label"]
    elif one["kind"] == "findings":
        one["rows"] = _findings(case, said)
    elif one["kind"] == "slots":
        one["days"] = log_review.days(case, said)
    return one


def _kind(name: str, field: serializers.Field) -> str:
    if name in ("findings", "slots", "message"):
        return name
    if name in case_references.NAMES:
        return "reference"
    if name in AS_SHOWN:
        return "hidden"
    for kind, type_ in (("money", Money), ("whole", Whole), ("moment", Moment), ("yes_no", Flag),
                        ("lines", serializers.ListField), ("date", serializers.DateField),
                        ("choice", serializers.ChoiceField)):  # fmt: skip
        if isinstance(field, type_):
            return kind
    is_long = isinstance(field, Text) and (field.max_length or 0) > LONG_FROM
    return "password" if name == "password" else "long" if is_long else "text"


def _known(name: str, case: Case, command: str, said: Post) -> Any:
    """What the page can fill in by itself."""
    view = case["view"]
    if name in DEFAULT_LENGTHS:
        return timezone.localtime(clock.now() + DEFAULT_LENGTHS[name]).strftime("%Y-%m-%dT%H:%M")
    if name == "sha256" and view["agreement"]:
        return view["agreement"]["sha256"]
    if name == "offer_version":
        offer = next((one for one in view["offers"] if one["id"] == said.get("offer_id")), None)
        return offer["version"] if offer else ""
    if name == "kind":
        return ("message" if said.get("message") else "file") if command in EVIDENCE else "answer"
    if command == "draft_recommendation" and name == "summary" and view["recommendation"]:
        return view["recommendation"]["summary"] if view["recommendation"]["is_draft"] else ""
    return _of_offer(name, view, command, said)


def _standing(name: str, case: Case) -> str:
    """What one's own offer says, which the form's replaces; its time where that is long enough to begin from."""
    offer = case_references.own_offer(case)
    if offer is None:
        return ""
    if name != "expires_at":
        return "\n".join(offer["terms"]) if name == "terms" else str(offer["note"])
    until = datetime.fromisoformat(offer["expires_at"])
    return timezone.localtime(until).strftime("%Y-%m-%dT%H:%M") if until - clock.now() > LONG_ENOUGH else ""


def _of_offer(name: str, view: Mapping[str, Any], command: str, said: Post) -> Any:
    """Sums begin where they stand: at the offer that is answered, else at one's own newest, else at the claim. Those of
    who takes no side begin nowhere: one that is there already is one side's.
    """
    if name not in ("refund_minor", "release_minor") or command == "bid":
        return ""  # in a bid, a number that is there already would pull it
    about = next((one for one in view["offers"] if one["id"] == said.get("offer_id")), None)
    mine = next((one for one in reversed(view["offers"]) if one["is_mine"]), None)
    draft = view["recommendation"] if view["recommendation"] and view["recommendation"]["is_draft"] else None
    start = draft or about or mine
    if start is None and command in OF_NEUTRALS:
        return ""
    refund = start["refund_minor"] if start else view["claimed_refund_minor"]
    return plain(refund if name == "refund_minor" else view["amount_minor"] - refund, view["currency"])


def _findings(case: Case, said: Post) -> list[Drawn]:
    draft = case["view"]["recommendation"] or {}
    before = {one["issue"]: one for one in draft.get("findings", [])} if draft.get("is_draft") else {}
    rows = []
    for issue in case["issues"]:
        known, key = before.get(issue["id"]), issue["id"]
        cited = set(_many(said, f"cited_{key}")) or set(known["evidence"] if known else ())
        refund = plain(known["refund_minor"], case["view"]["currency"]) if known else ""
        rows.append(
            {
                "issue": issue,
                "text": said.get(f"finding_{key}", "") or (known["text"] if known else ""),
                "refund": said.get(f"refund_{key}", "") or refund,
                "evidence": [{"id": one["id"], "number": one["number"], "title": one["title"],
                              "cited": one["id"] in cited} for one in case["evidence"]],
            }
        )  # fmt: skip
    return rows


def body(command: str, case: Case, post: Post) -> dict[str, Any]:
    """What was posted as the command's JSON body. What was left empty is left out; words that were cleared are not, so
    that they are gone.
    """
    found: dict[str, Any] = {}
    for name, field in FORMS[command]().fields.items():
        value = _said(name, _kind(name, field), case, post)
        if value not in ("", None) or (value == "" and _may_be_blank(field) and (field.required or name in post)):
            found[name] = value
    return found


def _may_be_blank(field: serializers.Field) -> bool:
    return isinstance(field, Text) and field.allow_blank


def _said(name: str, kind: str, case: Case, post: Post) -> Any:
    text = str(post.get(name, "")).strip()
    currency = case["view"]["currency"]
    if kind == "findings":
        return _said_findings(case, post)
    if kind == "slots":
        return log_review.slots(case, post)
    if kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if not text:
        return ""
    read = {"money": lambda: minor(text, currency), "moment": lambda: _moment(text), "yes_no": lambda: text == "yes",
            "message": lambda: case_references.address(text) or text}.get(kind)  # fmt: skip
    if kind == "whole" or name == "offer_version":
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS_OF_WHOLE else text
    return read() if read else text


def _said_findings(case: Case, post: Post) -> list[dict[str, Any]]:
    return [
        {
            "issue_id": issue["id"],
            "text": str(post.get(f"finding_{issue['id']}", "")),
            "refund_minor": minor(str(post.get(f"refund_{issue['id']}", "")) or "0", case["view"]["currency"]),
            "evidence": _many(post, f"cited_{issue['id']}"),
        }
        for issue in case["issues"]
    ]


def _many(post: Post, name: str) -> Sequence[str]:
    many = getattr(post, "getlist", None)
    return many(name) if many else []


def minor(text: str, currency: str) -> int | str:
    """What was typed in minor units; what is no sum comes back as it was written, and `drawn` says how to write one."""
    try:
        return typed(text, currency, get_language() or "en")
    except NotASum:
        return text


def plain(sum_minor: int, currency: str) -> str:
    """A sum as a field holds it, in the reader's language."""
    return written(sum_minor, currency, get_language() or "en")


def _moment(text: str) -> str:
    """The reader's wall clock as a moment; what is none comes back as it was written."""
    try:
        return timezone.make_aware(datetime.fromisoformat(text)).isoformat()
    except ValueError:
        return text


def _sentence(error: Any) -> str:
    """The first sentence of what DRF says about a field, however deep it stands."""
    if isinstance(error, Mapping):
        return _sentence(next((one for one in error.values() if one), ""))
    if isinstance(error, list):
        return _sentence(next((one for one in error if one), ""))
    return str(error) if error else ""
