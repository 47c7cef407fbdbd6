"""What triggers and automations have in common: the builder, and JSON out and in."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mediation.core.errors import NotFound, Refused
from mediation.desk import rule_words as words
from mediation.desk.actions import rule_files, rule_order
from mediation.desk.admin.leads import LeadsAdmin, is_lead
from mediation.desk.models.triggers import Rule
from mediation.desk.queries.rule_sentences import all_names, deed
from mediation.desk.rules.checking import GROUPS

LONGEST_FILE = 500_000
WAYS = {"up": -1, "down": 1}


class ImportForm(forms.Form):
    """An export, pasted or as a file."""

    text = forms.CharField(
        label=_("Paste an export here"), required=False, max_length=LONGEST_FILE,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )  # fmt: skip
    file = forms.FileField(label=_("Or choose its file"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file = said.get("file")
        if file is not None and file.size > LONGEST_FILE:
            raise forms.ValidationError(_("This file is too large to be an export of rules."))
        text = file.read() if file is not None else said.get("text", "").encode()
        try:
            said["rules"] = json.loads(text)
            json.dumps(said["rules"], ensure_ascii=False).encode()  # halves of a character can be kept nowhere
        except (ValueError, RecursionError) as problem:
            raise forms.ValidationError(_("This cannot be read as JSON.")) from problem
        return said


class RuleAdmin(LeadsAdmin):
    """`kind` is what the JSON calls them."""

    kind = ""
    list_display = ("name", "order", "what_is_done", "position", "is_active")
    list_editable = ("position", "is_active")
    search_fields = ("name",)
    change_form_template = "admin/desk/rules/change_form.html"
    change_list_template = "admin/desk/rules/change_list.html"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The groups of rows are no fields of the model."""
        return ("name", "position", "is_active", *GROUPS)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The builder as it is: the factory would look for the groups among the model's fields."""
        return self.form

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = f"desk_{self.opts.model_name}"
        return [
            path("export/", view(self.export), name=f"{name}_export"),
            path("import/", view(self.load), name=f"{name}_import"),
            *super().get_urls(),
        ]

    @admin.display(description=_("What is done"))
    def what_is_done(self, rule: Rule) -> SafeString:
        known = all_names()
        said = [(deed(one["action"], one["value"], known),) for one in rule.actions]
        return format_html_join("; ", "{}", said)

    @admin.display(description=_("order"))
    def order(self, rule: Rule) -> SafeString:
        """Two buttons that save the list, and say with it which rule is to move."""
        words = {"up": gettext("Move “%(name)s” up"), "down": gettext("Move “%(name)s” down")}
        return format_html_join(
            " ",
            '<button class="rule-tool" name="_save" value="{0}" id="{0}" aria-label="{1}">{2}</button>',
            [
                (f"{way}-{rule.pk}", words[way] % {"name": rule.name}, arrow)
                for way, arrow in (("up", "↑"), ("down", "↓"))
            ],
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """An arrow saves what was typed in the list, then moves its rule. What cannot be saved is shown as it was
        typed, and nothing moves.
        """
        answer = super().changelist_view(request, extra_context)
        way, _dash, key = request.POST.get("_save", "").partition("-")
        is_saved = isinstance(answer, HttpResponseRedirect) and answer.url == request.get_full_path()
        return self._move(request, way, key) if way in WAYS and is_saved else answer

    def _move(self, request: HttpRequest, way: str, key: str) -> HttpResponse:
        """One place up or down; back at the list, the same button has the focus."""
        try:
            rule, place, count = rule_order.move(model=self.model, rule_id=_uuid(key), by=WAYS[way])
        except NotFound as gone:
            self.message_user(request, str(gone.message), messages.ERROR)
            return redirect(request.get_full_path())
        said = {"name": rule.name, "place": place, "count": count}
        self.message_user(request, gettext("“%(name)s” is number %(place)s of %(count)s.") % said)
        return redirect(f"{request.get_full_path()}#{way}-{rule.pk}")

    def export(self, request: HttpRequest) -> HttpResponse:
        """Every rule, as a file that can be brought in again."""
        self._check(request)
        answer = JsonResponse(rule_files.export(self.kind), json_dumps_params={"indent": 2, "ensure_ascii": False})
        answer["Content-Disposition"] = f'attachment; filename="{self.kind}.json"'
        return answer

    def load(self, request: HttpRequest) -> HttpResponse:
        """All of an export or nothing of it; what is wrong is listed and what was pasted stays in the field."""
        self._check(request)
        form = ImportForm(request.POST or None, request.FILES or None)
        problems: list[str] = []
        if request.method == "POST" and form.is_valid():
            try:
                count = rule_files.load(self.kind, form.cleaned_data["rules"])
            except Refused as refused:
                form.add_error(None, str(refused.message))
                problems = [_slip(one) for one in refused.detail.get("problems", [])]
            else:
                self.message_user(
                    request, ngettext("%d rule was brought in.", "%d rules were brought in.", count) % count
                )
                return redirect(reverse(f"admin:desk_{self.opts.model_name}_changelist"))
        context = self.page(request, gettext("Import")) | {"form": form, "problems": problems}
        return TemplateResponse(request, "admin/desk/rules/import.html", context)

    def page(self, request: HttpRequest, title: str) -> dict[str, Any]:
        """What every page of ours needs."""
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}

    def _check(self, request: HttpRequest) -> None:
        if not is_lead(request):
            raise PermissionDenied


def _uuid(text: str) -> UUID:
    """Raises NotFound."""
    try:
        return UUID(text)
    except ValueError as problem:
        raise NotFound from problem


def _slip(one: dict[str, Any]) -> str:
    """With the rule and the group in which it stands."""
    where = {"number": one["rule"], "group": words.GROUPS.get(one["group"], ""), "message": one["message"]}
    if one["group"]:
        return gettext("Rule %(number)s, “%(group)s”: %(message)s") % where
    return gettext("Rule %(number)s: %(message)s") % where
