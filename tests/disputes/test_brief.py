"""The brief, the same for everybody; and what one reader has not seen yet."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from mediation.conversations.actions import reading
from mediation.core import clock
from mediation.disputes.models import Dispute
from mediation.disputes.queries.away import away
from mediation.disputes.queries.brief import brief
from mediation.disputes.rules.response import usual_wait, waits
from tests.cast import Cast
from tests.disputes.conftest import AMOUNT, Say
from tests.disputes.stories import recommend

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HELEN, MATEO = uuid4(), uuid4()


def minute(count: int) -> datetime:
    return NOON + timedelta(minutes=count)


def test_several_words_in_a_row_wait_once_and_the_middle_counts() -> None:
    written = [(HELEN, minute(0)), (HELEN, minute(5)), (MATEO, minute(20)), (MATEO, minute(25)), (HELEN, minute(30)),
               (MATEO, minute(130)), (HELEN, minute(200))]  # fmt: skip
    assert waits(written, MATEO) == [timedelta(minutes=20), timedelta(minutes=100)]
    assert usual_wait(written, MATEO) == timedelta(minutes=60)
    assert usual_wait(written, HELEN) == timedelta(minutes=40)
    assert usual_wait([], HELEN) is None


def test_nobody_has_a_brief_of_a_draft(cast: Cast, draft: Dispute) -> None:
    assert brief(draft) == {}


def test_the_brief_holds_the_facts_and_nothing_private(cast: Cast, draft: Dispute, mediation: Say) -> None:
    recommend(cast, mediation, draft)
    draft.refresh_from_db()
    before = brief(draft)
    assert before["money"] == {
        "currency": "USD", "amount_minor": AMOUNT, "claimed_refund_minor": AMOUNT, "held_minor": AMOUNT,
    }  # fmt: skip
    assert [one["command"] for one in before["timeline"]] == [
        "file", "decline", "ask_mediator", "claim", "issue_recommendation",
    ]  # fmt: skip
    assert [one["body"] for one in before["statements"]] == [
        "The checkout fails on phones.", "I delivered what we agreed.",
    ]  # fmt: skip
    assert before["evidence"] == {"acknowledged": 1}
    assert [one["kind"] for one in before["deadlines"]] == ["answer"]
    mediation(cast.client, "answer", is_yes=True)
    cast.say(cast.client, "Only for Ana.", audience="caucus_client")
    assert brief(Dispute.objects.get(pk=draft.pk)) == before


def test_statements_are_in_it_only_when_both_can_read_them(cast: Cast, draft: Dispute, say: Say) -> None:
    say(cast.client, "file")
    draft.refresh_from_db()
    assert brief(draft)["statements"] == []


def test_what_came_since_is_told_to_each_from_where_they_had_read(cast: Cast, draft: Dispute, mediation: Say) -> None:
    assert away(draft, cast.freelancer) is None
    for thread in (cast.joint, cast.thread("caucus_freelancer")):
        reading.mark_read(user=cast.freelancer, thread_id=thread.pk, seq=thread.head_seq)
    assert away(draft, cast.freelancer) is None
    mediation(cast.client, "cool_off", hours=12)
    cast.say(cast.client, "Back tomorrow.")
    cast.say(cast.client, "Only for Ana.", audience="caucus_client")
    mediation(cast.freelancer, "state_position", issue_id=draft.issues.get().pk, text="Mine.")
    found = away(draft, cast.freelancer)
    assert found is not None
    assert (found["messages"], found["private_messages"]) == (1, 0)
    assert [one["command"] for one in found["news"]] == ["cool_off"]
    mediation(cast.mediator, "begin_caucus", party=cast.freelancer.pk)
    cast.say(cast.mediator, "And you?", audience="caucus_freelancer")
    assert away(draft, cast.freelancer)["private_messages"] == 1


def test_the_page_is_the_same_for_both_and_closed_to_others(
    cast: Cast, draft: Dispute, mediation: Say, client: Client, django_assert_max_num_queries: object
) -> None:
    cast.say(cast.client, "Hello?")
    with clock.at(clock.now() + timedelta(minutes=90)):
        cast.say(cast.freelancer, "Here.")
    address = reverse("web:case_brief", args=[draft.pk])
    said = []
    for person in (cast.client, cast.mediator):
        client.force_login(person)
        with django_assert_max_num_queries(24):
            html = client.get(address).content.decode()
        part = html[html.index('class="sheet-part brief"') :]
        said.append(part[: part.index("</section>")])
    assert said[0] == said[1]
    assert "usually answers within 1 h 30 min" in said[0]
    for person in (cast.outsider, cast.analyst):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_the_room_tells_it_once_and_not_to_who_has_read_everything(
    cast: Cast, draft: Dispute, mediation: Say, client: Client
) -> None:
    reading.mark_read(user=cast.freelancer, thread_id=cast.joint.pk, seq=cast.joint.head_seq)
    client.force_login(cast.freelancer)
    room = reverse("web:room", args=[cast.room.pk])
    assert 'id="away-title"' not in client.get(room).content.decode()
    mediation(cast.client, "cool_off", hours=12)
    cast.say(cast.client, "Back tomorrow.")
    html = client.get(room).content.decode()
    assert html.count('id="away-title"') == 1
    assert "<b>Helen</b> " in html[html.index('id="away-title"') :][:600]
    assert "cool_off" not in html[html.index('id="away-title"') :][:600]
