"""Where a command's plain form is, and the things of a case that it can be about, with words instead of ids."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from mediation.conversations.models import Attachment, Contract, Message, Thread
from mediation.disputes import term_words
from mediation.disputes.errors import TooManyCases
from mediation.disputes.models import CaseEntry, Dispute
from mediation.disputes.money import NotASum, money, typed
from mediation.disputes.queries import contract_terms
from mediation.web import claim_money, routing_words, words
from mediation.web.sentences import join_names

Case = Mapping[str, Any]
# These come along with the link; the others are chosen on the page.
CARRIED = frozenset({"offer_id", "request_id", "promise_id", "release_id", "evidence_id", "pick_id"})
DIGITS_OF_SEQ = 9  # as many as the column holds for sure
# Every word of these is for both sides and the mediator; of others a part is sealed, private or Upwork's alone.
READ_BY_ALL = frozenset(
    {
        "accept_full", "accept_offer", "accept_text", "add_issue", "answer_evidence", "answer_request", "ask_change",
        "counter_offer", "decline", "decline_offer", "grant_release", "make_offer", "state_position", "submit_evidence",
        "withdraw_offer",
    }
)  # fmt: skip
NAMES = CARRIED | {"milestone_id", "week_starts", "issue_id", "asked_of", "party", "agent_id", "file_id", "term_id"}


def form_address(case: Case, command: str, **about: Any) -> str:
    """Where a command's plain form is, filled in as far as `about` says."""
    return reverse("web:case_do", args=[case["id"], command]) + (f"?{urlencode(about)}" if about else "")


def options(name: str, case: Case, command: str) -> list[dict[str, str]]:
    """`value` and `word` of each."""
    if name == "issue_id":
        return [{"value": one["id"], "word": f"{one['position']}. {one['title']}"} for one in case["issues"]]
    if name in ("asked_of", "party"):
        return [{"value": case[side]["id"], "word": case[side]["name"]} for side in ("client", "freelancer")]
    if name in ("milestone_id", "week_starts"):
        return _money(case, is_week=name == "week_starts")
    if name == "agent_id":
        return _agents(case)
    if name == "term_id":
        quotable = contract_terms.of(Contract.objects.get(room=case["room"]))
        return [{"value": str(one.id), "word": term_words.written(one.term)} for one in quotable]
    return _files(case, command) if name == "file_id" else []


def about(case: Case, command: str, said: Mapping[str, Any]) -> str:
    """What the form is about, in a sentence: the tie, the request, the words, the evidence, the point."""
    if command in ("answer_disclosure", "override_conflict"):
        return "\n".join(f"{one['agent']['name']}: “{one['text']}”" for one in case["ties"])
    for key, name in (("requests", "request_id"), ("promises", "promise_id"), ("releases", "release_id")):
        if found := _by_id(case[key], said.get(name)):
            return str(found["text"])
    if found := _by_id(case["view"]["picks"], said.get("pick_id")):
        return str(found["title"])
    if found := _by_id(case["evidence"], said.get("evidence_id")):
        return f"E{found['number']} · {found['title']}"
    if found := _by_id(case["issues"], said.get("issue_id")):
        return f"{found['position']}. {found['title']}"
    return ""


