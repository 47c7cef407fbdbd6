"""What lines of a room show of the cases that it was about before: offers, recommendations, agreements, shared words,
silence.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from accounts.models import User
from mediation.core import clock
from mediation.disputes.models import Dispute
from mediation.disputes.queries.case import claim, kept, mediation
from mediation.disputes.queries.case.reader import Reader, reader, signed_recommendations
from mediation.disputes.queries.case.view import head
from mediation.disputes.rules.visibility import Thing

_OF_PAPERS = ("offers", "agreements__acceptances", "recommendations__findings__cited", "recommendations__answers",
              "issues", "evidence", "releases", "notices", "deadlines",
              "instructions")  # fmt: skip


def papers(cases: Sequence[Dispute], viewer: User) -> list[dict[str, Any]]:
    """Each case's head and papers, in the shapes of `case_view`; a query for each kind, however many the cases.

    `cases` are from `audience.cases_in`; those of which the viewer may not know are left out.
    """
    now = clock.now()
    known = [before for one in cases if (before := reader(one, viewer, now)).viewers]
    prefetch_related_objects([before.dispute for before in known], signed_recommendations(), *_OF_PAPERS)
    defaults = kept.default_entries([before.dispute for before in known])
    return [_papers(before) | kept.kept(before, defaults) for before in known]


def _papers(before: Reader) -> dict[str, Any]:
    dispute = before.dispute
    evidence = dispute.evidence.all() if before.reads(Thing.EVIDENCE) else []
    return head(before) | {
        "offers": claim.offers(before),
        "recommendation": mediation.recommendation(before, dispute.reopenings),
        "agreement": claim.agreement(before),
        "issues": [{"id": str(one.pk), "title": one.title} for one in dispute.issues.all()],
        "evidence": [{"id": str(one.pk), "number": one.number} for one in evidence if one.audience == mediation.JOINT],
    }
