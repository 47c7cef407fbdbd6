"""Names, sums, moments and codes of a case file, as the reader writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mediation.core.moments import written
from mediation.disputes.forms import claim, mediating
from mediation.disputes.money import money
from mediation.web import case_words

STATUSES: dict[str, str | Promise] = {
    **{str(code): word for code, word in mediating.STATUSES},
    "offered": pgettext_lazy("evidence", "not answered yet"),
    "acknowledged": pgettext_lazy("evidence", "acknowledged"),
    "contested": pgettext_lazy("evidence", "contested"),
    "open": pgettext_lazy("offer or point", "open"),
    "accepted": pgettext_lazy("offer", "accepted"),
    "countered": pgettext_lazy("offer", "answered with another offer"),
    "declined": pgettext_lazy("offer", "declined"),
    "withdrawn": pgettext_lazy("offer", "withdrawn"),
    "expired": pgettext_lazy("offer", "time was over"),
    "superseded": pgettext_lazy("offer", "replaced"),
}
REASONS = {
    "grace": _("extra time after silence"),
    "cooling_off": _("a pause"),
    "absence": _("an absence"),
    "hold": _("the case was on hold"),
    "outage": _("Parley could not be reached"),
    "claim": _("a claim was attached"),
}


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes for one reader about one case."""

    view: Mapping[str, Any]
    names: Mapping[str, str]
    language: str

    def name(self, person: str | None) -> str:
        """The person's name; whoever is none of the three is Upwork."""
        return self.names.get(person or "", "Upwork")

    def side(self, role: str) -> str:
        """The name of the client or the freelancer."""
        return next((self.view[one]["name"] for one in ("filer", "respondent") if self.view[one]["role"] == role), role)

    def who(self, deadline: Mapping[str, Any]) -> str:
        """Whose a deadline is: a name where it is one person's."""
        side = self.view[deadline["who"]] if deadline["who"] in ("filer", "respondent") else None
        person = deadline["person"] or (side and side["id"])
        return self.name(person) if person else str(case_words.WHO[deadline["who"]])

    def clauses(self, params: Mapping[str, Any]) -> str:
        """The text of an agreement as both accepted it (`case/_clauses.html`), a line for each clause."""
        sums = gettext(
            "Upwork returns <b>%(refund)s</b> to %(client)s and releases <b>%(release)s</b> to %(freelancer)s, "
            "from “%(title)s”."
        )
        told = {
            "refund": self.money(params["refund_minor"]),
            "release": self.money(params["release_minor"]),
            "client": self.side("client"),
            "freelancer": self.side("freelancer"),
            "title": params["contract"],
        }
        last = gettext("With this, both consider the matter settled.")
        lines = [strip_tags(sums) % told, *params["terms"], last]
        return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))

    def money(self, minor: int | None) -> str:
        """A sum in the case's currency; nothing for none."""
        return "" if minor is None else money(minor, self.view["currency"], self.language)

    def moment(self, at: str | None) -> str:
        """Day and time with the year, in the reader's zone: a file is read years later."""
        if not at:
            return ""
        return written(datetime.fromisoformat(at))

    def about(self) -> str:
        """Which money it is about."""
        milestone, week = self.view["milestone"], self.view["week_starts"]
        problem = dict(claim.PROBLEMS).get(self.view["problem"], "")
        track = case_words.TRACKS[self.view["track"]] if self.view["has_claim"] else ""
        return " · ".join(str(part) for part in (problem, milestone and milestone["title"], week, track) if part)

    def kind(self, code: str) -> str:
        """What an item of evidence is."""
        return str(dict(mediating.KINDS).get(code, code))

    def issue_status(self, code: str) -> str:
        """How a point stands, in brackets. Of a case that is closed none is open any more: how it ended is said."""
        return "" if code == "open" and self.view["state"] == "closed" else f" ({self.status(code)})"

    def status(self, code: str) -> str:
        """How an offer, an issue or an item of evidence stands."""
        return str(STATUSES.get(code, code))

    def answered(self, item: Mapping[str, Any]) -> str:
        """How the other side answered an exhibit, and what became of its file."""
        said = (self.status(item["status"]), item["answer_note"], self._redacted(item["redacted"]))
        return " · ".join(filter(None, said))

    def _redacted(self, said: Mapping[str, Any] | None) -> str:
        """When and why an exhibit was taken out of view."""
        if not said:
            return ""
        told = {"when": self.moment(said["at"]), "reason": said["reason"]}
        return gettext("taken out of view %(when)s: “%(reason)s”") % told

    def reason(self, text: str) -> str:
        """Why a deadline was set or moved: a code of ours, or somebody's words."""
        return str(REASONS.get(text, text))
