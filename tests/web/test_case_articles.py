"""Articles for the case at hand: from what both sides read, put only where both may read it, and learned from."""

import pytest
from django.test import Client

from mediation.conversations.models import Draft, Message
from mediation.disputes.models import Dispute
from mediation.help_center.models import Lesson
from mediation.web import case_articles
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import mediation as mediation  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414
from tests.help_center.pages import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(mediation: Say, draft: Dispute) -> Dispute:
    draft.refresh_from_db()
    return draft


def address(case: Dispute, act: str = "") -> str:
    return f"/cases/{case.pk}/articles/{act}"


def test_what_is_asked_is_what_both_read(cast: Cast, case: Dispute) -> None:
    cast.say(cast.client, "The giraffe is upside down.")
    cast.say(cast.client, "I would take half.", audience="caucus_client")
    cast.say(cast.mediator, "Hello from the mediator.")
    cast.say(cast.freelancer, "It was a zebra all along.")
    cast.say(cast.freelancer, "I will settle for nothing.", audience="caucus_freelancer")
    asked = case_articles.question(case)
    assert case.room.contract.title in asked
    assert "giraffe" in asked
    assert "zebra" in asked
    for private in ("half", "nothing", "Hello"):
        assert private not in asked
    Message.objects.filter(body__contains="zebra").update(removed_at=case.created_at)
    assert "zebra" not in case_articles.question(case)


def test_only_what_both_read_is_put_into_their_talk(client: Client, cast: Cast, case: Dispute) -> None:
    title = case.room.contract.title
    public = published("for-all", f"{title} for everybody?").article
    published("for-all", "¿Para quién es el rediseño?", language="es")
    private = [published(f"for-{who}", f"{title} for {who}?", audience=who).article for who in ("agents", "client")]
    cast.freelancer.language = "es"
    cast.freelancer.save(update_fields=["language"])
    client.force_login(cast.mediator)
    client.cookies["django_language"] = "en"
    page = client.get(address(case)).content.decode()
    assert [f"{title} for {who}?" in page for who in ("everybody", "agents", "client")] == [True] * 3
    assert page.count('value="' + str(public.pk)) == 2
    for one in private:
        assert page.count('value="' + str(one.pk)) == 1  # to say that it fits, not to put
        assert client.post(address(case, "put/"), {"article": str(one.pk)}).status_code == 404
    assert not Draft.objects.exists()
    for _ in range(2):
        answer = client.post(address(case, "put/"), {"article": str(public.pk)})
        assert answer["Location"] == f"/rooms/{cast.room.pk}/?thread={cast.joint.pk}#composer"
    begun = Draft.objects.get(user=cast.mediator, thread=cast.joint).body
    assert begun.splitlines()[:2] == [f"{title} for everybody?", "¿Para quién es el rediseño?"]
    assert begun.endswith("/help/articles/for-all/")
    assert begun.count("/help/articles/for-all/") == 1
    assert begun in client.get(answer["Location"]).content.decode()


def test_what_was_begun_stays(client: Client, cast: Cast, case: Dispute) -> None:
    one = published("for-all").article
    Draft.objects.create(user=cast.mediator, thread=cast.joint, body="Dear both,", updated_at=case.created_at)
    client.force_login(cast.mediator)
    client.post(address(case, "put/"), {"article": str(one.pk)})
    assert Draft.objects.get().body.startswith("Dear both,\n\nWho pays?\n")


def test_saying_what_fits_teaches_once(client: Client, cast: Cast, case: Dispute) -> None:
    one = published("for-all").article
    client.force_login(cast.mediator)
    for _ in range(2):
        assert client.post(address(case, "fit/"), {"article": str(one.pk)}).status_code == 302
    lesson = Lesson.objects.get()
    assert (lesson.article, lesson.person, lesson.source) == (one, cast.mediator, "agent")
    assert client.post(address(case, "fit/")).status_code == 302
    assert Lesson.objects.get(taken_back_at__isnull=True).article is None
    for odd in ("x", "6f0c8c52-5a1e-4c0b-9a55-0d4d6f1d7e10", "\x00"):
        assert client.post(address(case, "fit/"), {"article": odd}).status_code == 404


def test_parties_see_nothing_of_it(client: Client, cast: Cast, case: Dispute) -> None:
    for who, sees in ((cast.mediator, True), (cast.client, False), (cast.freelancer, False)):
        client.force_login(who)
        assert (address(case) in client.get(f"/rooms/{cast.room.pk}/").content.decode()) == sees
        assert client.get(address(case)).status_code == (200 if sees else 404)
