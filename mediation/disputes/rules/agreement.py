"""What an agreement says, apart from any language: a template and its parameters, and their one fingerprint."""

import hashlib
import json
from dataclasses import asdict, dataclass

TEMPLATE = "settlement-1"  # a changed wording is a new template: old agreements keep saying what was accepted


@dataclass(frozen=True, slots=True)
class Text:
    """The parameters of an agreement. Sums are in minor units; `terms` are the parties' own words, as they were
    agreed.
    """

    dispute: str
    number: int
    client: str
    freelancer: str
    contract: str
    currency: str
    amount_minor: int
    refund_minor: int
    release_minor: int
    terms: tuple[str, ...]
    source: str
    version: int


def canonical(text: Text) -> str:
    """The one way to write the parameters down: what is hashed, stored, and rendered in every language."""
    content = {"template": TEMPLATE} | asdict(text)
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(text: Text) -> str:
    """The SHA-256 that both accept."""
    return hashlib.sha256(canonical(text).encode()).hexdigest()
