"""What a contract says, apart from any language: a code and its parameters, and their one fingerprint."""

from typing import Any

from mediation.disputes.rules.chain import content_hash

Term = dict[str, Any]  # {"code", "params"}; sums in minor units, days as ISO dates, titles as the parties wrote them

FIXED, HOURLY, MILESTONE = "contract.fixed", "contract.hourly", "milestone"


def fingerprint(term: Term) -> str:
    """SHA-256 over the term as JSON in UTF-8, names sorted, no white space: the same for readers of every language."""
    return content_hash(term)
