"""Macros with their texts, edited in place."""

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mediation.desk.forms.macros import PLACES, MacroForm, MacroTextForm, TextsFormSet
from mediation.desk.models import Macro, MacroText
from mediation.desk.rules.macros import Place


class Texts(admin.StackedInline):
    model = MacroText
    form = MacroTextForm
    formset = TextsFormSet
    extra = 0
    min_num = 1
    max_num = len(settings.LANGUAGES)


@admin.register(Macro)
class MacroAdmin(admin.ModelAdmin):
    """What is changed here is what agents find behind the slash half a minute later at most."""

    form = MacroForm
    inlines = (Texts,)
    list_display = ("__str__", "title", "said_where", "languages", "position", "is_active")
    list_editable = ("position", "is_active")
    list_filter = ("is_active",)
    search_fields = ("key", "texts__title", "texts__body")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Macro]:
        return super().get_queryset(request).prefetch_related("texts")

    @admin.display(description=_("title"))
    def title(self, macro: Macro) -> str:
        return next((one.title for one in macro.texts.all()), "")

    @admin.display(description=_("where it can be said"))
    def said_where(self, macro: Macro) -> str:
        return ", ".join(str(PLACES[Place(one)]) for one in macro.places)

    @admin.display(description=_("languages"))
    def languages(self, macro: Macro) -> str:
        return " ".join(one.language.upper() for one in macro.texts.all())
