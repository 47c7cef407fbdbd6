"""Triggers: built, tried on what happened of late, and explained by their log."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mediation.desk import rule_words as words
from mediation.desk.admin.leads import LeadsLog
from mediation.desk.admin.rules import RuleAdmin
from mediation.desk.forms.rules import TriggerForm
from mediation.desk.models import Trigger, TriggerLog
from mediation.desk.queries.dry_run import NEWEST, dry_run
from mediation.desk.queries.rule_sentences import all_names, deed, explained
from mediation.desk.rules.conditions import reading
from mediation.desk.rules.conditions.fields import Use
from mediation.disputes.models import Dispute


@admin.register(Trigger)
class TriggerAdmin(RuleAdmin):
    """What is saved here holds from the next event on."""

    kind = "triggers"
    form = TriggerForm

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.try_it))
        return [path("try/", view, name="desk_trigger_try"), *super().get_urls()]

    def try_it(self, request: HttpRequest) -> HttpResponse:
        """What the form as it stands would have done with the newest events; nothing is saved."""
        self._check(request)
        stored = Trigger.objects.filter(pk=key).first() if (key := _key(request)) else None
        form = TriggerForm(request.POST, instance=stored)
        form.is_valid()
        wrong = {name: errors for name, errors in form.errors.items() if name in ("all", "any", "actions")}
        tried = [] if wrong else dry_run(reading.read(form.instance.conditions, Use.TRIGGER))
        known = all_names()
        rows = [
            {
                "fits": one.judgement.fits, "at": one.at, "case": case_of(one.case),
                "happening": words.HAPPENINGS.get(one.happening, words.OTHER_HAPPENING),
                "verdicts": explained(one.judgement.as_rows(), known),
            }
            for one in tried
        ]  # fmt: skip
        context = self.page(request, gettext("Tried on the newest events")) | {
            "errors": wrong, "rows": rows, "fitting": sum(row["fits"] for row in rows), "newest": NEWEST,
        }  # fmt: skip
        return TemplateResponse(request, "admin/desk/rules/try.html", context)


def _key(request: HttpRequest) -> str:
    """The id of the trigger that is open, if it was saved before."""
    said = request.POST.get("rule", "")
    return said if reading.is_named("triggers", said, None) else ""


@admin.register(TriggerLog)
class TriggerLogAdmin(LeadsLog):
    """Why a trigger fired, and why it did not."""

    list_display = ("at", "trigger", "case", "what_happened", "has_fired", "because")
    list_filter = ("has_fired", "trigger")
    list_select_related = ("trigger", "dispute__room__contract")
    search_fields = ("=dispute__number",)
    ordering = ("-at", "-pk")
    list_per_page = 50
    fields = ("at", "trigger", "case", "what_happened", "has_fired", "because", "what_it_did")
    readonly_fields = fields

    @admin.display(description=_("case"), ordering="dispute__number")
    def case(self, line: TriggerLog) -> str:
        return case_of(line.dispute)

    @admin.display(description=_("what happened"))
    def what_happened(self, line: TriggerLog) -> str:
        return str(words.HAPPENINGS.get(line.happening, words.OTHER_HAPPENING))

    @admin.display(description=_("why"))
    def because(self, line: TriggerLog) -> Any:
        return words.SKIPPED[line.skipped] if line.skipped else sentences(line.why)

    @admin.display(description=_("What is done"))
    def what_it_did(self, line: TriggerLog) -> Any:
        return deeds(line.done)


def case_of(dispute: Dispute) -> str:
    """Its number; one without a claim has none and is named by its contract."""
    return str(dispute.number or dispute.room.contract.title)


def sentences(verdicts: list[dict[str, Any]]) -> SafeString:
    """Each row of a verdict on a line of its own."""
    said = explained(verdicts, all_names())
    return format_html_join("", "<div>{}</div>", [(one["sentence"],) for one in said])


def deeds(done: list[dict[str, Any]]) -> SafeString:
    """What was done, and what was so already."""
    known = all_names()
    so_already = gettext("(nothing to change)")
    said = [(deed(one["action"], one["value"], known), "" if one["changed"] else so_already) for one in done]
    return format_html_join("", "<div>{} {}</div>", said)
