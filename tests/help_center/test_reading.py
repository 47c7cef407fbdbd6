"""Who reads which article, in which language, at which address, with which numbers."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client

from mediation.disputes.actions import policies
from mediation.disputes.rules.policy import Terms
from mediation.help_center.actions import publishing
from mediation.help_center.errors import AlreadyPublished
from mediation.help_center.models import Article, Redirect, Version
from tests.cast import Cast
from tests.help_center.pages import article, draft, published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", {"nobody", "client", "freelancer", "agent"}),
        ("client", {"client", "agent"}),
        ("freelancer", {"freelancer", "agent"}),
        ("agents", {"agent"}),
    ],
)
def test_an_article_is_for_its_audience_at_every_address(cast: Cast, audience: str, readers: set[str]) -> None:
    published("who-pays", "Who pays the zebra?", "Zebra.", audience=audience)
    Redirect.objects.create(slug="before", article=Version.objects.get().article)
    found = set()
    for who in ("nobody", "client", "freelancer", "agent"):
        client = Client(headers={"accept-language": "en"})
        if who != "nobody":
            client.force_login(getattr(cast, who))
            client.cookies["django_language"] = "en"
        seen = client.get("/help/articles/who-pays/").status_code == 200
        for address in ("/help/", "/help/search/?q=zebra", "/help/sections/disputes/"):
            assert (b"Who pays the zebra?" in client.get(address).content) == seen, (who, address)
        assert client.get("/help/articles/before/").status_code == (301 if seen else 404)
        if seen:
            found.add(who)
    assert found == readers


def test_numbers_are_those_of_the_policy_in_force(client: Client, cast: Cast) -> None:
    published("answer-time", body="You have {{ policy.response_days_escrow }} and {{policy.sign_hours}}. {{ no.such }}")
    assert "You have 5 days and 48 hours. {{ no.such }}" in client.get("/help/articles/answer-time/").content.decode()
    terms = Terms(response_days_escrow=1, sign_hours=50)
    policies.publish(policy=policies.write_draft(user=cast.admin, terms=terms, note="Shorter"))
    assert "You have 1 day and 50 hours." in client.get("/help/articles/answer-time/").content.decode()


def test_a_reader_reads_their_language_or_english(client: Client) -> None:
    published("who-pays")
    page = client.get("/help/articles/who-pays/", headers={"accept-language": "nl"}).content.decode()
    assert '<article class="help-article" lang="en">' in page
    assert "Nog niet in jouw taal" in page
    published("who-pays", "¿Quién paga?", "Paga el cliente.", language="es")
    page = client.get("/help/articles/who-pays/", headers={"accept-language": "es"}).content.decode()
    assert "¿Quién paga?" in page
    assert "Todavía no está en tu idioma" not in page
    assert "Who pays?" not in page
    assert "Who pays?" in client.get("/help/", headers={"accept-language": "nl"}).content.decode()


def test_an_article_that_is_only_there_in_spanish_is_not_shown_in_dutch(client: Client) -> None:
    published("who-pays", "¿Quién paga?", language="es")
    assert client.get("/help/articles/who-pays/", headers={"accept-language": "nl"}).status_code == 404


def test_a_version_is_replaced_and_kept(client: Client) -> None:
    first = published("who-pays", body="A giraffe.")
    second = draft(first.article, body="An okapi.")
    assert "giraffe" in client.get("/help/articles/who-pays/").content.decode()
    publishing.publish(version_id=second.pk)
    page = client.get("/help/articles/who-pays/").content.decode()
    assert "okapi" in page
    assert "giraffe" not in page
    assert b"who-pays" not in client.get("/help/search/?q=giraffe").content
    assert b"who-pays" in client.get("/help/search/?q=okapi").content
    first.refresh_from_db()
    assert first.replaced_at is not None
    with pytest.raises(AlreadyPublished):
        publishing.publish(version_id=first.pk)


def test_a_draft_is_seen_by_who_writes(client: Client, cast: Cast) -> None:
    one = draft(article("who-pays"), body="Soon.")
    address = f"/help/drafts/{one.pk}/"
    for who, status in ((cast.agent, 404), (cast.client, 404), (cast.supervisor, 200)):
        client.force_login(who)
        assert client.get(address).status_code == status
        assert client.get("/help/articles/who-pays/").status_code == 404
    assert "This is a draft" in client.get(address).content.decode()


def test_the_database_keeps_one_current_version_and_one_draft() -> None:
    first = published("who-pays")
    with pytest.raises(IntegrityError):
        Version.objects.create(article=first.article, language="en", number=9, published_at=first.published_at)


def test_an_address_is_small_letters_and_hyphens() -> None:
    frame = article("who-pays")
    for wrong in ("Who", "who_pays", "who--pays", "-who", "who\n", "é"):
        frame.slug = wrong
        with pytest.raises(ValidationError):
            frame.full_clean()


def test_what_is_written_in_an_article_cannot_act(client: Client) -> None:
    text = "<script>x()</script> [a](javascript:x) [b](//evil.test) ![i](https://e.test/p.png) [c](/help/)\n\n# Big"
    published("odd", body=text)
    page = (
        client.get("/help/articles/odd/").content.decode().partition('class="help-text"')[2].partition("</article>")[0]
    )
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert 'href="//' not in page
    assert 'href="/help/"' in page
    assert "<h2>Big</h2>" in page


def test_beside_an_article_stand_its_neighbours(client: Client) -> None:
    slugs = [f"a{number}" for number in range(7)]
    for number, slug in enumerate(slugs):
        Article.objects.filter(pk=published(slug, f"{slug}?").article_id).update(position=number)

    def beside(slug: str) -> list[str]:
        return [line.slug for line in client.get(f"/help/articles/{slug}/").context["article"].related]

    assert beside("a0") == ["a1", "a2", "a3", "a4"]
    assert beside("a3") == ["a1", "a2", "a4", "a5"]
    assert beside("a6") == ["a2", "a3", "a4", "a5"]
    Article.objects.filter(slug__in=slugs[2:]).delete()
    assert (beside("a0"), beside("a1")) == (["a1"], ["a0"])


def test_a_sum_of_the_policy_says_in_which_currency_it_holds(client: Client) -> None:
    published("share", body="It is {{ policy.arbitration_share_minor }}, not {{ policy.password_above_minor }}.")
    published("share", "¿Cuánto?", "Son {{ policy.password_above_minor }}.", language="es")
    said = {
        "en": "It is 291.00 (in the currency of the contract, such as USD or EUR), not 1,000.00 (in the currency",
        "es": "(en la moneda del contrato, como USD o EUR).",
    }
    for language, words in said.items():
        page = client.get("/help/articles/share/", headers={"accept-language": language}).content.decode()
        assert words in page, language
