"""The case's cards in the talk: one markup, as the case stands now, on the page and in the parts that scripts fetch."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from mediation.core import clock
from mediation.disputes.actions import claims
from mediation.disputes.models import CaseEntry, Dispute
from mediation.disputes.rules.states import State, Track
from mediation.web.case_cards import key_of
from mediation.web.room_page import FIRST_PAGE
from mediation.web.sentences import join_names
from tests.cast import Cast
from tests.disputes.cases import Case
from tests.disputes.conftest import Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import mediation as mediation  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414
from tests.disputes.stories import ANSWER, offer, recommend
from tests.disputes.ways import case_in, money_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(cast: Cast, say: Say) -> Say:
    say(cast.client, "file")
    say(cast.freelancer, "decline", **ANSWER)
    return say


def room_of(client: Client, cast: Cast, who: str = "client") -> str:
    client.force_login(getattr(cast, who))
    return client.get(reverse("web:room", args=[cast.room.pk])).content.decode()


def in_timeline(html: str, key: str) -> str:
    """The card's place in the talk, up to the end of its line."""
    start = html.index(f'data-card="{key}"')
    end = html.find("<li data-key=", start)
    return re.sub(r"\s+", " ", html[start:end])


def test_an_offer_is_a_card_in_the_talk_with_the_answers_of_who_may_give_them(
    client: Client, cast: Cast, talks: Say, draft: Dispute
) -> None:
    key = f"offer-{offer(cast, talks, draft)['offer_id']}"
    hers, his = (in_timeline(room_of(client, cast, who), key) for who in ("client", "freelancer"))
    assert "do/accept_offer/" in hers
    assert "do/withdraw_offer/" not in hers
    assert "do/withdraw_offer/" in his
    assert "do/accept_offer/" not in his


def test_a_declined_offer_says_who_when_and_why_and_takes_no_answer(
    client: Client, cast: Cast, talks: Say, draft: Dispute
) -> None:
    named = offer(cast, talks, draft)
    talks(cast.client, "decline_offer", offer_id=named["offer_id"], reason="It leaves out the <b>lost</b> days.")
    card = in_timeline(room_of(client, cast), f"offer-{named['offer_id']}")
    assert 'data-state="declined"' in card
    assert "Helen declined it. “It leaves out the &lt;b&gt;lost&lt;/b&gt; days.” <time" in card
    assert "do/accept_offer/" not in card
    assert (
        CaseEntry.objects.get(dispute=draft, type="dispute.decline_offer").content["reason"].startswith("It leaves out")
    )


def test_an_old_card_shows_what_became_of_it(client: Client, cast: Cast, talks: Say, draft: Dispute) -> None:
    first = offer(cast, talks, draft)
    second = offer(cast, talks, draft, refund=40_000)
    talks(cast.client, "accept_offer", **second)
    html = room_of(client, cast)
    assert 'data-state="superseded"' in in_timeline(html, f"offer-{first['offer_id']}")
    assert "Mateo" in in_timeline(html, f"offer-{second['offer_id']}")
    assert "do/accept_text/" in in_timeline(html, f"agreement-{draft.pk}-1")


