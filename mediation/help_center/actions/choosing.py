"""Somebody says which of the articles they were offered answers their question."""

from uuid import UUID

from django.db import transaction

from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.help_center.audience import Reader
from mediation.help_center.models import Ask
from mediation.help_center.queries import asked
from mediation.help_center.queries.answering import Kind


@transaction.atomic
def choose(*, reader: Reader, ask_id: UUID, session_id: UUID | None, version_id: int) -> Ask:
    """It is shown as the answer. Where the first answer was refused, the question is kept once more with the other one:
    what was refused stays refused. Raises NotFound for anybody else's question, and for what was not offered.
    """
    found = Ask.objects.select_for_update().filter(pk=ask_id, session=session_id).first() if session_id else None
    if found is None:
        raise NotFound
    version = next((one for one in asked.others(reader, found) if one.pk == version_id), None)
    if version is None:
        raise NotFound
    chosen = {
        "kind": Kind.ARTICLE.value,
        "shown": version,
        "passage": asked.passage_of(version, found.question),
        "at": clock.now(),
    }
    if found.verdict:
        return Ask.objects.create(
            session_id=found.session_id, question=found.question, language=found.language, proposed=found.proposed,
            confidence=found.confidence, **chosen,
        )  # fmt: skip
    for name, value in chosen.items():
        setattr(found, name, value)
    found.save(update_fields=list(chosen))
    return found
