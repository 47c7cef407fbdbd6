"""How the fields of any form look: ours, those of allauth, those of tomorrow."""

import pytest
from django import forms

from accounts.templatetags.fields import input_kind, widget


class Everything(forms.Form):
    line = forms.CharField(max_length=5, widget=forms.TextInput(attrs={"placeholder": "Your name"}))
    text = forms.CharField(max_length=5, widget=forms.Textarea)
    tick = forms.BooleanField()
    pick = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    file = forms.FileField()


@pytest.mark.parametrize(
    ("name", "kind"), [("line", "text"), ("text", "text"), ("tick", "check"), ("pick", "radio"), ("file", "text")]
)
def test_each_has_the_anatomy_it_needs(name: str, kind: str) -> None:
    assert input_kind(Everything()[name]) == kind


def test_what_is_typed_has_our_look_and_a_placeholder_is_no_label() -> None:
    drawn = {name: str(widget(Everything()[name])) for name in Everything.base_fields}
    assert {name for name, tag in drawn.items() if 'class="input"' in tag} == {"line", "text"}
    assert not any("placeholder" in tag for tag in drawn.values())


def test_a_long_text_is_not_cut_where_it_is_pasted() -> None:
    """The server says how much is too much, and keeps all of it."""
    form = Everything({"text": "Too long for five."})
    assert "maxlength" not in str(widget(form["text"]))
    assert 'maxlength="5"' in str(widget(form["line"]))
    assert "Too long for five." in str(widget(form["text"]))