def test_a_recommendation_is_a_card_and_the_parts_bring_every_card_along(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    recommend(cast, mediation, draft)
    key = f"recommendation-{draft.recommendations.get().pk}"
    assert "do/answer/" in in_timeline(room_of(client, cast), key)
    parts = client.get(reverse("web:room_case", args=[cast.room.pk]), headers={"X-Part": "case"}).content.decode()
    assert parts.count(f'data-key="{key}"') == 1


def test_a_page_brings_each_card_once(client: Client, cast: Cast, talks: Say, draft: Dispute) -> None:
    far = f"offer-{offer(cast, talks, draft)['offer_id']}"
    for number in range(FIRST_PAGE):
        cast.say(cast.client, f"Word {number}")
    near = f"offer-{offer(cast, talks, draft, refund=40_000)['offer_id']}"
    html = room_of(client, cast)
    laid_by = re.findall(r'<div data-key="([^"]+)"', html)
    assert far in laid_by, "its line is further up"
    assert near not in laid_by, "it stands in its line"
    assert f'data-card="{near}"' in html
    assert f'data-card="{far}"' not in html


def test_a_form_names_who_reads_what_is_said_and_says_nothing_where_not_all_of_it_is_read(
    client: Client, cast: Cast, mediation: Say, draft: Dispute
) -> None:
    client.force_login(cast.client)
    said = {
        command: client.get(reverse("web:case_do", args=[draft.pk, command])).content.decode()
        for command in ("make_offer", "object_to_mediator")
    }
    assert "Mateo Giraldo and Ana Duarte will read this" in said["make_offer"]
    assert "will read this" not in said["object_to_mediator"]
    assert "<h1>" in said["object_to_mediator"]


def test_more_cards_take_no_more_queries(client: Client, cast: Cast, talks: Say, draft: Dispute) -> None:
    counts = []
    for refund in (10_000, 20_000, 30_000, 40_000):
        offer(cast, talks, draft, refund=refund)
        room_of(client, cast)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            room_of(client, cast)
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def cards_for(client: Client, cast: Cast, who: str) -> set[str]:
    """The cards that the parts bring to an open page."""
    client.force_login(getattr(cast, who))
    parts = client.get(reverse("web:room_case", args=[cast.room.pk]), headers={"X-Part": "case"}).content.decode()
    return set(re.findall(r'<div data-key="([^"]+)"', parts))


def over(cast: Cast) -> Case:
    """A case with an offer and an answer to it, and then withdrawn."""
    case = case_in(cast, State.NEGOTIATING)
    case.do(cast.freelancer, "make_offer")
    case.do(cast.client, "withdraw")
    return case


def test_a_text_that_no_longer_stands_cannot_be_accepted_from_its_card(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.SETTLING)
    key = f"agreement-{case.id}-1"
    assert key in cards_for(client, cast, "client")
    case.do(cast.freelancer, "ask_change")
    assert key in cards_for(client, cast, "client")
    assert "do/accept_text/" not in in_timeline(room_of(client, cast), key)


def test_a_draft_and_a_new_case_leave_the_cards_of_the_old_one_for_both(client: Client, cast: Cast) -> None:
    first = over(cast)
    key = f"offer-{first.row.offers.get().pk}"
    claims.start_claim(user=cast.client, room_id=cast.room.pk, track=Track.ESCROW, milestone_id=first.row.milestone_id)
    for who in ("client", "freelancer"):
        assert cards_for(client, cast, who) == {key, f"claim-{first.id}"}
        assert 'data-state="superseded"' in in_timeline(room_of(client, cast, who), key)
    second = case_in(cast, State.NEGOTIATING)
    second.do(cast.freelancer, "make_offer")
    for who in ("client", "freelancer"):
        claims_of_both = {f"claim-{first.id}", f"claim-{second.id}"}
        assert cards_for(client, cast, who) == {key, f"offer-{second.row.offers.get().pk}"} | claims_of_both
    card = in_timeline(room_of(client, cast), key)
    assert f"/cases/{first.id}/do/" not in card
    assert f"/cases/{second.id}/do/" not in card


def test_the_recommendation_of_a_case_that_is_over_stays_and_takes_no_answer(client: Client, cast: Cast) -> None:
    case = case_in(cast, State.RECOMMENDED)
    key = f"recommendation-{case.row.recommendations.get().pk}"
    case.do(cast.client, "withdraw")
    claims.start_claim(
        user=cast.client, room_id=cast.room.pk, track=Track.ESCROW, milestone_id=money_for(cast, Track.ESCROW)
    )
    for who in ("client", "freelancer"):
        card = in_timeline(room_of(client, cast, who), key)
        assert "Share it." in card
        assert "do/answer/" not in card


def test_more_cases_of_a_room_take_no_more_queries(client: Client, cast: Cast) -> None:
    counts = []
    for _ in range(3):
        over(cast)
        cards_for(client, cast, "client")
        with CaptureQueriesContext(connection) as asked:
            cards_for(client, cast, "client")
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_a_line_without_what_it_names_has_no_card() -> None:
    assert key_of("dispute.make_offer", {}) == ""
    assert key_of("dispute.accept_text", {"dispute": "d", "agreement": 1}) == ""


@pytest.mark.parametrize(
    ("language", "last", "said"),
    [("es", "Ifeoma", "Ana e Ifeoma"), ("es", "Hilda", "Ana e Hilda"), ("es", "Íñigo", "Ana e Íñigo"),
     ("es", "Mateo", "Ana y Mateo"), ("es", "Hielo", "Ana y Hielo"), ("en", "Ifeoma", "Ana and Ifeoma")],
)  # fmt: skip
def test_names_are_joined_as_they_sound(language: str, last: str, said: str) -> None:
    with translation.override(language):
        assert join_names(["Ana", last]) == said


def test_the_form_of_an_offer_says_what_the_other_side_will_read(
    client: Client, cast: Cast, talks: Say, draft: Dispute
) -> None:
    client.force_login(cast.client)
    html = client.get(reverse("web:case_do", args=[draft.pk, "make_offer"])).content.decode()
    assert "Mateo will read:" in html
    assert "Helen offers $2,200.00 back to Helen and $0.00 to Mateo." in html
    sums = {"refund_minor": "x", "release_minor": "y"}
    unread = client.post(reverse("web:case_do", args=[draft.pk, "make_offer"]), sums)
    assert "Helen offers … back to Helen and … to Mateo." in unread.content.decode()
    bound = client.post(
        reverse("web:case_do", args=[draft.pk, "make_offer"]), sums | {"terms": " Tested <now>\n\nPaid"}
    )
    html = bound.content.decode()
    assert "Helen offers … back to Helen and … to Mateo, on these conditions:" in html
    listed = html[html.index('data-part="reads-terms"') :].partition("</ul>")[0]
    assert re.findall("<span>([^<]+)</span>", listed) == ["Tested &lt;now&gt;", "Paid"]


def test_nobody_is_apart_any_more_once_an_offer_is_accepted(
    client: Client, cast: Cast, talks: Say, draft: Dispute
) -> None:
    named = offer(cast, talks, draft)
    sums = {"refund_minor": 90_000, "release_minor": 130_000, "expires_at": clock.now() + timedelta(days=1)}
    talks(cast.client, "make_offer", **sums)
    assert "$600.00 apart" in room_of(client, cast)
    talks(cast.client, "accept_offer", **named)
    assert "apart" not in room_of(client, cast).partition("How far")[2].partition("</section>")[0]
