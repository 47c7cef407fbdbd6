"""The forms of who writes articles: a draft, where an article stands, and its old addresses."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from mediation.core.errors import Refused
from mediation.help_center.actions import addresses
from mediation.help_center.audience import WRITERS
from mediation.help_center.errors import AddressTaken
from mediation.help_center.models import Article, Redirect, Version
from mediation.help_center.queries.numbers import VOCABULARY
from mediation.help_center.rules import placeholders


class VersionForm(forms.ModelForm):
    """A draft. How people ask is written one a line."""

    phrasings = forms.CharField(
        label=gettext_lazy("How people ask, one a line"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )

    class Meta:
        model = Version
        fields = ("article", "language", "title", "body", "phrasings")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["phrasings"] = "\n".join(self.instance.phrasings)

    def clean_phrasings(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["phrasings"].splitlines() if line.strip()]

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        wrong = placeholders.unknown(body, VOCABULARY)
        if wrong:
            line, name = wrong[0]
            raise forms.ValidationError(
                _("Line %(line)s: “%(name)s” is no number of a policy."), params={"line": line, "name": name}
            )
        return body


class ArticleForm(forms.ModelForm):
    """The frame of an article. It can move; what stands or leads elsewhere is not its to take."""

    class Meta:
        model = Article
        fields = ("slug", "section", "audience", "position", "owner", "review_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """An article is looked after by one of those who can change it."""
        super().__init__(*args, **kwargs)
        writers = Q(role__in=WRITERS, is_active=True) | Q(pk=self.instance.owner_id)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.filter(writers).order_by("name")

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        try:
            addresses.check_free(slug, article=self.instance)
        except AddressTaken as taken:
            raise forms.ValidationError(*_said(taken)) from taken
        return slug


class OldAddressForm(forms.ModelForm):
    """An address that leads to the article. Where an article stands, nothing can lead elsewhere."""

    class Meta:
        model = Redirect
        fields = ("slug",)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if not self.has_changed():
            return slug
        if slug == self.instance.article.slug:
            raise forms.ValidationError(_("The article itself stands at this address."))
        try:
            addresses.check_free(slug, article=self.instance.article)
        except AddressTaken as taken:
            raise forms.ValidationError(*_said(taken)) from taken
        return slug


class OldAddressRows(forms.BaseInlineFormSet):
    """The old addresses of one article, which may be given another address in the same moment."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.instance.article = self.instance  # as it will be, not as it is stored
        return form


def _said(refusal: Refused) -> tuple[str, str]:
    """With the name of what is in the way: it is looked for next."""
    return f"{refusal.message} ({refusal.detail.get('article', '')})", refusal.code
