"""Looks into private talks in a case file: all of them for who reads that chain, for a party those of its own talk."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mediation.disputes.forms.glass import GROUNDS, STATUSES
from mediation.disputes.rules.glass import Ground, Status
from mediation.web.casebook.writer import Writer


def head() -> list[str]:
    return [_("Talk of"), _("Why"), _("Asked by"), _("Decided by"), _("Opened"), _("Until"), _("State")]


def rows(view: Mapping[str, Any], writer: Writer) -> list[list[str]]:
    """A row for each look, in the order of `head`."""
    return [
        [
            writer.name(one["party"]),
            " · ".join(filter(None, (str(GROUNDS[Ground(one["ground"])]), one["reason"], one["note"]))),
            one["asked_by"]["name"],
            one["decided_by"]["name"] if one["decided_by"] else "",
            writer.moment(one["opened_at"]),
            writer.moment(one["ended_at"] or one["ends_at"]),
            str(STATUSES[Status(one["status"])]),
        ]
        for one in view["glass"]
    ]
