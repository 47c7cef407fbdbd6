"""In which of the site's languages a question is written."""

from functools import cache
from threading import Lock
from typing import Any

LONGEST_TEXT = 500
SURE = 0.8
_lock = Lock()


@cache
def _detector(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages(list(languages))
    return detector


def language_of(text: str, languages: tuple[str, ...], otherwise: str) -> str:
    """One of `languages`; `otherwise` (the page's) when the text is too short or too mixed to tell."""
    letters = "".join(letter if letter.isprintable() else " " for letter in text[:LONGEST_TEXT])
    if len(letters.split()) < 2 or len(languages) < 2:
        return otherwise
    with _lock:
        found, sure = _detector(tuple(sorted(languages))).classify(letters)
    return found if sure >= SURE else otherwise
