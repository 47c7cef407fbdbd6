"""One case as one person may see it: everything in it goes through `rules.visibility`, all of it is JSON-able.

Ids and moments are text, money is in minor units of the case's currency.
"""

from mediation.disputes.queries.case.papers import papers
from mediation.disputes.queries.case.preview import as_party
from mediation.disputes.queries.case.view import case_view

__all__ = ["as_party", "case_view", "papers"]
