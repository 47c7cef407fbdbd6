"""Which passage of an article somebody chose themselves stands closest to their question."""

from mediation.help_center.rules.answering.grams import words_of
from mediation.help_center.rules.answering.passages import passages, sentences


def passage(question: str, title: str, text: str) -> str:
    """Whole sentences of a plain text: those that hold the most of the question's words, else the first."""
    wanted = {word for word in words_of(question) if len(word) > 2}
    pieces = passages(title, text)
    held = [sum(len(word) for word in wanted & set(words_of(piece))) for piece in pieces]
    return sentences(text, held.index(max(held))) if held else ""
