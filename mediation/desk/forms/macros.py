"""A macro and its texts as forms; lists are boxes to tick, and a text is refused if a variable in it is misspelt."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import ROLE_NAMES
from accounts.rules import STAFF_ROLES
from mediation.desk.models import Macro, MacroText
from mediation.desk.rules.macros import Place, Variable, unknown

PLACES = {
    Place.JOINT: _("In front of both parties"),
    Place.PRIVATE: _("In a private talk"),
    Place.INTERNAL: _("In notes of Upwork staff"),
}


class MacroForm(forms.ModelForm):
    """Where and by whom it can be said."""

    places = forms.MultipleChoiceField(
        label=_("Where it can be said"), choices=[(one.value, word) for one, word in PLACES.items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Who can say it"), widget=forms.CheckboxSelectMultiple,
        choices=[one for one in ROLE_NAMES if one[0] in STAFF_ROLES],
    )  # fmt: skip

    class Meta:
        model = Macro
        fields = ("key", "position", "places", "roles", "is_active")
        help_texts = {"key": _("What is typed behind the slash, such as ask-file.")}


class MacroTextForm(forms.ModelForm):
    """One language."""

    class Meta:
        model = MacroText
        fields = ("language", "title", "body")
        help_texts = {
            "body": _(
                "Write {client}, {freelancer}, {party}, {me}, {contract}, {case} or {due}, and … for what is to be "
                "filled in."
            )
        }

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if wrong := unknown(body):
            known = ", ".join(f"{{{one.value}}}" for one in Variable)
            raise ValidationError(
                _("{%(wrong)s} cannot be filled in. Use one of these: %(known)s.") % {"wrong": wrong[0], "known": known}
            )
        return body


class TextsFormSet(forms.BaseInlineFormSet):
    """A macro says something in at least one language."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form.has_changed() and form not in self.deleted_forms]
        kept += [form for form in self.initial_forms if form not in self.deleted_forms]
        if not any(self.errors) and not kept:
            raise ValidationError(_("Write the text in at least one language."))
