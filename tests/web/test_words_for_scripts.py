"""A page's scripts get the sentences that their reader can come to read, and no others."""

import re

from mediation.disputes.rules import table
from mediation.disputes.rules.states import PARTIES
from mediation.web import script_words, words


def sentences(*, staff: bool) -> set[str]:
    return set(script_words.for_scripts(staff=staff)["system"])


def test_no_line_ends_twice() -> None:
    """What people write as a sentence has its own full stop: nothing stands behind it."""
    quoting = re.compile(r"(%\(text\)s|E%\(number\)s: .*)”\.$")
    assert [code for code, said in words.SYSTEM.items() if quoting.search(str(said))] == []


def test_nobody_misses_what_others_did() -> None:
    """All that is told to everyone is there for parties and staff alike, in the words for who did not do it."""
    told = {code for code in words.SYSTEM if not code.endswith(".you")}
    assert told <= sentences(staff=True)
    assert {code for code in told if not code.startswith(("clock.", "desk."))} - sentences(staff=False) == {
        "rule.acted",
        "rule.noted",
    }


def test_you_reads_what_somebody_like_you_can_do() -> None:
    for row in table.TABLE:
        code = f"dispute.{row.command}.you"
        if code in words.SYSTEM:
            assert not row.who & PARTIES or code in sentences(staff=False), code
            assert not row.who - PARTIES or code in sentences(staff=True), code
    assert "dispute.answer.you" not in sentences(staff=True)
    assert "dispute.claim.you" not in sentences(staff=False)
    assert "help.asked.you" in sentences(staff=False)
