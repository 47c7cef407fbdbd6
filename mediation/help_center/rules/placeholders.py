"""Numbers in an article: `{{ policy.sign_hours }}` says what the policy in force says when somebody reads."""

import re
from collections.abc import Callable, Collection

_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def names(text: str) -> list[str]:
    """The names that a text asks for, each once, in order."""
    return list(dict.fromkeys(_PLACE.findall(text)))


def unknown(text: str, vocabulary: Collection[str]) -> list[tuple[int, str]]:
    """`(line, name)` of what the vocabulary does not have."""
    lines = enumerate(text.splitlines(), 1)
    return [(number, name) for number, line in lines for name in _PLACE.findall(line) if name not in vocabulary]


def fill(text: str, value: Callable[[str], str | None]) -> str:
    """The text with its numbers; a name that nobody knows stays as it was written."""
    return _PLACE.sub(lambda found: value(found.group(1)) or found.group(), text)
