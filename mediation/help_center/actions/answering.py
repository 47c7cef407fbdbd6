"""The one way to an answer: what the engine says, among what the reader may read."""

from uuid import UUID

from django.conf import settings

from mediation.help_center.actions.indexes import index
from mediation.help_center.audience import Reader, visible_versions
from mediation.help_center.client.encoders import EncoderUnavailable
from mediation.help_center.models import Version
from mediation.help_center.queries.answering import Answer, Kind, searched


def make_ready(language: str) -> None:
    """Somebody is about to ask: what a process needs for its first answer takes seconds to build."""
    if settings.HELP_ENCODER:
        index(language).get_ready()


def answer(reader: Reader, language: str, question: str) -> Answer:
    """What to show for a question, in the reader's language. Without an encoder plain search proposes."""
    if not settings.HELP_ENCODER:
        return searched(reader, language, question)
    allowed = [key.hex for key in visible_versions(reader, language).values_list("article_id", flat=True)]
    try:
        found = index(language).ask(question, allowed)
    except EncoderUnavailable:
        return searched(reader, language, question)
    said = found.answer
    versions = _versions(reader, language, [key for key in (said.article, *said.proposed) if key])
    proposed = tuple(versions[key] for key in said.proposed if key in versions)
    if said.article in versions:
        return Answer(Kind.ARTICLE, versions[said.article], found.passage, said.confidence, proposed)
    why = said.silence.value if said.silence else ""
    if said.between and len(proposed) > 1:
        return Answer(Kind.FOLLOW_UP, confidence=said.confidence, did_you_mean=proposed, why=why)
    return Answer(
        Kind.DID_YOU_MEAN if proposed else Kind.NOTHING, confidence=said.confidence, did_you_mean=proposed, why=why
    )


def _versions(reader: Reader, language: str, keys: list[str]) -> dict[str, Version]:
    found = visible_versions(reader, language).filter(article__in=[UUID(hex=key) for key in keys])
    return {version.article_id.hex: version for version in found}
