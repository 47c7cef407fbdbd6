"""The admin of articles: who may, drafts, publishing, addresses that move, what is to be reviewed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from mediation.core import clock
from mediation.help_center.models import Article, Redirect, Section, Version
from tests.cast import Cast
from tests.help_center.pages import article, draft, published

pytestmark = pytest.mark.django_db
ARTICLES, VERSIONS, SECTIONS, ASKS = (
    f"/admin/help_center/{name}/" for name in ("article", "version", "section", "ask")
)


def as_(user: User, *, is_staff: bool = True) -> Client:
    user.is_staff = is_staff
    user.save(update_fields=["is_staff"])
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def writer(cast: Cast) -> Client:
    return as_(cast.supervisor)


def frame(of: Article, **changed: object) -> dict[str, object]:
    """What the page of an article sends, old addresses included."""
    rows = list(of.old_addresses.all())
    said: dict[str, object] = {
        "slug": of.slug, "section": of.section_id, "audience": of.audience, "position": of.position, "owner": "",
        "review_on": of.review_on or "", "old_addresses-TOTAL_FORMS": len(rows) + 1,
        "old_addresses-INITIAL_FORMS": len(rows), f"old_addresses-{len(rows)}-slug": "",
    }  # fmt: skip
    for number, row in enumerate(rows):
        said |= {f"old_addresses-{number}-id": row.pk, f"old_addresses-{number}-slug": row.slug}
    return said | changed


def move(writer: Client, of: Article, slug: str) -> int:
    of.refresh_from_db()
    return writer.post(f"{ARTICLES}{of.pk}/change/", frame(of, slug=slug)).status_code


def test_who_writes_articles_and_who_may_not(cast: Cast) -> None:
    published("who-pays")
    for user in (cast.admin, cast.supervisor):
        assert [as_(user).get(page).status_code for page in (ARTICLES, VERSIONS, SECTIONS)] == [200] * 3
    rights = Permission.objects.filter(content_type__app_label="help_center")
    for user in (cast.agent, cast.senior):
        user.user_permissions.set(rights)
        assert [as_(user).get(page).status_code for page in (ARTICLES, VERSIONS, SECTIONS)] == [403] * 3
    assert as_(cast.supervisor, is_staff=False).get(ARTICLES).status_code == 302
    assert (
        as_(cast.supervisor).post(f"{ARTICLES}{Article.objects.get().pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert as_(cast.admin).get(ASKS).status_code == 200
    assert as_(cast.admin).get(f"{ASKS}add/").status_code == 403


def test_a_draft_is_written_looked_at_changed_and_published(writer: Client) -> None:
    said = {"article": str(article("who-pays").pk), "language": "en", "title": "Who pays?", "body": "{{ policy.nope }}"}
    answer = writer.post(f"{VERSIONS}add/", said | {"phrasings": "who\n\n pays "})
    assert "Line 1: “policy.nope” is no number of a policy." in answer.content.decode()
    assert writer.post(f"{VERSIONS}add/", said | {"phrasings": "who\n\n pays ", "body": "A zebra."}).status_code == 302
    one = Version.objects.get()
    assert (one.phrasings, one.number, one.written_by, one.published_at) == (
        ["who", "pays"], 1, User.objects.get(pk=writer.session["_auth_user_id"]), None,
    )  # fmt: skip
    page = f"{VERSIONS}{one.pk}/change/"
    assert f'href="/help/drafts/{one.pk}/"' in writer.get(page).content.decode()
    assert "A zebra." in writer.get(f"/help/drafts/{one.pk}/").content.decode()
    words = {"title": "Who pays?", "body": "An okapi.", "phrasings": "who", "language": "nl"}
    assert writer.post(page, words).status_code == 302
    one.refresh_from_db()
    assert (one.body, one.language, Version.objects.count()) == ("An okapi.", "en", 1)
    assert Client().get("/help/articles/who-pays/").status_code == 404
    chosen = {"action": "publish", "_selected_action": [one.pk]}
    assert "“Who pays?” is published." in writer.post(VERSIONS, chosen, follow=True).content.decode()
    assert "An okapi." in Client().get("/help/articles/who-pays/").content.decode()
    assert "is published and never changes" in writer.post(VERSIONS, chosen, follow=True).content.decode()
    assert writer.post(page, words | {"body": "A giraffe."}).status_code == 403
    assert writer.post(f"{VERSIONS}{one.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_article_that_moves_leaves_its_old_address(writer: Client) -> None:
    of = published("who-pays").article
    assert move(writer, of, "paying") == 302
    assert move(writer, of, "money") == 302
    of.refresh_from_db()
    assert of.slug == "money"
    for old in ("who-pays", "paying"):
        answer = Client().get(f"/help/articles/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/help/articles/money/")
    assert move(writer, of, "money") == 302
    assert set(Redirect.objects.values_list("slug", flat=True)) == {"who-pays", "paying"}


def test_an_article_that_moves_back_leads_nowhere_in_a_ring(writer: Client) -> None:
    of = published("who-pays").article
    assert [move(writer, of, slug) for slug in ("paying", "who-pays")] == [302, 302]
    assert list(Redirect.objects.values_list("slug", "article__slug")) == [("paying", "who-pays")]
    assert Client().get("/help/articles/who-pays/").status_code == 200
    assert Client().get("/help/articles/paying/", follow=True).status_code == 200


def test_an_address_that_something_else_has_is_refused(writer: Client) -> None:
    first, second = published("first").article, published("second", "Second?").article
    assert move(writer, first, "before") == 302
    taken = "Another article stands at this address, or stood there. Choose another, or free it there first. (before)"
    for slug in ("first", "before"):
        answer = writer.post(f"{ARTICLES}{second.pk}/change/", frame(second, slug=slug))
        assert taken in answer.content.decode(), slug
        answer = writer.post(f"{ARTICLES}{second.pk}/change/", frame(second) | {"old_addresses-0-slug": slug})
        assert taken in answer.content.decode(), slug
        answer = writer.post(f"{ARTICLES}add/", frame(Article(section=first.section), slug=slug, position=1))
        assert taken in answer.content.decode(), slug
    answer = writer.post(f"{ARTICLES}{second.pk}/change/", frame(second) | {"old_addresses-0-slug": "second"})
    assert "The article itself stands at this address." in answer.content.decode()
    answer = writer.post(f"{ARTICLES}{second.pk}/change/", frame(second, slug="new") | {"old_addresses-0-slug": "new"})
    assert "The article itself stands at this address." in answer.content.decode()
    assert list(Redirect.objects.values_list("slug", flat=True)) == ["first"]
    assert set(Article.objects.values_list("slug", flat=True)) == {"before", "second"}


def test_an_old_address_is_added_and_taken_off_by_hand(writer: Client) -> None:
    of = published("who-pays").article
    assert writer.post(f"{ARTICLES}{of.pk}/change/", frame(of) | {"old_addresses-0-slug": "old"}).status_code == 302
    assert Client().get("/help/articles/old/").status_code == 301
    assert writer.post(f"{ARTICLES}{of.pk}/change/", frame(of) | {"old_addresses-0-DELETE": "on"}).status_code == 302
    assert Client().get("/help/articles/old/").status_code == 404


def test_what_is_to_be_reviewed_is_listed(writer: Client) -> None:
    today = clock.now().date()
    days = {"past": -1, "today": 0, "soon": 14, "later": 15}
    for slug, ahead in days.items():
        Article.objects.filter(pk=article(slug).pk).update(review_on=today + timedelta(days=ahead))
    article("no-day")

    def listed(due: str) -> set[str]:
        found = writer.get(ARTICLES, {"due": due} if due else {}).context["cl"].result_list
        return {one.slug for one in found}

    assert listed("now") == {"past", "today"}
    assert listed("soon") == {"past", "today", "soon"}
    assert listed("never") == {"no-day"}
    assert listed("") == {*days, "no-day"}


def test_an_article_shows_all_its_languages_and_who_may_look_after_it(writer: Client, cast: Cast) -> None:
    of = published("who-pays", body="One\n<b>zebra</b>").article
    published("who-pays", "Wie betaalt?", "Een okapi", language="nl")
    page = writer.get(f"{ARTICLES}{of.pk}/change/")
    for words in ("One<br>&lt;b&gt;zebra&lt;/b&gt;", "Wie betaalt?", "Een okapi"):
        assert words in page.content.decode()
    start = f"{VERSIONS}add/?article={of.pk}&language=nl"
    assert start.replace("&", "&amp;") in page.content.decode()
    begun = writer.get(start).context["adminform"].form.initial
    assert (begun["title"], begun["body"], begun["phrasings"]) == ("Wie betaalt?", "Een okapi", "money")
    assert writer.get(f"{VERSIONS}add/?article=nonsense&language=xx").status_code == 200
    one = draft(of, "Wie?", "Een kat", language="nl")
    assert f'{VERSIONS}{one.pk}/change/">Change the draft' in writer.get(f"{ARTICLES}{of.pk}/change/").content.decode()
    choices = page.context["adminform"].form.fields["owner"].queryset
    assert set(choices.values_list("role", flat=True)) == {"admin", "supervisor"}
    assert writer.post(f"{ARTICLES}{of.pk}/change/", frame(of, owner=cast.admin.pk)).status_code == 302
    assert Article.objects.get().owner == cast.admin
    assert writer.post(f"{ARTICLES}{of.pk}/change/", frame(of, owner=cast.client.pk)).status_code == 200


def test_a_section_is_ordered_and_named(writer: Client) -> None:
    said = {
        "slug": "money", "position": 3, "titles-TOTAL_FORMS": 1, "titles-INITIAL_FORMS": 0,
        "titles-0-language": "nl", "titles-0-title": "Geld",
    }  # fmt: skip
    assert writer.post(f"{SECTIONS}add/", said).status_code == 302
    assert list(Section.objects.values_list("slug", "position", "titles__title")) == [("money", 3, "Geld")]


def test_what_moved_goes_out_and_comes_in_again(
    writer: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also the files of before, which name the address of before, find the article where it is now."""
    published("first", body="A zebra.")
    of = published("second", "Second?").article
    before, after = tmp_path / "before", tmp_path / "after"
    for version in Version.objects.all():
        version.phrasings = ["a", "b", "c"]
        version.save(update_fields=["phrasings"])
    call_command("help_export", before)
    assert move(writer, of, "third") == 302
    call_command("help_export", after)
    assert "moved from: second" in (after / "en" / "third.md").read_text()
    capsys.readouterr()
    for folder in (before, after, before):
        call_command("help_import", folder)
        assert "0 new, 0 changed, 2 as they were." in capsys.readouterr().out
        assert set(Article.objects.values_list("slug", flat=True)) == {"first", "third"}
    (after / "en" / "third.md").rename(after / "en" / "fourth.md")
    text = (after / "en" / "fourth.md").read_text()
    (after / "en" / "fourth.md").write_text(text.replace("moved from: second", "moved from: second, third"))
    call_command("help_import", after)
    assert set(Article.objects.values_list("slug", flat=True)) == {"first", "fourth"}
    assert set(Redirect.objects.values_list("slug", flat=True)) == {"second", "third"}


@pytest.mark.parametrize("old", ["first", "No Address"])
def test_an_old_address_in_a_file_belongs_to_nobody_else(tmp_path: Path, old: str) -> None:
    for slug in ("first", "second"):
        draft(article(slug, section="money"))
    for version in Version.objects.all():
        published(version.article.slug)
    Version.objects.update(phrasings=["a", "b", "c"])
    call_command("help_export", tmp_path)
    path = tmp_path / "en" / "second.md"
    path.write_text(path.read_text().replace("asks:", f"moved from: {old}\nasks:"))
    with pytest.raises(CommandError, match=f"second.md:1: moved from: {old}"):
        call_command("help_import", tmp_path)
    path.write_text(path.read_text().replace(f"moved from: {old}", "moved from: leading-elsewhere"))
    Redirect.objects.create(slug="leading-elsewhere", article=Article.objects.get(slug="first"))
    with pytest.raises(CommandError, match="Another article stands at this address"):
        call_command("help_import", tmp_path)
