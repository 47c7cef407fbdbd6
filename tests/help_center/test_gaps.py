"""What no article answers: groups of questions that stay who they are, and what people decide about them."""

from datetime import timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from django.test import Client

from mediation.core import clock
from mediation.help_center.actions import gaps
from mediation.help_center.errors import NoSectionYet
from mediation.help_center.models import Article, Ask, Gap, GapQuestion, HelpSession, Section, Version
from mediation.help_center.rules import clusters
from tests.cast import Cast

TAX = ["How do I get a tax form", "Where is my tax form", "I need a tax form for last year", "Send the tax form again"]
PET = ["May my dog join the call", "My dog wants to join a call", "Is a dog allowed in the call"]


def rows(*numbers: list[float]) -> np.ndarray:
    found = np.array(numbers, np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def by_words(texts: list[str]) -> np.ndarray:
    """Stands in for the encoder: texts about the same thing are alike, others are not."""
    return rows(*[[float(word in text.lower()) for word in ("tax", "dog", "moon")] + [0.01] for text in texts])


def ask(question: str, *, language: str = "en", kind: str = "nothing", verdict: str = "", days: float = 1) -> Ask:
    at = clock.now() - timedelta(days=days)
    session = HelpSession.objects.create(began_at=at)
    return Ask.objects.create(session=session, question=question, language=language, kind=kind, verdict=verdict, at=at)


def naive(vectors: np.ndarray, alike: float) -> set[frozenset[int]]:
    """Average linkage as the books say it: each round all pairs of groups anew."""
    groups = [frozenset([place]) for place in range(len(vectors))]
    while len(groups) > 1:
        pairs = [
            (float(np.mean([vectors[a] @ vectors[b] for a in one for b in other])), one, other)
            for one, other in combinations(groups, 2)
        ]
        best, one, other = max(pairs, key=lambda pair: pair[0])
        if best < alike:
            break
        groups = [group for group in groups if group not in (one, other)] + [one | other]
    return set(groups)


@pytest.mark.parametrize("seed", range(8))
def test_groups_are_those_of_average_linkage(seed: int) -> None:
    chance = np.random.default_rng(seed)
    vectors = rows(*chance.normal(size=(14, 4)).tolist())
    found = clusters.clusters(vectors, 0.4)
    assert {frozenset(one.members) for one in found} == naive(vectors, 0.4)
    assert [len(one.members) for one in found] == sorted([len(one.members) for one in found], reverse=True)
    assert all(one.middle in one.members for one in found)
    assert clusters.clusters(vectors[:0]) == []


def test_the_middle_is_most_like_the_others() -> None:
    vectors = rows([1.0, 0.3], [1.0, 0.0], [1.0, -0.3])
    assert clusters.clusters(vectors)[0].middle == 1


def test_a_name_is_what_the_group_says_and_others_do_not() -> None:
    named = clusters.name(TAX, TAX + PET)
    assert named.startswith("form") or "form" in named
    assert "call" not in named
    assert clusters.name(["?!"], ["?!"]) == ""


def test_a_group_is_known_by_what_it_shares_most() -> None:
    known = {1: frozenset("abc"), 2: frozenset("de"), 3: frozenset()}
    assert clusters.matched([frozenset("cde"), frozenset("abx"), frozenset("z")], known) == [2, 1, None]
    assert clusters.matched([frozenset("a"), frozenset("bc")], known) == [None, 1]
    assert clusters.matched([], known) == []


@pytest.mark.django_db
def test_what_nobody_answered_becomes_gaps_once() -> None:
    for question in [*TAX, *PET]:
        ask(question)
    ask("To the moon")
    ask("My dog solved it", kind="did_you_mean", verdict="solved")
    ask("Tax was answered", kind="article")
    ask("Tax long ago", days=60)
    refuted = ask("This tax answer is wrong", kind="article", verdict="not_quite")
    found = []
    for _ in range(2):
        assert gaps.find_gaps(encode=by_words) == 2
        found.append([(gap.pk, gap.size, "tax" in gap.middle.lower()) for gap in Gap.objects.all()])
    assert found[0] == found[1]
    assert [one[1:] for one in found[0]] == [(5, True), (3, False)]
    assert GapQuestion.objects.get(ask=refuted).gap.size == GapQuestion.objects.filter(gap__size=5).count() == 5


@pytest.mark.django_db
def test_one_person_alone_makes_no_gap() -> None:
    session = HelpSession.objects.create()
    for question in TAX:
        Ask.objects.create(session=session, question=question, language="en", kind="nothing")
    assert gaps.find_gaps(encode=by_words) == 0


@pytest.mark.django_db
def test_languages_are_apart() -> None:
    for language in ("en", "nl"):
        for question in PET:
            ask(question, language=language)
    gaps.find_gaps(encode=by_words)
    assert sorted(Gap.objects.values_list("language", "size")) == [("en", 3), ("nl", 3)]


@pytest.mark.django_db
def test_what_was_decided_holds_while_it_grows(cast: Cast) -> None:
    for question in TAX:
        ask(question, days=27)
    gaps.find_gaps(encode=by_words)
    gap = Gap.objects.get()
    for _ in range(2):
        gaps.dismiss(gap_id=gap.pk, state="not_ours", user=cast.admin)
    with clock.at(clock.now() + timedelta(days=20)):
        ask("Tax again")
        assert gaps.find_gaps(encode=by_words) == 0
    gap.refresh_from_db()
    assert (gap.size, gap.state, gap.decided_by) == (5, "not_ours", cast.admin)
    with pytest.raises(ValueError, match="open"):
        gaps.dismiss(gap_id=gap.pk, state="open", user=cast.admin)


@pytest.mark.django_db
def test_one_click_makes_one_draft(client: Client, cast: Cast) -> None:
    for question in TAX:
        ask(question, language="nl")
    gaps.find_gaps(encode=by_words)
    gap = Gap.objects.get()
    with pytest.raises(NoSectionYet):
        gaps.make_draft(gap_id=gap.pk, user=cast.admin)
    Article.objects.create(slug="where-is-my-tax-form", section=Section.objects.create(slug="money"))
    client.force_login(cast.admin)
    for _ in range(2):
        answer = client.post(f"/admin/help_center/gap/{gap.pk}/decide/draft/")
        assert answer.status_code == 302
    draft = Version.objects.get()
    assert answer["Location"] == f"/admin/help_center/version/{draft.pk}/change/"
    assert client.get(answer["Location"]).status_code == 200
    assert (draft.title, draft.language, draft.published_at) == (gap.middle, "nl", None)
    assert sorted([draft.title, *draft.phrasings]) == sorted(TAX)
    assert draft.body.count("## ") == 4
    assert draft.body.startswith("## In het kort")
    assert client.get(f"/help/articles/{draft.article.slug}/").status_code == 404
    gap.refresh_from_db()
    assert (gap.state, gap.article, gap.decided_by) == ("drafted", draft.article, cast.admin)


@pytest.mark.django_db
def test_the_list_shows_the_questions_and_decides(client: Client, cast: Cast) -> None:
    for question in TAX:
        ask(question)
    gaps.find_gaps(encode=by_words)
    gap = Gap.objects.get()
    address = f"/admin/help_center/gap/{gap.pk}/"
    for who in (cast.supervisor, cast.analyst, cast.agent, cast.client):
        client.force_login(who)
        for act in ("draft", "not_ours", "dismissed"):
            assert client.post(address + "decide/" + act + "/").status_code in (302, 403)
        assert client.post("/admin/help_center/gap/look/").status_code in (302, 403)
    gap.refresh_from_db()
    assert gap.state == "open"
    client.force_login(cast.admin)
    page = client.get(address + "change/").content.decode()
    assert all(question in page for question in TAX)
    assert gap.name in client.get("/admin/help_center/gap/").content.decode()
    assert client.post(address + "decide/nonsense/").status_code == 404
    assert client.post(address + "decide/dismissed/").status_code == 302
    chosen = {"action": "not_ours", "_selected_action": [gap.pk]}
    assert client.post("/admin/help_center/gap/", chosen).status_code == 302
    gap.refresh_from_db()
    assert gap.state == "not_ours"


@pytest.mark.django_db
def test_the_button_looks_with_the_encoder_itself(client: Client, cast: Cast, settings: Any) -> None:
    settings.HELP_ENCODER = "multilingual"
    for question in ("How do I get my tax form?", "Where can I find the tax form?", "I need the form for my taxes"):
        ask(question)
    ask("What is the weather on Mars?")
    client.force_login(cast.admin)
    assert client.post("/admin/help_center/gap/look/").status_code == 302
    assert [(gap.size, "tax" in gap.middle) for gap in Gap.objects.all()] == [(3, True)]
    settings.HELP_ENCODER = ""
    assert client.post("/admin/help_center/gap/look/").status_code == 302
