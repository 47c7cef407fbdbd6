"""The step of a claim at which its writer chooses what shows it, by plain forms."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mediation.conversations.actions import files, messages
from mediation.conversations.actions.search_index import index_everything
from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.models import Contract, Milestone, Thread
from mediation.disputes.models import Dispute, Pick
from mediation.disputes.rules.guards.evidence import MOST_PICKS
from tests.cast import Cast
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(cast: Cast) -> Thread:
    return cast.room.threads.get(audience="joint", is_main=True)


@pytest.fixture
def address(cast: Cast, draft: Dispute) -> str:
    return reverse("web:claim_evidence", args=[cast.room.pk])


@pytest.fixture
def helen(client: Client, cast: Cast) -> Client:
    client.force_login(cast.client)
    return client


def talk(cast: Cast, joint: Thread, text: str, *carried: UUID) -> str:
    """The message as the page names it."""
    sent = send_message(Send(author_id=cast.client.pk, thread_id=joint.pk, client_id=uuid4(), body=text, files=carried))
    return f"message:{joint.pk}:{sent.seq}"


def whole(cast: Cast) -> str:
    """The contract as a whole, as the page names it."""
    return f"term:{cast.room.contract_id}"


def text_file(name: str = "checkout.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"It fails.\n", "text/plain")


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everything_is_chosen_by_plain_forms_and_filed(
    helen: Client, cast: Cast, draft: Dispute, joint: Thread, address: str, milestone: Milestone
) -> None:
    asked = talk(cast, joint, "Does it work on phones?")
    kept = files.upload(user=cast.client, thread_id=joint.pk, file=text_file("plan.txt"))
    talk(cast, joint, "The plan.", kept.pk)
    Milestone.objects.filter(pk=milestone.pk).update(due_date=date(2030, 5, 6))
    for said in (
        {"source": asked, "title": "I asked"},
        {"source": f"file:{kept.pk}"},
        {"source": f"term:{milestone.pk}"},
        {"source": whole(cast)},
        {"upload": text_file()},
    ):
        assert helen.post(address, {"command_id": uuid4()} | said).status_code == 302
    titles = [one.title for one in draft.picks.all()]
    assert titles[:2] == ["I asked", "plan.txt"]
    assert titles[2:4] == ["Checkout and launch", cast.room.contract.title]
    assert titles[4] == "checkout.txt"
    html = shown(helen, address)
    assert "Checkout and launch, $2,200.00, due 6 May 2030" in html
    left = re.findall(r'name="source" value="([^"]+)"', html)
    assert left
    assert not {asked, f"file:{kept.pk}", f"term:{milestone.pk}", whole(cast)} & set(left)
    claim = reverse("web:claim", args=[cast.room.pk])
    assert "I asked" in shown(helen, claim)
    said = {"problem": "quality", "amount_minor": "2,200.00", "claimed_refund_minor": "700", "statement": "It fails."}
    assert helen.post(claim, said | {"step": "statement", "do": "next"}).headers["Location"] == address
    assert "It fails." in shown(helen, claim)  # what was typed is kept on the way
    assert helen.post(claim, said | {"do": "file"}).status_code == 302
    assert [one.title for one in draft.evidence.order_by("number")] == titles
    assert helen.get(address).headers["Location"] == claim


def test_messages_are_found_by_their_words(helen: Client, cast: Cast, joint: Thread, address: str) -> None:
    phones = talk(cast, joint, "Does it work on phones?")
    talk(cast, joint, "Thanks!")
    index_everything()
    html = shown(helen, f"{address}?q=phones")
    assert re.findall(r'name="source" value="(message:[^"]+)"', html) == [phones]
    assert "No other message has these words." in shown(helen, f"{address}?q=nowhere")


def test_looking_for_a_message_keeps_what_was_chosen_and_written(
    helen: Client, cast: Cast, joint: Thread, address: str
) -> None:
    phones = talk(cast, joint, "Does it work on phones?")
    talk(cast, joint, "Thanks!")
    index_everything()
    said = {"form": "room", "find": "words", "q": "phones", "source": phones, "title": "What I wrote"}
    html = helen.post(address, said).content.decode()
    assert f'value="{phones}" checked' in html
    assert 'id="f-title" name="title" maxlength="200" value="What I wrote"' in html
    html = helen.post(address, said | {"find": "all"}).content.decode()
    assert "Thanks!" in html
    assert 'id="f-title" name="title" maxlength="200" value="What I wrote"' in html
    assert not Pick.objects.exists()


def test_hours_of_the_log_are_said_in_words(helen: Client, cast: Cast, draft: Dispute, address: str) -> None:
    assert 'name="hours"' not in shown(helen, address)
    Contract.objects.filter(pk=cast.room.contract_id).update(
        kind="hourly", hourly_rate_minor=4_500, weekly_limit_hours=30
    )
    html = shown(helen, address)
    assert 'name="hours"' in html
    assert "$45.00 an hour, at most 30 hours a week" in html
    assert helen.post(address, {"hours": "Mon 10:00-12:00"}).status_code == 302
    pick = draft.picks.get()
    assert (pick.kind, pick.title, pick.excerpt) == ("time_log", "Mon 10:00-12:00", "Mon 10:00-12:00")


def test_it_is_taken_away_and_said_twice_tells_so(helen: Client, cast: Cast, draft: Dispute, address: str) -> None:
    helen.post(address, {"source": whole(cast)})
    pick = draft.picks.get()
    assert helen.post(address, {"drop": pick.pk}).status_code == 302
    assert not Pick.objects.exists()
    for gone in (str(pick.pk), "nonsense"):
        assert "It was taken away already." in helen.post(address, {"drop": gone}, follow=True).content.decode()


@pytest.mark.parametrize("source", ["", "nonsense", "term:nowhere", "file:nonsense", "message:nonsense:1"])
def test_what_is_not_there_is_refused_and_the_words_stay(helen: Client, address: str, source: str) -> None:
    answer = helen.post(address, {"form": "room", "source": source, "title": "What I wrote"})
    assert answer.status_code == 400
    assert "Choose what shows it." in answer.content.decode()
    assert 'value="What I wrote"' in answer.content.decode()


def test_too_many_words_and_a_bad_file_are_refused_and_kept(helen: Client, cast: Cast, address: str) -> None:
    answer = helen.post(address, {"source": whole(cast), "title": "x" * 201})
    assert (answer.status_code, "longer than fits" in answer.content.decode()) == (400, True)
    empty = SimpleUploadedFile("empty.txt", b"", "text/plain")
    answer = helen.post(address, {"form": "file", "upload": empty, "title": "What I wrote"})
    assert answer.status_code == 400
    assert "The file is empty." in answer.content.decode()
    assert answer.content.decode().count('value="What I wrote"') == 1  # in its own form alone
    assert "The file has to be chosen again." in answer.content.decode()
    assert not Pick.objects.exists()


def test_the_limit_is_said_where_it_is_met(helen: Client, cast: Cast, draft: Dispute, address: str) -> None:
    for number in range(MOST_PICKS):
        Pick.objects.create(dispute=draft, position=number + 1, kind="term", title="One", excerpt="Words.")
    html = shown(helen, address)
    assert "There are 20 already" in html
    assert 'name="source"' not in html
    assert helen.post(address, {"source": whole(cast)}).status_code == 409


def test_what_is_gone_is_marked_and_filing_says_so(
    helen: Client, cast: Cast, draft: Dispute, joint: Thread, address: str
) -> None:
    asked = talk(cast, joint, "Does it work?")
    helen.post(address, {"source": asked, "title": "I asked"})
    messages.remove_message(user=cast.client, thread_id=joint.pk, seq=int(asked.rsplit(":", 1)[1]))
    assert "No longer in the room" in shown(helen, address)
    said = {"problem": "quality", "amount_minor": "2,200.00", "claimed_refund_minor": "700", "statement": "It fails."}
    answer = helen.post(reverse("web:claim", args=[cast.room.pk]), said | {"do": "file"})
    assert answer.status_code == 409
    assert "Take it away, then file again." in answer.content.decode()
    assert draft.picks.exists()


def test_the_other_side_finds_nothing(client: Client, cast: Cast, helen: Client, address: str) -> None:
    helen.post(address, {"source": whole(cast), "title": "Canary words"})
    client.force_login(cast.freelancer)
    assert client.get(address).headers["Location"] == reverse("web:claim", args=[cast.room.pk])
    assert client.post(address, {"source": whole(cast)}).status_code == 404
    room = reverse("web:room", args=[cast.room.pk])
    assert "Canary words" not in client.get(room).content.decode()
