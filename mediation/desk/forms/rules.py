"""A rule as a form: rows of selects and a value, which a script makes easier and which work without it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mediation.desk import rule_words as words
from mediation.desk.models import Automation, Trigger
from mediation.desk.models.triggers import Rule
from mediation.desk.queries.rule_choices import vocabulary
from mediation.desk.queries.rule_people import known
from mediation.desk.queries.rule_sentences import problem
from mediation.desk.rules.checking import GROUPS, Draft, check
from mediation.desk.rules.conditions.fields import Use

Row = dict[str, str]
EMPTY_ROWS = 2
CONDITION, ACTION = ("field", "operator", "value"), ("action", "value")


class RowsWidget(forms.Widget):
    """A table of rows, each part of a row under a name of its own (`all-field`, `all-operator`, `all-value`)."""

    def __init__(self, parts: tuple[str, ...], use: Use, label: str) -> None:
        super().__init__()
        self.parts, self.use, self.label = parts, use, label

    @property
    def media(self) -> forms.Media:
        script: Any = Script("js/rules.js", type="module")
        return forms.Media(js=[script], css={"all": ["css/rules.css"]})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Row]:
        """Rows in which nothing was chosen or written are left out."""
        columns = [_list(data, f"{name}-{part}") for part in self.parts]
        rows = [dict(zip(self.parts, cells, strict=True)) for cells in zip(*columns, strict=False)]
        return [row for row in rows if any(one.strip() for one in row.values())]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-{self.parts[-1]}" not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = [row for row in value or [] if isinstance(row, dict)]
        known = vocabulary(self.use)
        asked = known["fields" if "field" in self.parts else "actions"]
        context = {
            "name": name, "parts": self.parts, "rows": [*rows, *[{}] * EMPTY_ROWS], "label": self.label,
            "vocabulary": known, "words": {part: words.PARTS[part] for part in self.parts},
            "written": [one for one in asked.values() if one["values"]],
        }  # fmt: skip
        return render_to_string("admin/desk/rules/rows.html", context)


def _list(data: Mapping[str, Any], name: str) -> list[str]:
    return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, []))


class RuleForm(forms.ModelForm):
    """`use` says which fields can be asked. What is wrong stands at its group, with the row and the part."""

    use: ClassVar[Use]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {**(self.instance.conditions or {}), "actions": self.instance.actions or []}
        for group in GROUPS:
            parts = ACTION if group == "actions" else CONDITION
            label = str(words.GROUPS[group])
            field = forms.Field(label=label, required=False, widget=RowsWidget(parts, self.use, label))
            self.fields[group] = field
            self.initial[group] = said.get(group, [])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        rows = {group: said.get(group) or [] for group in GROUPS}
        draft = Draft({"all": rows["all"], "any": rows["any"]}, rows["actions"])
        for one in check(draft, self.use, known()):
            self.add_error(one.group, ValidationError(problem(one), code=one.code))
        self.instance.conditions, self.instance.actions = draft.conditions, draft.actions
        return said


class TriggerForm(RuleForm):
    use = Use.TRIGGER

    class Meta:
        model = Trigger
        fields = ("name", "position", "is_active")


class AutomationForm(RuleForm):
    use = Use.AUTOMATION

    class Meta:
        model = Automation
        fields = ("name", "position", "is_active")


FORMS: Mapping[type[Rule], type[RuleForm]] = {Trigger: TriggerForm, Automation: AutomationForm}
