"""Articles and their versions: drafts are written, looked at and published; what is published is only looked at."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from mediation.core import clock
from mediation.core.errors import Refused
from mediation.help_center import audience
from mediation.help_center.actions import addresses, learning, publishing
from mediation.help_center.forms import ArticleForm, OldAddressForm, OldAddressRows, VersionForm
from mediation.help_center.models import Article, Ask, Lesson, Redirect, Section, SectionTitle, Version

DUE_WITHIN_DAYS = 14


class WritersAdmin(admin.ModelAdmin):
    """Opened by the role, whatever rights of the admin somebody was given beside; only administrators delete."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _writes(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _writes(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _writes(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _writes(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _writes(request) and super().has_delete_permission(request, obj)


class WritersRows(admin.TabularInline):
    """Rows on the page of what such a person writes."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _writes(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _writes(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _writes(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _writes(request)


class Titles(WritersRows):
    model = SectionTitle
    max_num = len(settings.LANGUAGES)


class OldAddresses(WritersRows):
    model = Redirect
    form, formset = OldAddressForm, OldAddressRows


class DueForReview(admin.SimpleListFilter):
    """What somebody should read again. A day counts as it is in UTC, on the day itself."""

    title = gettext_lazy("review")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", _("The day has come")), ("soon", _("Due within two weeks")), ("never", _("No day is set"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = clock.now().date()
        chosen = {
            "now": Q(review_on__lte=today),
            "soon": Q(review_on__lte=today + timedelta(days=DUE_WITHIN_DAYS)),
            "never": Q(review_on__isnull=True),
        }
        return queryset.filter(chosen.get(self.value() or "", Q()))


@admin.register(Section)
class SectionAdmin(WritersAdmin):
    inlines = (Titles,)
    list_display = ("slug", "position")
    list_editable = ("position",)


@admin.register(Article)
class ArticleAdmin(WritersAdmin):
    """The frame of an article; below it what is said in each language, side by side."""

    form = ArticleForm
    inlines = (OldAddresses,)
    list_display = ("slug", "section", "audience", "languages", "review_on", "owner")
    list_filter = (DueForReview, "section", "audience")
    list_select_related = ("section", "owner")
    search_fields = ("slug", "versions__title")
    readonly_fields = ("side_by_side",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).prefetch_related("versions")

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, article: Article) -> str:
        current = {one.language for one in article.versions.all() if one.published_at and not one.replaced_at}
        return " ".join(code.upper() for code, _name in settings.LANGUAGES if code in current)

    @admin.display(description=gettext_lazy("languages side by side"))
    def side_by_side(self, article: Article) -> str:
        if not article.slug:  # it is only being added
            return ""
        newest = {one.language: one for one in sorted(article.versions.all(), key=lambda one: one.number)}
        cells = format_html_join(
            "", "<td>{}</td>", ((_cell(article, code, newest),) for code, _n in settings.LANGUAGES)
        )
        return format_html("<table><tr>{}</tr></table>", cells)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """A new address through the action, which keeps the old one."""
        if change:
            addresses.move(article=obj, slug=form.cleaned_data["slug"])
        super().save_model(request, obj, form, change)


@admin.register(Version)
class VersionAdmin(WritersAdmin):
    """Publishing is an action on the chosen drafts."""

    form = VersionForm
    list_display = ("title", "language", "number", "published_at", "replaced_at", "preview")
    list_filter = ("language", ("published_at", admin.EmptyFieldListFilter))
    search_fields = ("title", "article__slug")
    autocomplete_fields = ("article",)
    actions = ("publish",)

    @admin.display(description=gettext_lazy("as readers see it"))
    def preview(self, version: Version) -> str:
        if not version.pk:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("help_center:draft", args=[version.pk]), _("Look"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The next version begins with the words of the newest."""
        said: dict[str, Any] = super().get_changeform_initial_data(request)
        try:
            versions = Version.objects.filter(article=said.get("article"), language=said.get("language", ""))
        except ValidationError:
            return {}
        newest = versions.order_by("-number").first()
        if newest is not None:
            said |= {"title": newest.title, "body": newest.body, "phrasings": "\n".join(newest.phrasings)}
        return said

    def get_readonly_fields(self, request: HttpRequest, obj: Version | None = None) -> tuple[str, ...]:
        """A draft stays the draft of its article in its language."""
        return ("preview",) if obj is None else ("preview", "article", "language")

    def has_change_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        is_open = obj is None or obj.published_at is None
        return is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        return obj is not None and obj.published_at is None and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Version, form: Any, change: bool) -> None:
        """Through the action, which numbers versions and keeps one draft a language."""
        said = form.cleaned_data
        writer = request.user if isinstance(request.user, User) else None
        saved = publishing.write_draft(
            article=obj.article, language=obj.language, title=said["title"], body=said["body"],
            phrasings=said["phrasings"], user=writer,
        )  # fmt: skip
        obj.pk, obj.number = saved.pk, saved.number

    @admin.action(description=gettext_lazy("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Version]) -> None:
        for version in chosen:
            try:
                publishing.publish(version_id=version.pk)
            except Refused as refusal:
                self.message_user(request, f"{version}: {refusal.message}", messages.ERROR)
            else:
                self.log_change(request, version, "publish")
                self.message_user(request, _("“%(title)s” is published.") % {"title": version.title})


@admin.register(Ask)
class AskAdmin(admin.ModelAdmin):
    """What was asked, only to look at."""

    list_display = ("question", "language", "kind", "shown", "verdict", "at")
    list_filter = ("language", "kind", "verdict")
    list_select_related = ("shown",)
    search_fields = ("question",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Ask | None = None) -> bool:
        return False


@admin.register(Lesson)
class LessonAdmin(admin.ModelAdmin):
    """What answers were learned from. A wrong one is taken back; engines forget it."""

    list_display = ("question", "language", "article", "fits", "weight", "source", "person", "at", "taken_back_at")
    list_filter = ("language", "source", "fits", ("taken_back_at", admin.EmptyFieldListFilter))
    list_select_related = ("article", "person")
    search_fields = ("question", "article__slug")
    actions = ("take_back",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Lesson | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Lesson | None = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Take back"), permissions=["change"])
    def take_back(self, request: HttpRequest, chosen: QuerySet[Lesson]) -> None:
        for lesson in chosen:
            learning.take_back(lesson_id=lesson.pk)
            self.log_change(request, lesson, "take back")


def _cell(article: Article, language: str, newest: dict[str, Version]) -> str:
    """What is said in a language, below a link to its draft or to the next one, which begins with these words."""
    one = newest.get(language)
    if one is not None and one.published_at is None:
        address, words = reverse("admin:help_center_version_change", args=[one.pk]), _("Change the draft")
    else:
        asked = QueryDict(mutable=True)
        asked.update({"article": str(article.pk), "language": language})
        address = f"{reverse('admin:help_center_version_add')}?{asked.urlencode()}"
        words = _("Write the next version")
    title, body = (one.title, linebreaksbr(one.body)) if one is not None else ("", "")
    return format_html('{}: <a href="{}">{}</a><h4>{}</h4>{}', language.upper(), address, words, title, body)


def _writes(request: HttpRequest) -> bool:
    user = request.user
    return isinstance(user, User) and user.is_staff and audience.may_write(user)
