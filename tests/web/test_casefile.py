"""The case file as people read it, print it, take it away, and have it checked."""

import re
from uuid import UUID

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from mediation.disputes.models import Dispute
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.conftest import draft as draft  # noqa: PLC0414
from tests.disputes.conftest import mediation as mediation  # noqa: PLC0414
from tests.disputes.conftest import milestone as milestone  # noqa: PLC0414
from tests.disputes.conftest import say as say  # noqa: PLC0414
from tests.disputes.stories import hear_both, recommend, sign

DOORS = ["web:case_file", "web:case_file_pdf", "web:case_file_json"]


@pytest.fixture
def case(cast: Cast, draft: Dispute, mediation: Say) -> Dispute:
    recommend(cast, mediation, draft)
    mediation(cast.client, "answer", is_yes=True)
    draft.refresh_from_db()
    return draft


def bring(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile("case.json", content, "application/json")
    return client.post(reverse("web:verify"), {"file": file}).content.decode()


def test_the_page_tells_the_whole_case_in_the_readers_language(cast: Cast, case: Dispute, client: Client) -> None:
    client.force_login(cast.freelancer)
    headings = {"en": "Points of disagreement", "es": "Puntos de desacuerdo", "nl": "Geschilpunten"}
    for language, heading in headings.items():
        User.objects.filter(pk=cast.freelancer.pk).update(language=language)
        html = client.get(reverse("web:case_file", args=[case.pk])).content.decode()
        words = ("The checkout fails on phones.", "I delivered what we agreed.", "It fails on small screens.", "2001")
        for said in (*words, heading):
            assert said in html
        assert "caucus_client" not in html


def test_of_a_closed_case_no_point_is_open(cast: Cast, case: Dispute, mediation: Say, client: Client) -> None:
    client.force_login(cast.client)
    pages = [reverse("web:case_file", args=[case.pk]), reverse("web:case_brief", args=[case.pk])]
    assert all("(open)" in client.get(one).content.decode() for one in pages)
    mediation(cast.client, "withdraw")
    assert not any("(open)" in client.get(one).content.decode() for one in pages)


def test_it_asks_the_database_a_bounded_number_of_times(
    cast: Cast, case: Dispute, client: Client, django_assert_max_num_queries: object
) -> None:
    client.force_login(cast.client)
    with django_assert_max_num_queries(36):
        assert client.get(reverse("web:case_file", args=[case.pk])).status_code == 200


def test_the_paper_is_a_pdf_with_the_same_title(cast: Cast, case: Dispute, client: Client) -> None:
    client.force_login(cast.mediator)
    answer = client.get(reverse("web:case_file_pdf", args=[case.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="parley-case-2001.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", answer.content)) >= 2


def test_a_file_that_was_taken_away_is_found_good_and_a_changed_one_not(
    cast: Cast, case: Dispute, client: Client
) -> None:
    client.force_login(cast.client)
    taken = client.get(reverse("web:case_file_json", args=[case.pk])).content
    assert 'data-verdict="good"' in bring(client, taken)
    document = orjson.loads(taken)
    document["view"]["statements"][0]["body"] = "I never said that."
    assert 'data-verdict="bad"' in bring(client, orjson.dumps(document))
    document = orjson.loads(taken)
    document["chains"][0]["entries"][2]["content"]["version"] = 99
    html = bring(client, orjson.dumps(document))
    assert 'data-verdict="bad"' in html
    assert "number 3" in html
    client.force_login(cast.freelancer)
    html = bring(client, taken)
    assert 'data-verdict="unknown"' in html
    assert "2001" not in html


def test_what_is_no_case_file_gets_a_sentence_and_no_error(cast: Cast, client: Client) -> None:
    client.force_login(cast.client)
    for content in (b"x", b"{}", b"[1]", b"\x00", b'{"format":"parley-case-file-1"}', b"[" * 3000):
        answer = client.post(reverse("web:verify"), {"file": SimpleUploadedFile("x.json", content)})
        assert answer.status_code == 400
        assert "no case file of ours" in answer.content.decode()


def test_who_has_no_part_in_it_finds_nothing(cast: Cast, case: Dispute, client: Client) -> None:
    for who in ("outsider", "outside_freelancer", "agent", "analyst", "admin"):
        client.force_login(getattr(cast, who))
        assert {client.get(reverse(door, args=[case.pk])).status_code for door in DOORS} == {404}, who


def test_a_draft_is_nobodys_but_its_filers(cast: Cast, draft: Dispute, client: Client) -> None:
    client.force_login(cast.freelancer)
    assert client.get(reverse("web:case_file", args=[draft.pk])).status_code == 404
    client.force_login(cast.client)
    assert client.get(reverse("web:case_file", args=[draft.pk])).status_code == 200


def test_nothing_private_of_one_side_is_in_anything_that_the_other_can_open(
    cast: Cast, draft: Dispute, mediation: Say, client: Client
) -> None:
    canary = "pineapple-4417"
    hear_both(cast, mediation, last=cast.client)
    asked = mediation(cast.mediator, "ask_release", party=cast.client.pk, text=f"{canary} text", question=f"{canary}?")
    mediation(cast.mediator, "end_caucus")
    mediation(cast.client, "refuse_release", release_id=UUID(asked.data["release_id"]))
    cast.say(cast.client, f"{canary} said", audience="caucus_client")
    recommend(cast, mediation, draft)
    mediation(cast.client, "answer", is_yes=False)
    for who in (cast.freelancer, cast.senior, cast.qa):
        client.force_login(who)
        for door in (*DOORS, "web:case_brief"):
            body = client.get(reverse(door, args=[draft.pk])).content.decode("latin-1")
            assert canary not in body
            assert "refuse_release" not in body
            assert str(asked.data["release_id"]) not in body
        document = orjson.loads(client.get(reverse("web:case_file_json", args=[draft.pk])).content)
        assert "dispute.answer" not in {one["type"] for chain in document["chains"] for one in chain["entries"]}


def test_lists_are_named_where_a_file_is_checked(cast: Cast, case: Dispute, client: Client) -> None:
    User.objects.update(language="en")
    client.force_login(cast.client)
    document = orjson.loads(client.get(reverse("web:case_file_json", args=[case.pk])).content)
    good = bring(client, orjson.dumps(document))
    assert re.search(r"<dt>Everyone · \d+ lines</dt>", good)
    assert re.search(r"<dt>private with the mediator \(Helen [^)]+\) · \d+ lines?</dt>", good)
    assert re.search(r"<dt>only you · \d+ lines?</dt>", good)
    document["chains"][0]["entries"][2]["content"]["version"] = 99
    broken = bring(client, orjson.dumps(document))
    assert "number 3 of the list “Everyone”" in broken
    client.force_login(cast.outside_freelancer)
    assert "joint" not in bring(client, orjson.dumps(document))


def test_the_file_holds_the_text_that_was_accepted_and_names_whose_each_deadline_was(
    cast: Cast, case: Dispute, mediation: Say, client: Client
) -> None:
    User.objects.update(language="en")
    mediation(cast.freelancer, "answer", is_yes=True)
    sign(cast, mediation, case)
    client.force_login(cast.client)
    html = client.get(reverse("web:case_file", args=[case.pk])).content.decode()
    text = html.partition("<dt>Text</dt><dd>")[2].partition("</dd>")[0]
    assert re.search(r"^1\. Upwork returns \$[\d.,]+ to Helen Marsh and releases \$[\d.,]+ to Mateo Giraldo", text)
    assert text.endswith("With this, both consider the matter settled.")
    deadlines = html.partition("<h2>Deadlines</h2>")[2].partition("</section>")[0]
    assert "the other side" not in deadlines
    assert "who filed" not in deadlines
    assert "<td>Mateo Giraldo</td>" in deadlines
