"""The case file: each reader's own, with a proof that shows any change."""

from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.disputes.models import CaseEntry, Dispute
from mediation.disputes.queries import casefile
from mediation.disputes.rules import casefile as rules
from tests.cast import Cast
from tests.disputes.conftest import Say
from tests.disputes.stories import hear_both, recommend

READERS = {
    "client": ["joint", "caucus_client", "own_client"],
    "freelancer": ["joint", "caucus_freelancer", "own_freelancer"],
    "mediator": ["joint", "caucus_client", "caucus_freelancer", "internal"],
    "agent": [],
    "senior": ["joint", "internal", "glass"],
    "supervisor": ["joint", "internal", "glass"],
    "qa": ["joint", "internal", "glass"],
    "analyst": [],
    "admin": [],
    "outsider": [],
}


@pytest.fixture
def case(cast: Cast, draft: Dispute, mediation: Say) -> Dispute:
    """A case with lines of every audience."""
    release = {"party": cast.client.pk, "text": "The 24th matters.", "question": "May I?"}
    hear_both(cast, mediation, last=cast.client)
    asked = mediation(cast.mediator, "ask_release", **release).data["release_id"]
    mediation(cast.client, "refuse_release", release_id=draft.releases.get(pk=asked).pk)
    mediation(cast.mediator, "end_caucus")
    recommend(cast, mediation, draft)
    mediation(cast.client, "answer", is_yes=True)
    draft.refresh_from_db()
    return draft


def taken_away(case: Dispute, who: User) -> bytes:
    return orjson.dumps(casefile.export(case, who))


def test_everybody_has_the_chains_they_may_read_and_no_other(cast: Cast, case: Dispute) -> None:
    for who, audiences in READERS.items():
        if not audiences:
            with pytest.raises(NotFound):
                casefile.export(case, getattr(cast, who))
            continue
        document = casefile.export(case, getattr(cast, who))
        assert [chain["audience"] for chain in document["chains"]] == audiences
        assert rules.find_file_break(document) is None


def test_what_one_side_does_in_private_changes_nothing_in_the_other_sides_file(
    cast: Cast, case: Dispute, mediation: Say
) -> None:
    with clock.at(clock.now()):
        before = casefile.export(case, cast.freelancer)
        mediation(cast.client, "answer", is_yes=False)
        assert casefile.export(Dispute.objects.get(pk=case.pk), cast.freelancer) == before


def change(document: dict[str, Any], how: str) -> None:
    """A forger at work on the joint chain."""
    chain = document["chains"][0]
    entries = chain["entries"]
    if how == "content":
        entries[3]["content"]["state"] = "closed"
    elif how == "field":
        entries[3]["type"] = "dispute.withdraw"
    elif how == "deleted":
        del entries[3]
    elif how == "reordered":
        entries[3], entries[4] = entries[4], entries[3]
    elif how == "inserted":
        entries.insert(3, deepcopy(entries[3]))
    elif how == "cut off":
        entries.pop()


def test_any_change_shows_in_the_file_alone(cast: Cast, case: Dispute) -> None:
    whole = casefile.export(case, cast.client)
    for how in ("content", "field", "deleted", "reordered", "inserted", "cut off"):
        document = deepcopy(whole)
        change(document, how)
        broken = rules.find_file_break(document)
        assert broken is not None, how
        assert broken.audience == "joint"
        assert not casefile.check(orjson.dumps(document), cast.client).is_good


def test_a_forger_who_makes_the_chain_anew_is_found_by_what_we_hold(cast: Cast, case: Dispute) -> None:
    document = casefile.export(case, cast.client)
    chain = document["chains"][0]
    chain["entries"].pop()
    last = chain["entries"][-1]
    chain["head"] = {"number": last["number"], "hash": last["hash"]}
    verdict = casefile.check(orjson.dumps(document), cast.client)
    assert (verdict.broken, verdict.is_ours, verdict.is_sealed, verdict.is_good) == (None, True, False, False)
    document["case"]["amount_minor"] += 1
    assert not casefile.check(orjson.dumps(document), cast.client).is_sealed


def test_a_file_stays_good_when_the_case_goes_on(cast: Cast, case: Dispute, mediation: Say) -> None:
    file = taken_away(case, cast.client)
    assert casefile.check(file, cast.client).is_good
    mediation(cast.client, "cool_off", hours=12)
    verdict = casefile.check(file, cast.client)
    assert (verdict.is_good, verdict.newer) == (True, 1)


