"""The fingerprint of evidence: what it is of, and whether what is there has it still. Pure.

Before terms had a code and parameters they were words in the filer's language, and are hashed as these
(decisions/0032).
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from mediation.disputes.rules import contract_terms
from mediation.disputes.rules.chain import Break, How
from mediation.disputes.rules.contract_terms import Term

EVIDENCE = "evidence"  # the name under which a break is told, beside the names of the chains


def fingerprint(term: Term | None, excerpt: str) -> str:
    """SHA-256 of what the contract says, or of words; a file has its own."""
    return contract_terms.fingerprint(term) if term else hashlib.sha256(excerpt.encode()).hexdigest()


def find_break(items: Iterable[Mapping[str, Any]], recorded: Mapping[int, str]) -> Break | None:
    """The first item that is not as it was put forward: `number`, `sha256`, `term`, `excerpt`, `is_words` (False for a
    file, and for what was taken out of view). `recorded` is what the joint chain says, by number; an entry of it can
    have been erased.
    """
    for one in items:
        is_changed = one["is_words"] and fingerprint(one["term"], one["excerpt"]) != one["sha256"]
        if is_changed or recorded.get(one["number"], one["sha256"]) != one["sha256"]:
            return Break(one["number"], How.CONTENT)
    return None


def recorded(contents: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """The fingerprints by number of the item, from the contents of the joint chain."""
    return {one["evidence"]: one["sha256"] for one in contents if "evidence" in one and "sha256" in one}
