"""The encoder in this process, an operator's own over HTTP, and which language a question is in."""

import json

import httpx
import numpy as np
import pytest
from django.core.management import CommandError, call_command

from mediation.help_center.client import encoders
from mediation.help_center.client.languages import language_of

LANGUAGES = ("en", "es", "nl")


def test_the_encoder_in_this_process_knows_what_means_the_same_in_two_languages() -> None:
    rows = encoders.encoder().encode(
        ["how do I get my money back", "hoe krijg ik mijn geld terug", "a red bicycle"], "question"
    )
    assert rows.shape == (3, 512)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2


@pytest.mark.parametrize("text", ["", "\0", "😀", "x" * 65_536])
def test_hostile_texts_have_a_vector(text: str) -> None:
    assert np.isfinite(encoders.encoder().encode([text], "question")).all()


def answering(monkeypatch: pytest.MonkeyPatch, status: int, body: object) -> None:
    def post(address: str, **_: object) -> httpx.Response:
        return httpx.Response(status, json=body, request=httpx.Request("POST", address))

    monkeypatch.setattr(encoders.httpx, "post", post)


def test_an_operators_own_encoder_gives_rows_of_unit_length(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, 200, {"vectors": [[3.0, 4.0]]})
    rows = encoders.Endpoint("http://127.0.0.1:1/encode", "token", 2).encode(["a"], "title")
    assert rows.tolist() == pytest.approx(np.array([[0.6, 0.8]]))
    assert encoders.Endpoint("http://127.0.0.1:1/encode", size=2).encode([], "title").shape == (0, 2)


@pytest.mark.parametrize(
    ("status", "body"), [(500, {}), (200, {}), (200, {"vectors": [[1.0]]}), (200, {"vectors": "no"}), (200, [])]
)
def test_an_endpoint_that_gives_no_vectors_is_a_clear_refusal(
    monkeypatch: pytest.MonkeyPatch, status: int, body: object
) -> None:
    answering(monkeypatch, status, body)
    with pytest.raises(encoders.EncoderUnavailable, match="encoder at"):
        encoders.Endpoint("http://127.0.0.1:1/encode", size=2).encode(["a"], "question")


def test_a_name_that_is_no_encoder_is_refused() -> None:
    with pytest.raises(encoders.EncoderUnavailable, match="unheard"):
        encoders.encoder("unheard")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how can I answer the claim against me", "en"),
        ("cómo puedo responder a la reclamación", "es"),
        ("hoe kan ik reageren op de klacht", "nl"),
        ("ok", "es"),
        ("", "es"),
        ("\0 😀", "es"),
    ],
)
def test_the_language_of_a_question_is_one_of_the_sites(text: str, language: str) -> None:
    assert language_of(text, LANGUAGES, "es") == language


def test_an_evaluation_prints_a_row_for_each_count(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    articles = [{"id": "a", "title": "How do I get a refund?"}, {"id": "b", "title": "How do I upload a file?"}]
    asked = [["I want my money back", "a"], ["where can I add a document", "b"], ["will it rain", None]]
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"articles": articles, "train": asked, "test": asked}))
    call_command("help_evaluate", str(path), "--confirmed", "1,all", "--stream", "3")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["confirmed", "0", "1", "all", "until"]


@pytest.mark.parametrize("written", ["", "[]", '{"articles": [{}], "train": [], "test": []}'])
def test_a_file_that_is_no_set_is_refused_with_what_it_lacks(tmp_path, written: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "set.json"
    path.write_text(written)
    with pytest.raises(CommandError, match="could not be used"):
        call_command("help_evaluate", str(path), "--cold")
