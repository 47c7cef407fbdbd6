"""Text made comparable: what search looks in and what it looks for are folded alike. Pure."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def fold(text: str) -> str:
    """Lower case without diacritics: “Straße, É” becomes “strasse, e”."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).translate(_LETTERS)


def words(text: str) -> list[str]:
    """The folded words of a text, in order: runs of letters and digits, as both search backends cut them."""
    return _WORD.findall(fold(text))


_MARKS = re.compile(r"[*`>]+|(?<!\w)_+|_+(?!\w)|\[([^\]\n]*)\]\([^)\s]*\)")
PREVIEW_LENGTH = 140
_READ = 4  # times its length: what a preview is made from, for marks and spaces are left out
PREVIEW_READS = PREVIEW_LENGTH * _READ


def preview(text: str, length: int = PREVIEW_LENGTH) -> str:
    """The beginning of a message in one line of plain text, for lists and notices."""
    text = _MARKS.sub(lambda found: found.group(1) or "", text[: length * _READ])
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
