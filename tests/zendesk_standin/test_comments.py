"""Comments of the stand-in: privacy, what becomes of words, files."""

import json

import httpx
import pytest

from tests.zendesk_standin.running import Standin
from tests.zendesk_standin.said import audits, change, comments, make_ticket, say, why


def test_a_comment_without_public_is_what_the_ticket_began_with(zendesk: httpx.Client) -> None:
    for public in (True, False):
        made = make_ticket(zendesk, comment={"body": "Hello", "public": public})
        change(zendesk, made["id"], comment={"body": "More"})
        assert [one["public"] for one in comments(zendesk, made["id"])] == [public, public]


@pytest.mark.parametrize("words", ["body", "html_body"])
def test_placeholders_show_what_would_leak(zendesk: httpx.Client, words: str) -> None:
    made = make_ticket(zendesk, comment={"body": "the secret", "public": False})
    assert "the secret" in say(zendesk, made["id"], **{words: "{{ticket.comments}}{% if x %}"})["plain_body"]
    assert "{" not in say(zendesk, made["id"], **{words: "a {{ticket.nothing}} {{ ticket.id }}"})["plain_body"]


def test_braces_that_are_entities_may_be_a_placeholder_too(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk, comment={"body": "the secret", "public": False})
    hidden = "<p>&#123;&#x7b;ticket.comments&rcub;&#125;</p>"
    assert "the secret" in say(zendesk, made["id"], html_body=hidden)["plain_body"]
    standin.set(placeholders="source")
    assert "{{ticket.comments}}" in say(zendesk, made["id"], html_body=hidden)["plain_body"]


def test_end_users_have_no_placeholders(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk, requester={"name": "Case 1", "email": "case-1@example.com"})
    standin.as_agent(who="case-1@example.com", via="email", ticket=made["id"], comment="{{ticket.comments}}")
    assert comments(zendesk, made["id"])[-1]["body"] == "{{ticket.comments}}"


def test_white_space_of_a_body_collapses_and_html_keeps_it(zendesk: httpx.Client) -> None:
    made = make_ticket(zendesk)
    assert say(zendesk, made["id"], body=" a   b\n\n\n\nc ")["body"] == "a b\n\nc"
    assert "<pre>a   b</pre>" in say(zendesk, made["id"], html_body="<pre>a   b</pre>")["html_body"]


def test_what_is_too_long_is_cut_without_a_word(zendesk: httpx.Client) -> None:
    made = make_ticket(zendesk)
    said = say(zendesk, made["id"], body="é" * 40_000)["body"]
    assert len(said.encode()) in (65_535, 65_536)
    assert set(said) == {"é"}


def test_scripts_and_what_is_no_character_are_taken_out(zendesk: httpx.Client) -> None:
    made = make_ticket(zendesk)
    said = say(zendesk, made["id"], html_body="<p onclick='x()'>Hi<script>alert(1)</script></p>")["html_body"]
    assert said == "<p>Hi</p>"
    body = json.dumps({"ticket": {"comment": {"body": "a\x00b \ud800 🙂", "public": False}}})
    answer = zendesk.put(f"tickets/{made['id']}", content=body.encode(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 200
    assert comments(zendesk, made["id"])[-1]["body"] == "ab � 🙂"


def test_a_comment_is_made_private_and_blacked_out(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk, comment={"body": "Pay to 4111", "public": True})
    number = comments(zendesk, made["id"])[0]["id"]
    zendesk.put(f"tickets/{made['id']}/comments/{number}/make_private")
    assert comments(zendesk, made["id"])[0]["public"] is False
    assert audits(zendesk, made["id"])[-1]["events"][0]["type"] == "CommentPrivacyChange"
    standin.as_agent(do="redact", ticket=made["id"], comment_id=number, text="4111")
    assert comments(zendesk, made["id"])[0]["plain_body"] == "Pay to ▇▇▇▇"
    answer = zendesk.put(f"tickets/{made['id']}/comments/{number}/redact", json={"text": "not there"})
    assert "not in the comment" in why(answer)
    assert zendesk.put(f"tickets/{made['id']}/comments/1/make_private").status_code == 404
    assert zendesk.get(f"tickets/{made['id']}/audits/1").status_code == 404


def test_the_author_may_be_somebody_else(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk, requester={"name": "Case 1", "email": "case-1@example.com"})
    assert say(zendesk, made["id"], body="By Omar", author_id=903)["author_id"] == 903
    as_requester = {"author_id": made["requester_id"], "public": False}
    assert say(zendesk, made["id"], body="For the case", **as_requester)["public"] is True
    standin.set(end_users_are_public=False)
    assert say(zendesk, made["id"], body="For the case", **as_requester)["public"] is False


def upload(client: httpx.Client, name: str = "plan.txt", content: bytes = b"abc") -> httpx.Response:
    return client.post("uploads", params={"filename": name}, content=content, headers={"Content-Type": "text/plain"})


def test_an_upload_is_used_once(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk)
    answer = upload(zendesk)
    assert answer.headers["Content-Type"].startswith("text/plain")
    token = answer.json()["upload"]["token"]
    [file] = say(zendesk, made["id"], body="See", uploads=[token])["attachments"]
    assert (file["file_name"], file["size"]) == ("plan.txt", 3)
    assert httpx.get(file["content_url"]).content == b"abc"
    assert httpx.URL(file["content_url"]).host != httpx.URL(standin.url).host
    assert "token is not valid" in why(change(zendesk, made["id"], comment={"body": "Again", "uploads": [token]}))
    standin.set(bad_upload="ignore")
    assert say(zendesk, made["id"], body="Again", uploads=[token])["attachments"] == []


def test_an_upload_grows_too_old_and_can_be_taken_back(zendesk: httpx.Client, standin: Standin) -> None:
    made = make_ticket(zendesk)
    token, other = (upload(zendesk).json()["upload"]["token"] for _ in range(2))
    assert zendesk.delete(f"uploads/{other}").status_code == 204
    assert zendesk.delete(f"uploads/{other}").status_code == 404
    standin.set(token_seconds=99_999)
    standin.advance(1700)
    standin.set(upload_seconds=60)
    assert "expired" in why(change(zendesk, made["id"], comment={"body": "x", "uploads": [token]}))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("malware.exe", b"abc"),
        ("plan.txt", b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"),
        ("", b"abc"),
        ("plan.txt", b""),
    ],
)
def test_a_file_that_is_no_good_is_refused(zendesk: httpx.Client, name: str, content: bytes) -> None:
    assert why(upload(zendesk, name, content))


def test_two_files_share_a_token(zendesk: httpx.Client) -> None:
    token = upload(zendesk).json()["upload"]["token"]
    again = zendesk.post("uploads", params={"filename": "b.txt", "token": token}, content=b"x").json()["upload"]
    assert (again["token"], len(again["attachments"])) == (token, 2)
