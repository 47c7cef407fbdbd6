"""A case as a question: what it is about, in the words that both sides read."""

_TITLE, _SAID = 120, 180


def as_question(problem: str, title: str, first: str, last: str) -> str:
    """The kind of problem, the title of the job, and the begin of what was said first and last; each once."""
    parts = (problem, title[:_TITLE], first[:_SAID], last[:_SAID] if last != first else "")
    return ". ".join(" ".join(part.split()) for part in parts if part.strip())
