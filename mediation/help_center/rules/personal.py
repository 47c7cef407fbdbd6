"""What tells of a person, taken out of a question before it is kept: mails, links, account and phone numbers."""

import re

LONGEST = 500
_WHAT = (
    (re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+"), "[mail]"),
    (re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE), "[link]"),
    (re.compile(r"\b[A-Za-z]{2}\d{2}[ -]?[A-Za-z0-9]{4}(?:[ -]?\d{2,4}){2,7}\b"), "[account]"),
    (re.compile(r"(?<!\w)[+(]?\d(?:[ ().\-/]*\d){7,}"), "[number]"),
    (re.compile(r"(?<!\w)@\w{2,}"), "[name]"),
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+")


def without_personal(text: str) -> str:
    """One line of at most `LONGEST` characters; empty where nothing was asked."""
    text = " ".join(_CONTROL.sub(" ", text[: LONGEST * 4]).split())
    for pattern, stands in _WHAT:
        text = pattern.sub(stands, text)
    return text[:LONGEST].strip()