def offer(case: Case, said: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The offer that the form is about."""
    return _by_id(case["open_offers"], said.get("offer_id"))


def is_over(case: Case, command: str, said: Mapping[str, Any]) -> bool:
    """Whether what was refused would be refused again: it is not to be said any more, or not of this offer. Who has as
    many cases as they can carry says a reason in the form.
    """
    sayable = {one["command"]: one["why_not"] for one in case["view"]["actions"]}
    why_not = sayable.get(command, {"code": ""})
    return bool(why_not and why_not["code"] != TooManyCases.code) or ("offer_id" in said and offer(case, said) is None)


def acted_last(case: Case, user: User) -> bool:
    """Whether the newest entry that everybody may read is the reader's own."""
    told = CaseEntry.objects.filter(dispute=case["id"], audience=Thread.Audience.JOINT.value)
    return told.order_by("-number").values_list("actor_id", flat=True).first() == user.pk


def own_offer(case: Case) -> Mapping[str, Any] | None:
    """The reader's offer that stands, which a new one replaces."""
    return next((one for one in case["open_offers"] if one["is_mine"]), None)


def readers(case: Case, command: str) -> str:
    """“Mateo Giraldo and Ana Duarte will read this”, for what is said in front of everyone; else nothing."""
    if command not in READ_BY_ALL:
        return ""
    cards = (case["client"], case["freelancer"], case["view"]["mediator"])
    names = [card["name"] for card in cards if card and card != case["me"]]
    return str(words.AUDIENCES["joint"]["who"]) % {"names": join_names(names)}


def offer_sentence(case: Case, sums: Sequence[Mapping[str, Any]], conditions: str) -> dict[str, Any] | None:
    """What the other side will read of an offer: `plain` and `bound`, the sentence without and with conditions, each
    with {refund} and {release} in it; `now` with the sums of the form, `terms` the conditions as written there, one a
    line. None without an other side; dots where a sum cannot be read.
    """
    if not case["other"] or not case["me"]:
        return None
    names = {side: case[side]["first_name"] for side in ("client", "freelancer")} | {"who": case["me"]["first_name"]}
    plain = _("%(who)s offers {refund} back to %(client)s and {release} to %(freelancer)s.") % names
    bound = (
        _("%(who)s offers {refund} back to %(client)s and {release} to %(freelancer)s, on these conditions:") % names
    )
    language, currency = get_language() or "en", case["view"]["currency"]
    try:
        shown = [money(typed(str(one["value"]), currency, language), currency, language) for one in sums]
    except NotASum:
        shown = ["…", "…"]
    terms = [line.strip() for line in conditions.splitlines() if line.strip()]
    now = (bound if terms else plain).replace("{refund}", shown[0]).replace("{release}", shown[1])
    return {"plain": plain, "bound": bound, "now": now, "terms": terms}


def award(case: Case) -> Mapping[str, Any] | None:
    """The award that waits for a second senior."""
    return next((one for one in case["view"]["awards"] if one["confirmed_at"] is None), None)


def _by_id(found: list[Any], wanted: Any) -> Mapping[str, Any] | None:
    return next((one for one in found if one["id"] == wanted), None)


def _money(case: Case, *, is_week: bool) -> list[dict[str, str]]:
    """What a claim can be about: milestones, or the weeks of a contract by the hour."""
    contract = Contract.objects.get(room=case["room"])
    if is_week != (contract.kind == Contract.Kind.HOURLY.value):
        return []
    found = claim_money.of(contract).choices
    return [{"value": one["about"], "word": f"{one['word']} · {one['hint']}"} for one in found]


def _agents(case: Case) -> list[dict[str, str]]:
    """Whom the case suits best first."""
    return routing_words.choices(
        Dispute.objects.select_related("filer", "respondent", "asker", "room").get(pk=case["id"])
    )


def _files(case: Case, command: str) -> list[dict[str, str]]:
    """Files that were sent to everyone; an award is a file of the staff notes."""
    audience = Thread.Audience.INTERNAL if command == "enter_award" else Thread.Audience.JOINT
    sent = Attachment.objects.filter(
        message__isnull=False,
        message__removed_at__isnull=True,
        thread__room=case["room"],
        thread__audience=audience.value,
    )
    return [{"value": str(one.pk), "word": one.name} for one in sent.order_by("-created_at")[:50]]


def address(text: str) -> dict[str, Any] | None:
    """Where a link says a message is, as `<thread>:<seq>`; None for what is no address of any message."""
    thread, _colon, seq = text.partition(":")
    if not (seq.isascii() and seq.isdecimal() and len(seq) <= DIGITS_OF_SEQ):
        return None
    try:
        return {"thread": str(UUID(thread)), "seq": int(seq)}
    except ValueError:
        return None


def quoted(case: Case, text: str) -> str:
    """What a message of the room says that evidence is made from; empty for any other."""
    named = address(text)
    if named is None:
        return ""
    found = Message.objects.filter(
        **named, thread__room=case["room"], thread__audience="joint", removed_at__isnull=True
    ).first()
    return found.body or _("A file") if found else ""
