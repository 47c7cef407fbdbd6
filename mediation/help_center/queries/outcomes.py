"""What became of first answers: how sure the engine was, and whether people said it was right."""

from mediation.help_center.models import Ask
from mediation.help_center.rules.answering.confidence import OUTCOMES
from mediation.help_center.rules.answering.refusals import Silence

_VERDICTS = {Ask.Verdict.SOLVED.value: True, Ask.Verdict.NOT_QUITE.value: False}
_JUDGED = ("", Silence.NOT_SURE.value)


def outcomes(language: str) -> list[tuple[float, bool]]:
    """The newest of a language. Who chose among several says something of the first of them, whose confidence it is:
    right if it is the one that solved it. That another one was chosen and did not help, says nothing of it.
    """
    said = Ask.objects.filter(language=language, shown__isnull=False, verdict__in=_VERDICTS, why__in=_JUDGED)
    rows = said.order_by("-at").values_list("confidence", "verdict", "shown_id", "proposed")[:OUTCOMES]
    found = []
    for confidence, verdict, shown, proposed in rows:
        is_first = shown not in proposed or proposed[0] == shown
        if is_first or _VERDICTS[verdict]:
            found.append((confidence, is_first and _VERDICTS[verdict]))
    return found
