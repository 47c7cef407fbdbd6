"""What the contract says is kept as code and parameters: one fingerprint, and words in every reader's language."""

import hashlib
import json
from datetime import date
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from mediation.conversations.models import Contract, Milestone
from mediation.core.errors import NotFound
from mediation.disputes import term_words
from mediation.disputes.models import Dispute, Evidence
from mediation.disputes.queries import casefile, chains, contract_terms
from mediation.disputes.queries.case import case_view
from mediation.disputes.rules import casefile as rules
from mediation.disputes.rules import exhibits
from tests.cast import Cast
from tests.disputes.conftest import Say

OLD = "Milestone 3: Checkout and launch, $2,200.00"


@pytest.fixture
def item(cast: Cast, mediation: Say, milestone: Milestone) -> Evidence:
    Milestone.objects.filter(pk=milestone.pk).update(due_date=date(2030, 5, 6))
    mediation(cast.client, "submit_evidence", kind="file", title="What it was", term_id=milestone.pk)
    return Evidence.objects.get()


def shown(item: Evidence, reader: object, language: str) -> str:
    with translation.override(language):
        return str(case_view(Dispute.objects.get(), reader)["evidence"][0]["excerpt"])  # type: ignore[arg-type]


def test_each_reads_it_in_their_own_language_and_it_has_one_fingerprint(cast: Cast, item: Evidence) -> None:
    assert (item.kind, item.excerpt) == ("term", "")
    assert shown(item, cast.client, "en") == "Milestone 3: Checkout and launch, $2,200.00, due 6 May 2030"
    assert "2200,00\N{NO-BREAK SPACE}US$" in shown(item, cast.freelancer, "es")
    assert "Mijlpaal 3: Checkout and launch" in shown(item, cast.mediator, "nl")
    plain = json.dumps(item.term, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert item.sha256 == hashlib.sha256(plain.encode()).hexdigest(), "anybody can compute it from the file"


def test_it_stays_as_it_was_when_the_contract_changes(cast: Cast, item: Evidence, milestone: Milestone) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(amount_minor=1, due_date=None)
    assert "$2,200.00, due 6 May 2030" in shown(item, cast.client, "en")
    assert next(chains.breaks(Dispute.objects.get()), None) is None


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("fixed", "Website redesign: fixed price"),
        ("hourly", "Website redesign: $45.00 an hour, at most 30 hours a week"),
    ],
)
def test_the_whole_contract_can_be_quoted(cast: Cast, mediation: Say, kind: str, said: str) -> None:
    contract = cast.room.contract
    terms = {"kind": kind, "hourly_rate_minor": 4_500, "weekly_limit_hours": 30}
    Contract.objects.filter(pk=contract.pk).update(**terms)
    mediation(cast.client, "submit_evidence", kind="term", title="The job", term_id=contract.pk)
    item = Evidence.objects.get()
    assert shown(item, cast.client, "en").startswith(said)
    assert shown(item, cast.client, "en") != shown(item, cast.client, "es")


def test_what_is_no_part_of_the_contract_is_not_there(cast: Cast, mediation: Say) -> None:
    with pytest.raises(NotFound):
        mediation(cast.client, "submit_evidence", kind="term", title="Nothing", term_id=uuid4())


def test_a_term_that_a_later_version_made_is_shown_by_its_title() -> None:
    assert term_words.written({"code": "later", "params": {"title": "Design"}}) == "Design"


def test_a_draft_quotes_what_the_contract_says_when_it_is_filed(
    cast: Cast, say: Say, draft: Dispute, milestone: Milestone
) -> None:
    for title in ("First words", "Better words"):
        say(cast.client, "pick_evidence", kind="term", title=title, term_id=milestone.pk)
    [pick] = case_view(draft, cast.client)["picks"]
    assert (pick["title"], pick["excerpt"], pick["is_there"]) == ("Better words", OLD, True)
    Milestone.objects.filter(pk=milestone.pk).update(title="Launch")
    say(cast.client, "edit_draft", statement="It fails.")
    say(cast.client, "file")
    item = Evidence.objects.get()
    assert item.term is not None
    assert (item.title, item.term["params"]["title"]) == ("Better words", "Launch")


def old_exhibit(case: Dispute, cast: Cast, mediation: Say) -> None:
    """A term as it was kept before: the words in the filer's language, hashed as they stand."""
    mediation(cast.client, "submit_evidence", kind="term", title="Before", excerpt=OLD)


def test_old_and_new_exhibits_hold_and_a_changed_one_is_named(
    cast: Cast, item: Evidence, mediation: Say, tmp_path: Path
) -> None:
    case = Dispute.objects.get()
    old_exhibit(case, cast, mediation)
    with translation.override("nl"):
        document = casefile.export(case, cast.freelancer)
    file = tmp_path / "case.json"
    file.write_bytes(rules.written(document))
    out = StringIO()
    call_command("verify_case", file=file, stdout=out)
    call_command("verify_case", str(case.pk), stdout=out)
    assert out.getvalue().count("The case file holds.") == 2
    verdict = casefile.check(file.read_bytes(), cast.freelancer)
    assert verdict.is_good
    before = json.loads(file.read_bytes())
    del before["view"]["evidence"][1]["term"]
    assert rules.find_file_break(before) is None, "a file of before, which names no terms"
    Evidence.objects.filter(pk=item.pk).update(term=(item.term or {}) | {"code": "contract.fixed"})
    with pytest.raises(CommandError, match="do not hold"):
        call_command("verify_case", str(case.pk), stderr=StringIO())
    assert str(next(chains.breaks(Dispute.objects.get()))) == "evidence: the content of entry 1 was changed"


@pytest.mark.parametrize(
    ("number", "change"),
    [(0, {"term": {"code": "milestone", "params": {}}}), (1, {"excerpt": "Milestone 3: something else"}),
     (1, {"excerpt": "Other", "sha256": exhibits.fingerprint(None, "Other")})],
)  # fmt: skip
def test_a_file_with_other_evidence_is_found_out_without_us(
    cast: Cast, item: Evidence, mediation: Say, number: int, change: dict[str, object]
) -> None:
    case = Dispute.objects.get()
    old_exhibit(case, cast, mediation)
    document = casefile.export(case, cast.client)
    document["view"]["evidence"][number] |= change
    broken = rules.find_file_break(document)
    assert broken is not None
    assert str(broken) == f"evidence: the content of entry {number + 1} was changed"


def test_a_file_whose_evidence_cannot_be_read_says_so(cast: Cast, item: Evidence) -> None:
    document = casefile.export(Dispute.objects.get(), cast.client)
    document["view"]["evidence"] = [{"number": 1}]
    with pytest.raises(rules.Unreadable, match="evidence"):
        rules.find_file_break(document)


def test_the_terms_of_a_contract_are_in_its_order(cast: Cast, milestone: Milestone) -> None:
    contract = cast.room.contract
    assert [one.id for one in contract_terms.of(contract)] == [contract.pk, milestone.pk]
