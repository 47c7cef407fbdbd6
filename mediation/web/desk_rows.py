"""The rows of a queue as the page and its script get them.

Written here and not by a template: fifty rows of thirty values took a template longer than everything else of the page
together (decisions/0029). Whatever comes from people is escaped; what all rows share is made once.
"""

from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import MEDIATOR_ROLES
from mediation.core import clock
from mediation.desk.queries.pages import Line
from mediation.disputes.forms.claim import PROBLEMS
from mediation.disputes.money import money
from mediation.disputes.rules.states import State
from mediation.sla.queries.shown import Shown
from mediation.sla.words import METRICS
from mediation.web import case_words, clocks, desk_words, moments
from mediation.web.sentences import join_names
from mediation.web.templatetags.look import card_of, face, icon

_ANY = UUID(int=0)
# Who is in the case: filled by the page's script, for staff alone.
_AROUND = f'<small class="around" data-part="around" hidden>{icon("eye", "s")}<span data-part="names"></span></small>'


class Words(dict[str, str]):
    """Words of a table in the reader's language, each made when it is first asked for."""

    def __init__(self, table: Mapping[str, object]) -> None:
        super().__init__()
        self.table = table

    def __missing__(self, key: str) -> str:
        self[key] = escape(str(self.table.get(key, "")))
        return self[key]


class Rows:
    """Draws the rows of one page. `asked` is what its address asks for."""

    def __init__(self, user: User, asked: Mapping[str, str]) -> None:
        self.may_claim = user.role in MEDIATOR_ROLES
        self.now, self.language = clock.now(), get_language() or "en"
        self.review_word = _("A review was asked for")
        self.no_clock, self.no_claim, self.wants_help = _("No clock runs"), _("no claim"), _("Wants a mediator")
        self.claim_word, self.case_number = pgettext("take a case", "Claim"), _("Case %(number)s")
        self.brief_word, self.brief_icon = _("Brief of %(title)s"), icon("panel", "s")
        self.states, self.tracks = Words(case_words.STATES), Words(desk_words.TRACKS)
        self.priorities, self.problems = Words(desk_words.PRIORITIES), Words(dict(PROBLEMS))
        self.metrics, self.clock_words = Words(METRICS), clocks.words()
        self.room, self.case, self.claim = _address("web:room"), _address("web:case"), _address("web:desk_claim")
        kept = urlencode({name: value for name, value in asked.items() if name not in {"case", "offer"}})
        self.brief = escape(f"?{kept}&case=" if kept else "?case=")

    def row(self, line: Line) -> SafeString:
        """One case."""
        key, title, due = line.id, escape(line.title), line.clock(self.now)
        brief = escape(self.brief_word % {"title": line.title})
        home = self.room(line.room_id) if line.asker_id else self.case(key)
        return mark_safe(  # noqa: S308 (escaped here and in what is called)
            f'<tr class="case-row" data-case="{key}" data-state="{due.face.state if due else ""}">'
            f"<td>{self._due(due)}</td>"
            f'<td><label class="row-pick"><input type="checkbox" name="case" value="{key}" form="desk-several" '
            f'aria-label="{title}"></label><a class="case-title" href="{home}">{title}</a>'
            f"<small>{self._names(line)}</small>{self._until(line)}</td>"
            f'<td><span class="num">{self._money(line)}</span>'
            f"<small>{self.problems[line.problem] or self.wants_help}</small></td>"
            f"<td><span>{self.priorities[line.priority]}</span>"
            f"<small>{self.tracks[line.track or 'none']} · {escape(line.language.upper())}</small></td>"
            f'<td class="case-do"><div>{self._owner(line)}<a class="btn" data-kind="quiet" data-size="s" '
            f'href="{self.brief}{key}" data-act="brief" aria-label="{brief}">'
            f"{self.brief_icon}</a></div>{self._state(line)}{_AROUND}</td></tr>"
        )

    def _due(self, due: Shown | None) -> str:
        if due is None:
            return f'<span class="label">{self.no_clock}</span>'
        shown = clocks.html(clocks.drawn(due, self.clock_words))
        return f'<span class="due">{shown}<small>{self.metrics[due.metric]}</small></span>'

    def _names(self, line: Line) -> str:
        client, freelancer = line.filer, line.respondent
        if not line.filer_is_client:
            client, freelancer = freelancer, client
        names = join_names([client, freelancer])
        number = self.case_number % {"number": line.number}
        return escape(f"{names} · {number}" if line.number else names)

    def _until(self, line: Line) -> str:
        if line.until is None:
            return ""
        until = _("until %(until)s") % {"until": moments.full(line.until)}
        return f"<small>{escape(until)}</small>"

    def _money(self, line: Line) -> str:
        return escape(money(line.amount_minor, line.currency, self.language)) if line.has_claim else self.no_claim

    def _owner(self, line: Line) -> str:
        if line.mediator and line.mediator_id:
            card = card_of(line.mediator_id, line.mediator, line.mediator_role or "", line.mediator_avatar)
            return f'<span class="viewing">{face(card, size="xs")}{escape(line.mediator)}</span>'
        if not self._can_be_taken(line):
            return ""
        return (
            f'<button class="btn" data-size="s" form="desk-act" formaction="{self.claim(line.id)}" data-act="claim">'
            f"{self.claim_word}</button>"
        )

    def _state(self, line: Line) -> str:
        """A closed case is on the desk for one reason alone."""
        said = self.review_word if line.state == State.CLOSED.value else self.states[line.state]
        return "" if self._can_be_taken(line) else f"<small>{said}</small>"

    def _can_be_taken(self, line: Line) -> bool:
        return self.may_claim and line.is_unclaimed


def _address(name: str) -> Callable[[UUID], str]:
    """The address of a case, written out once."""
    before, after = reverse(name, args=[_ANY]).split(str(_ANY))
    return lambda key: f"{before}{key}{after}"