def test_somebody_elses_file_is_not_known_to_who_may_not_read_it(cast: Cast, case: Dispute) -> None:
    taken = taken_away(case, cast.client)
    for who in (cast.outsider, cast.freelancer, cast.agent, cast.admin):
        verdict = casefile.check(taken, who)
        assert (verdict.is_known, verdict.case, verdict.heads) == (False, {}, {})


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"format": "parley-case-file-1"}',
        b'{"format": "parley-case-file-1", "case": {}, "chains": [7]}',
    ],
)
def test_what_is_no_case_file_is_refused(cast: Cast, text: bytes) -> None:
    with pytest.raises(rules.Unreadable):
        casefile.check(text, cast.client)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
LINE = {"number": 1, "type": "t", "at": "2026-03-02T12:00:00.000Z", "actor": "", "audience": "joint",
        "content": {}, "content_hash": "0", "previous_hash": "0" * 64, "hash": "0"}  # fmt: skip


@given(where=st.sampled_from(["case", "chains", "chain", "audience", "entries", "entry", "head", *LINE]), odd=ANYTHING)
def test_whatever_a_file_holds_it_is_refused_or_judged_and_never_a_mishap(where: str, odd: Any) -> None:
    entry = LINE | ({where: odd} if where in LINE else {})
    chain = {"audience": "joint", "entries": [odd if where == "entry" else entry], "head": {"number": 1, "hash": "0"}}
    chain |= {where: odd} if where in chain else {}
    document = {"format": rules.FORMAT, "case": {"id": "x"}, "chains": [odd if where == "chain" else chain]}
    document |= {where: odd} if where in document else {}
    with suppress(rules.Unreadable):
        read = rules.read(orjson.dumps(document))
        if rules.find_file_break(read) is None:
            rules.heads(read)


def test_the_stored_chains_hold_and_every_change_of_a_row_shows(cast: Cast, case: Dispute, tmp_path: Path) -> None:
    call_command("verify_case", str(case.number), verbosity=0)
    call_command("verify_case", "--all", verbosity=0)
    for audience in ("joint", "caucus_client", "internal"):
        rows = CaseEntry.objects.filter(dispute=case, audience=audience)
        last = rows.order_by("-number").first()
        kept = CaseEntry.objects.filter(pk=last.pk).values().get()
        for forged in ({"content": {"state": "x"}}, {"type": "dispute.x"}, {"hash": "1" * 64}, {"number": 99}):
            rows.filter(pk=last.pk).update(**forged)
            with pytest.raises(CommandError):
                call_command("verify_case", str(case.pk))
            rows.model.objects.filter(pk=last.pk).update(**kept)
        CaseEntry.objects.filter(pk=last.pk).delete()
        with pytest.raises(CommandError):
            call_command("verify_case", "--all")
        CaseEntry.objects.create(**kept)
    call_command("verify_case", str(case.pk))


def test_a_content_that_was_erased_by_right_breaks_nothing(cast: Cast, case: Dispute) -> None:
    CaseEntry.objects.filter(dispute=case, number=2).update(content={})
    call_command("verify_case", str(case.pk))
    assert casefile.check(taken_away(case, cast.client), cast.client).is_good


@pytest.mark.parametrize("number", ["2", True, 2.0, None])
def test_a_number_that_only_looks_like_one_is_no_number(cast: Cast, case: Dispute, number: object) -> None:
    document = orjson.loads(taken_away(case, cast.client))
    next(one for one in document["chains"] if one["audience"] == "joint")["entries"][1]["number"] = number
    with pytest.raises(rules.Unreadable):
        casefile.check(orjson.dumps(document), cast.client)


def test_a_file_is_verified_by_the_command_too(cast: Cast, case: Dispute, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(taken_away(case, cast.client))
    call_command("verify_case", "--file", str(file))
    file.write_bytes(file.read_bytes().replace(b"dispute.file", b"dispute.void"))
    with pytest.raises(CommandError, match=r"joint: entry 1 was changed"):
        call_command("verify_case", "--file", str(file))
    for wrong in (["4711"], ["--file", str(tmp_path / "none.json")]):
        with pytest.raises(CommandError):
            call_command("verify_case", *wrong)
