"""What a search looks for, how a message answers it, and what is shown of a hit. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from uuid import UUID

from mediation.conversations.rules.text import fold, words

MAX_WORDS = 8
WORD_LENGTH = 60  # longer ones are cut, here and in the index
PREFIX_FROM = 3  # a word of so many letters also finds what begins with it
SNIPPET_LENGTH = 180
_LEAD = 60  # characters of a snippet before its first hit
_WORD = re.compile(r"[^\W_]+")


def wanted_words(text: str) -> list[str]:
    """The words to look for; empty if there is nothing to look for."""
    return [word[:WORD_LENGTH] for word in dict.fromkeys(words(text))][:MAX_WORDS]


def indexed_words(parts: Iterable[str]) -> list[str]:
    """The words under which a message is found, each once."""
    return sorted({word[:WORD_LENGTH] for part in parts for word in words(part)})


def scope(thread_id: UUID) -> str:
    """The thread as a word that no text holds: folded text has no upper case."""
    return f"T{thread_id.hex}"


def postgresql_query(wanted: Sequence[str], threads: Iterable[UUID] | None) -> str:
    """A `tsquery` for all of the words, within the threads if they are given. Words are letters and digits only."""
    terms = [f"'{word}':*" if len(word) >= PREFIX_FROM else f"'{word}'" for word in wanted]
    if threads is not None:
        terms.append("(" + " | ".join(f"'{scope(thread)}'" for thread in threads) + ")")
    return " & ".join(terms)


def sqlite_query(wanted: Sequence[str], threads: Iterable[UUID] | None) -> str:
    """The same as an FTS5 `MATCH`."""
    terms = [f'words:"{word}"*' if len(word) >= PREFIX_FROM else f'words:"{word}"' for word in wanted]
    if threads is not None:
        terms.append("scope:(" + " OR ".join(f'"{scope(thread)}"' for thread in threads) + ")")
    return " AND ".join(terms)


def snippet(text: str, wanted: Sequence[str]) -> str:
    """The part of a text around its first hit as safe HTML, hits in `<mark>`."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    hits = [found.span() for found in _WORD.finditer(text) if _answers(found.group(), wanted)]
    start = _word_start(text, max(0, hits[0][0] - _LEAD)) if hits else 0
    end = min(len(text), start + SNIPPET_LENGTH)
    html, at = ["…" if start else ""], start
    for begin, stop in hits:
        if stop > end:
            break
        if begin >= at:
            html += [escape(text[at:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
            at = stop
    return "".join([*html, escape(text[at:end]), "…" if end < len(text) else ""])


def _answers(word: str, wanted: Sequence[str]) -> bool:
    folded = fold(word)[:WORD_LENGTH]
    return any(folded == want or (len(want) >= PREFIX_FROM and folded.startswith(want)) for want in wanted)


def _word_start(text: str, at: int) -> int:
    """The first beginning of a word at or after `at`, so that no snippet begins inside one."""
    return at if at == 0 or text[at - 1] == " " else text.find(" ", at) + 1
