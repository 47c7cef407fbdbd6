"""Puts our look on any form's widgets, allauth's included, without touching the forms."""

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

CHOICES = (forms.CheckboxInput, forms.RadioSelect, forms.FileInput)


@register.filter
def widget(field: BoundField) -> SafeString:
    """The field's input in our class. A placeholder is no label, so there is none. A browser that knows how long a text
    may be cuts what is pasted and says nothing; the server says how much is too much and keeps all of it.
    """
    attrs: dict[str, str | bool] = {"placeholder": False}
    if isinstance(field.field.widget, forms.Textarea):
        attrs["maxlength"] = False
    if not isinstance(field.field.widget, CHOICES):
        attrs["class"] = "input"
    return field.as_widget(attrs=attrs)


@register.filter
def input_kind(field: BoundField) -> str:
    """`radio`, `check` or `text`: which anatomy the field needs."""
    if isinstance(field.field.widget, forms.RadioSelect):
        return "radio"
    return "check" if isinstance(field.field.widget, forms.CheckboxInput) else "text"
