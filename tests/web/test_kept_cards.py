"""Cards of what stays readable: words shared with consent, a decision by silence, texts that were replaced."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import User
from mediation.conversations.models import Message
from mediation.core import clock
from mediation.disputes.models import Dispute
from mediation.disputes.queries.case import case_view, kept
from mediation.disputes.queries.case.reader import reader
from mediation.disputes.rules.states import State
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import mediation as mediation  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414
from tests.disputes.stories import later, recommend
from tests.disputes.ways import case_in
from tests.web.test_case_cards import cards_for, in_timeline, room_of
from tests.web.test_undecided import silence as silence  # noqa: PLC0414

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(cast: Cast) -> None:
    User.objects.update(language="en")


def asked(cast: Cast, mediation: Say, text: str) -> UUID:
    """Ana asks Helen, in private, whether everyone may read these words."""
    said = mediation(cast.mediator, "ask_release", party=cast.client.pk, text=text, question="May I share this?")
    return UUID(said.data["release_id"])


def test_shared_words_are_a_card_that_everyone_reads_alike(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    kept, shared = asked(cast, mediation, "Canary of Helen"), asked(cast, mediation, "The 24th matters <b>to me</b>.")
    for who in ("client", "freelancer"):
        assert cards_for(client, cast, who) == {f"claim-{draft.pk}"}, "what was only asked for is nobody's card"
    mediation(cast.client, "refuse_release", release_id=kept)
    mediation(cast.client, "grant_release", release_id=shared)
    key = f"shared-{shared}"
    pages = {who: room_of(client, cast, who) for who in ("client", "freelancer", "mediator")}
    cards = {who: in_timeline(html, key).partition("</figure>")[0] for who, html in pages.items()}
    assert len(set(cards.values())) == 1
    assert "from Helen’s private talk, word by word" in cards["freelancer"]
    assert "“The 24th matters &lt;b&gt;to me&lt;/b&gt;.”" in cards["freelancer"]
    assert "Canary of Helen" not in room_of(client, cast, "freelancer")
    draft.refresh_from_db()
    view = case_view(draft, cast.freelancer)
    assert (len(view["shared"]), view["releases"]) == (1, [])
    assert "asked_at" not in view["shared"][0], "how long she thought about it is hers"


def test_a_line_of_before_the_card_still_says_the_words(client: Client, cast: Cast, mediation: Say) -> None:
    mediation(cast.mediator, "begin_caucus", party=cast.client.pk)
    mediation(cast.client, "grant_release", release_id=asked(cast, mediation, "The 24th matters."))
    line = Message.objects.get(thread=cast.joint, code="dispute.grant_release")
    line.params.pop("release")
    line.save(update_fields=["params"])
    assert "Shared with consent, from a private talk with" in room_of(client, cast, "freelancer")
    assert "“The 24th matters.”" in room_of(client, cast, "freelancer")


def test_a_decision_by_silence_is_a_card_with_its_reason_and_its_notices(
    client: Client, cast: Cast, silence: Dispute, say: Say
) -> None:
    silence.notices.update(handed_over_at=silence.filed_at)
    with later(days=8):
        say(cast.agent, "confirm_default", reason="Two notices, and no word.")
    for who in ("client", "freelancer"):
        card = in_timeline(room_of(client, cast, who), f"default-{silence.pk}")
        assert "“Two notices, and no word.”" in card
        assert "Nothing moves yet" in card
        for said in ("Told of the claim here", "Told of the claim by e-mail", "Reminded by e-mail", "$2,200.00"):
            assert said in card
    with later(days=9, hours=1):
        say(None, "end_stay")
        card = in_timeline(room_of(client, cast), f"default-{silence.pk}")
    assert "Carried out" in card
    assert "Nothing moves yet" not in card


def test_a_text_that_was_replaced_is_read_from_the_card_of_the_one_that_stands(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.SETTLING)
    first = case.row.agreements.get()
    case.do(cast.freelancer, "ask_change")
    gone = in_timeline(room_of(client, cast), f"agreement-{case.id}-{first.version}")
    assert "No longer stands" in gone
    assert "do/accept_text/" not in gone
    case.do(cast.freelancer, "make_offer")
    case.do(cast.client, "accept_offer")
    second = in_timeline(room_of(client, cast), f"agreement-{case.id}-{first.version + 1}")
    assert "1 earlier version<" in second
    assert "do/accept_text/" in second
    before = second[second.index("1 earlier version<") :]
    assert f"version {first.version}<" in before
    assert "Upwork returns <b>" in before


def test_a_recommendation_stays_that_of_who_sent_it_when_another_mediator_follows(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    recommend(cast, mediation, draft)
    mediation(cast.supervisor, "reassign", brief="They wait.", agent_id=cast.agent.pk)
    key = f"recommendation-{draft.recommendations.get().pk}"
    assert "from Ana, not binding" in in_timeline(room_of(client, cast), key)
    draft.recommendations.update(reopenings=1)  # as a round that has passed: it no longer stands
    assert "from Ana, not binding" in in_timeline(room_of(client, cast), key)


def test_a_draft_that_a_successor_sends_is_the_successors(cast: Cast) -> None:
    case = case_in(cast, State.MEDIATING)
    for command in ("close_evidence", "draft_recommendation"):
        case.do(cast.mediator, command)
    case.say(cast.supervisor, "reassign", brief="They wait.", agent_id=cast.agent.pk)
    case.do(cast.agent, "issue_recommendation")
    assert case_view(case.row, cast.client)["recommendation"]["by"]["id"] == str(cast.agent.pk)


def test_a_recommendation_that_was_replaced_takes_no_answer_and_stays_readable(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    recommend(cast, mediation, draft)
    first = draft.recommendations.get()
    for party in (cast.client, cast.freelancer):
        mediation(party, "answer", is_yes=True)
    mediation(cast.client, "ask_change", reason="The terms are missing.")
    sums = {"refund_minor": 60_000, "release_minor": 160_000}
    items = list(draft.evidence.values_list("pk", flat=True))
    finding = {"issue_id": draft.issues.get().pk, "text": "More of it.", "refund_minor": 60_000, "evidence": items}
    mediation(cast.mediator, "draft_recommendation", summary="Again.", findings=[finding], **sums)
    mediation(cast.mediator, "issue_recommendation")
    html = room_of(client, cast)
    old = in_timeline(html, f"recommendation-{first.pk}")
    new = in_timeline(html, f"recommendation-{draft.recommendations.get(number=first.number + 1).pk}")
    assert "No longer stands" in old
    assert "do/answer/" not in old
    assert "do/answer/" in new
    assert "1 earlier recommendation<" in new
    assert "Share it." in new


def test_what_decided_a_case_before_it_was_opened_again_stays_readable_where_it_stood(
    client: Client, cast: Cast
) -> None:
    case = case_in(cast, State.RECOMMENDED)
    for command in ("answer", "accept_text"):
        for party in (cast.client, cast.freelancer):
            case.do(party, command)
    first, text = case.row.recommendations.get(), case.row.agreements.get()
    case.do(cast.senior, "void")
    case.do(cast.supervisor, "reopen")
    keys = (f"recommendation-{first.pk}", f"agreement-{case.id}-{text.version}")
    for who in ("client", "freelancer"):
        html = room_of(client, cast, who)
        assert all("$500.00" in in_timeline(html, key).partition("</figure>")[0] for key in keys)
        view = case_view(case.row, getattr(cast, who))
        assert (view["recommendation"], view["agreement"]) == (None, None), "nothing of it decides now"
    for command in ("close_evidence", "draft_recommendation", "issue_recommendation"):
        case.do(cast.agent, command)
    second = case.row.recommendations.get(reopenings=1)
    html = room_of(client, cast, "client")
    assert all(in_timeline(html, f"recommendation-{one.pk}") for one in (first, second))


def kept_for(case: Dispute, who: User) -> dict[str, Any]:
    return kept.kept(reader(case, who, clock.now()), kept.default_entries([case]))


def test_who_reads_nothing_of_the_case_is_given_no_decision(cast: Cast, silence: Dispute, say: Say) -> None:
    silence.notices.update(handed_over_at=silence.filed_at)
    with later(days=8):
        say(cast.agent, "confirm_default", reason="Two notices, and no word.")
    case = Dispute.objects.get(pk=silence.pk)
    assert kept_for(case, cast.client)["default"]["reason"] == "Two notices, and no word."
    nothing = {"shared": [], "default": None, "former_agreements": [], "former_recommendations": []}
    assert kept_for(case, cast.outsider) == nothing


def test_and_no_text_that_was_replaced(cast: Cast) -> None:
    case = case_in(cast, State.SETTLING)
    case.do(cast.freelancer, "ask_change")
    assert len(kept_for(case.row, cast.client)["former_agreements"]) == 1
    assert kept_for(case.row, cast.outsider)["former_agreements"] == []
