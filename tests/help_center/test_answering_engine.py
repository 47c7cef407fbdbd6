"""The answering engine over a stand-in encoder whose vectors are words: what it learns, refuses and may not see."""

import zlib

import numpy as np
import pytest

from mediation.help_center.rules.answering import learning, measuring
from mediation.help_center.rules.answering.confidence import Confidence, cut_from_outcomes, shipped
from mediation.help_center.rules.answering.engine import Engine
from mediation.help_center.rules.answering.grams import Grams, words_of
from mediation.help_center.rules.answering.library import Confirmed
from mediation.help_center.rules.answering.passages import Article, passages
from mediation.help_center.rules.answering.ranking import FEATURES
from mediation.help_center.rules.answering.refusals import Silence, silence
from mediation.help_center.rules.answering.rows import Rows
from mediation.help_center.rules.answering.space import Space

SIZE = 64
ARTICLES = [
    Article("refund", "How do I get a refund?", "Money goes back to the card you paid with."),
    Article("evidence", "How do I add evidence?", "Upload files, screenshots and messages to the claim."),
    Article("deadline", "When must I answer?", "You have ten days after the claim was filed."),
]


def words(texts: list[str], kind: str) -> np.ndarray:
    rows = np.full((len(texts), SIZE), 1e-3, np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in words_of(text):
            row[zlib.crc32(word.encode()) % SIZE] += 1
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def engine(confirmed: list[Confirmed] | None = None, sure: bool = True) -> Engine:
    always = Confidence((0.0,) * len(FEATURES), (1.0,) * len(FEATURES), (0.0,) * len(FEATURES), 5.0)
    space = Space(words, Grams(), np.zeros(SIZE, np.float32))
    return Engine(space, ARTICLES, confirmed or [], always if sure else None)


def first(built: Engine, question: str) -> str:
    ranked = built.rank(question)
    assert ranked is not None
    return built.library.keys[ranked.numbers[0]]


def test_without_a_confirmation_the_article_most_alike_is_first() -> None:
    assert first(engine(), "where do I upload screenshots") == "evidence"
    assert first(engine(), "money back to my card") == "refund"


def test_a_confirmation_is_felt_by_the_next_question() -> None:
    built = engine()
    before = built.rank("xylophone quartz trombone")
    built.confirm("xylophone quartz trombone", "deadline")
    after = built.rank("xylophone quartz trombone")
    assert before is not None
    assert after is not None
    assert built.library.keys[after.numbers[0]] == "deadline"
    assert after.shares[0] > before.shares[list(before.numbers).index(after.numbers[0])]


def test_not_helpful_counts_against_that_article_only() -> None:
    built = engine()
    rows = built.library.weights.rows.copy()
    built.refute("where do I upload screenshots", "evidence")
    moved = np.flatnonzero(np.abs(built.library.weights.rows - rows).sum(axis=1))
    assert list(moved) == [built.library.number_of["evidence"]]


def test_no_article_fits_is_a_class_of_its_own() -> None:
    built = engine()
    for text in ("what is the weather tomorrow", "will the weather be sunny", "weather for the weekend"):
        built.confirm(text, None)
    built.refit()
    answer = built.answer("what is the weather for tomorrow")
    assert (answer.article, answer.silence) == (None, Silence.NO_ARTICLE)


def test_what_somebody_may_not_read_is_not_even_looked_at() -> None:
    answer = engine().answer("where do I upload screenshots", allowed=["refund", "deadline"])
    assert "evidence" not in (answer.article, *answer.proposed)
    assert engine().answer("where do I upload screenshots", allowed=[]).silence is Silence.NO_ARTICLE


def test_under_the_cut_articles_are_proposed_and_none_is_shown() -> None:
    answer = engine(sure=False).answer("where do I upload screenshots")
    assert answer.article is None
    assert answer.silence is Silence.NOT_SURE
    assert answer.proposed[0] == "evidence"
    assert len(answer.proposed) <= 3


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("refund", Silence.TOO_SHORT), ("", Silence.TOO_SHORT), ("😀😀", Silence.TOO_SHORT),
        ("I was scammed by this client", Silence.DANGER), ("me robaron y hay una amenaza", Silence.DANGER),
        ("ik ben opgelicht door de opdrachtgever", Silence.DANGER),
        ("why is my account suspended", Silence.OWN_ACCOUNT),
        ("mi cuenta está bloqueada", Silence.OWN_ACCOUNT), ("mijn account is opgeschort", Silence.OWN_ACCOUNT),
        ("how do I get a refund", None),
    ],
)  # fmt: skip
def test_some_questions_are_not_answered_on_their_own(question: str, why: Silence | None) -> None:
    assert silence(question) is why


@pytest.mark.parametrize(
    "question", ["", " ", "\0\0", "😀" * 50, "x" * 65_536, "слово " * 9_000, "<script>alert(1)</script>", "\ud800 a"]
)
def test_hostile_questions_are_harmless(question: str) -> None:
    answer = engine().answer(question)
    assert 0 <= answer.confidence <= 1


def test_a_refit_that_is_worse_on_the_tenth_held_out_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    built = engine([Confirmed(f"upload screenshots {number}", "evidence") for number in range(210)])
    kept = built.library.weights
    fresh = built.library.fresh()
    fresh.rows[:] = 0
    fresh.bias[0] = 9
    monkeypatch.setattr(learning, "_refitted", lambda *_: fresh)
    assert built.refit() is False
    assert built.library.weights is kept


def test_one_person_weighs_at_most_five() -> None:
    weights = learning.capped_weights(["loud"] * 20 + ["quiet"])
    assert sum(weights[:20]) == pytest.approx(5)
    assert weights[20] == 1


def test_rows_come_back_as_they_went_in_but_for_a_byte() -> None:
    given = np.random.default_rng(1).normal(size=(50, 8)).astype(np.float32)
    rows = Rows(8)
    rows.append(given[:20])
    rows.append(given[20:])
    assert np.abs(rows.take(range(50)) - given).max() < np.abs(given).max() / 200


def test_passages_overlap_and_carry_the_title() -> None:
    found = passages("Title", " ".join(str(number) for number in range(100)))
    assert [piece.split()[1] for piece in found] == ["0", "45"]
    assert all(piece.startswith("Title. ") for piece in found)
    assert passages("Title", "") == []


def test_a_cut_needs_three_hundred_outcomes_and_a_bound_under_five_percent() -> None:
    assert cut_from_outcomes([(0.99, True)] * 299) is None
    assert cut_from_outcomes([(0.99, True)] * 300 + [(0.5, False)] * 300) == 0.99


def test_coverage_answers_the_surest_first() -> None:
    assert measuring.coverage([(0.9, True)] * 95 + [(0.8, False)] * 5 + [(0.1, False)] * 100) == 0.5


def test_a_set_that_is_none_says_what_it_lacks() -> None:
    with pytest.raises(measuring.BadSet, match="articles"):
        measuring.question_set([])
    with pytest.raises(measuring.BadSet, match="no list “test”"):
        measuring.question_set({"articles": [], "train": []})


def test_what_is_shipped_fits_the_features() -> None:
    found = shipped("multilingual")
    assert found is not None
    assert len(found.general) == 512
    assert len(found.confidence.weights) == len(found.confidence.mean) == len(FEATURES)
    assert shipped("unheard of") is None
