"""A question: kept without personal data, answered, and what its asker says of the answer."""

import pytest
from django.test import Client

from mediation.help_center.models import Ask, HelpSession
from mediation.help_center.rules.personal import without_personal
from tests.api.fuzz import ODD_TEXTS
from tests.cast import Cast
from tests.help_center.pages import published


def ask(client: Client, question: str = "Who pays the mediator?") -> Ask:
    answer = client.post("/help/ask/", {"question": question})
    assert answer.status_code == 302
    return Ask.objects.get(pk=answer["Location"].split("/")[3])


@pytest.mark.django_db
def test_a_question_is_kept_with_what_is_said_of_it(client: Client, cast: Cast) -> None:
    published("who-pays", "Who pays the mediator?")
    client.force_login(cast.client)
    asked, again = ask(client), ask(client, "And when?")
    assert asked.session == again.session == HelpSession.objects.get(person=cast.client)
    page = client.get(f"/help/asks/{asked.pk}/").content.decode()
    assert "Who pays the mediator?</button>" in page
    for verdict in ("not_quite", "solved"):
        assert client.post(f"/help/asks/{asked.pk}/verdict/", {"verdict": verdict}).status_code == 302
        asked.refresh_from_db()
        assert asked.verdict == verdict
    for nonsense in ("", "great", "x" * 99):
        assert client.post(f"/help/asks/{asked.pk}/verdict/", {"verdict": nonsense}).status_code == 404


@pytest.mark.django_db
def test_a_question_belongs_to_the_browser_that_asked(client: Client) -> None:
    asked = ask(client)
    other = Client()
    ask(other)
    assert other.get(f"/help/asks/{asked.pk}/").status_code == 404
    assert other.post(f"/help/asks/{asked.pk}/verdict/", {"verdict": "solved"}).status_code == 404
    assert client.get(f"/help/asks/{asked.pk}/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_whatever_is_asked_is_answered_or_refused(client: Client, text: str) -> None:
    answer = client.post("/help/ask/", {"question": text})
    assert answer.status_code in (302, 400)
    if answer.status_code == 302:
        assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Mail me at jo.b+x@example.co.uk please", "Mail me at [mail] please"),
        ("call +31 6 1234 5678 now", "call [number] now"),
        ("my card 4111 1111 1111 1111", "my card [number]"),
        ("pay to NL91 ABNA 0417 1643 00 today", "pay to [account] today"),
        ("see https://x.test/a?b=1 or www.y.test", "see [link] or [link]"),
        ("ask @mateo", "ask [name]"),
        ("I paid 1,200.00 on 12 May, milestone 3", "I paid 1,200.00 on 12 May, milestone 3"),
        ("  a \x00 b\n", "a b"),
        ("x" * 900, "x" * 500),
    ],
)
def test_personal_data_is_not_kept(said: str, kept: str) -> None:
    assert without_personal(said) == kept
