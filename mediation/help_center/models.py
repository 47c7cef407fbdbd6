"""Sections, articles, their versions in each language, old addresses, and what was asked."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediation.conversations.models import Room

SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use small letters, digits and single hyphens, like ask-file."))


class Section(models.Model):
    """A group of articles on the first page."""

    slug = models.CharField(_("address"), max_length=60, unique=True, validators=[SLUG])
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug


class SectionTitle(models.Model):
    """What a section is called in one language."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="titles")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=80)

    class Meta:
        verbose_name = _("title of a section")
        verbose_name_plural = _("titles of a section")
        constraints = [models.UniqueConstraint(fields=["section", "language"], name="help_section_title_once")]
        ordering = ["language"]

    def __str__(self) -> str:
        return self.title


class Article(models.Model):
    """One question that is answered, at an address that stays. Its words are `Version`s."""

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Everybody")
        CLIENT = "client", _("Clients")
        FREELANCER = "freelancer", _("Freelancers")
        AGENTS = "agents", _("Upwork staff")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[SLUG])
    section = models.ForeignKey(Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="articles")
    audience = models.CharField(
        _("who reads it"), max_length=12, choices=Audience.choices, default=Audience.PUBLIC.value
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=["public", "client", "freelancer", "agents"]), name="help_article_audience"
            )
        ]

    def __str__(self) -> str:
        return self.slug


class Version(models.Model):
    """The words of an article in one language. A published one never changes; the next replaces it.

    `title` is a question, `body` is Markdown with numbers of `rules.placeholders`, `phrasings` say how people ask.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    number = models.PositiveIntegerField(_("version"), editable=False)
    title = models.CharField(_("title, as a question"), max_length=150)
    body = models.TextField(_("text"), max_length=20_000)
    phrasings = models.JSONField(_("how people ask, one a line"), default=list)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of an article")
        ordering = ["article", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "language", "number"], name="help_version_number"),
            models.UniqueConstraint(
                fields=["article", "language"],
                condition=Q(published_at__isnull=False, replaced_at__isnull=True),
                name="help_version_one_current",
            ),
            models.UniqueConstraint(
                fields=["article", "language"], condition=Q(published_at__isnull=True), name="help_version_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(published_at__isnull=False), name="help_version_replaced"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"


class Redirect(models.Model):
    """An address that an article had before."""

    slug = models.CharField(_("old address"), max_length=80, unique=True, validators=[SLUG])
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="old_addresses"
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class HelpSession(models.Model):
    """What one person asks in one go. With a room it belongs to its contract: asked before a claim, or handed over."""

    class Place(models.TextChoices):
        HELP = "help", _("Help centre")
        FILING = "filing", _("Before a claim")
        BOT = "bot", _("Conversation with the assistant")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    place = models.CharField(_("where"), max_length=8, choices=Place.choices, default=Place.HELP.value)
    began_at = models.DateTimeField(default=timezone.now, db_index=True)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    handed_over_at = models.DateTimeField(_("handed over to a person"), null=True, blank=True)

    class Meta:
        verbose_name = _("help session")
        verbose_name_plural = _("help sessions")
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return f"{self.get_place_display()} · {self.began_at:%Y-%m-%d %H:%M}"


class Ask(models.Model):
    """One question, without personal data, what was shown for it, and what its asker said of that."""

    class Verdict(models.TextChoices):
        SILENT = "", _("Nothing said")
        SOLVED = "solved", _("Solved")
        NOT_QUITE = "not_quite", _("Not quite")
        PERSON = "person", _("Wants a person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(HelpSession, on_delete=models.CASCADE, related_name="asks")
    question = models.CharField(_("question"), max_length=500)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind of answer"), max_length=12)
    confidence = models.FloatField(_("confidence"), default=0)
    shown = models.ForeignKey(
        Version, verbose_name=_("what was shown"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    passage = models.TextField(_("passage that was shown"), blank=True)
    proposed = models.JSONField(_("versions to choose from"), default=list, blank=True)
    why = models.CharField(_("why nothing was shown on its own"), max_length=12, blank=True)
    verdict = models.CharField(_("said of it"), max_length=10, choices=Verdict.choices, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.question


class Lesson(models.Model):
    """Somebody said which article answers a question, that one does not, or that none does. Engines learn them in the
    order of their numbers; one that was taken back is not learned any more.
    """

    class Source(models.TextChoices):
        ASKER = "asker", _("Who asked")
        AGENT = "agent", _("An agent")

    question = models.CharField(_("question"), max_length=500)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    fits = models.BooleanField(_("it answers"), default=True)
    weight = models.FloatField(_("weight"), default=1)
    source = models.CharField(_("said by"), max_length=8, choices=Source.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    ask = models.ForeignKey(Ask, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ask"],
                condition=Q(taken_back_at__isnull=True, ask__isnull=False),
                name="help_lesson_one_of_ask",
            ),
            models.CheckConstraint(condition=Q(fits=True) | Q(article__isnull=False), name="help_lesson_of_article"),
            models.CheckConstraint(condition=Q(weight__gte=0, weight__lte=1), name="help_lesson_weight"),
        ]

    def __str__(self) -> str:
        return self.question


class Gap(models.Model):
    """Questions that no article answers, as one topic that somebody decides about. `rules.clusters` finds them."""

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        DRAFTED = "drafted", _("An article is being written")
        NOT_OURS = "not_ours", _("Not ours to answer")
        DISMISSED = "dismissed", _("Laid aside")

    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    name = models.CharField(_("topic"), max_length=200)
    middle = models.CharField(_("middle question"), max_length=500)
    size = models.PositiveIntegerField(_("questions"), default=0)
    first_at = models.DateTimeField(_("first asked"))
    last_at = models.DateTimeField(_("last asked"))
    state = models.CharField(_("decided"), max_length=10, choices=State.choices, default=State.OPEN.value)
    article = models.ForeignKey(
        Article, verbose_name=_("article"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        ordering = ["-size", "-last_at"]

    def __str__(self) -> str:
        return self.name


class GapQuestion(models.Model):
    """A question that belongs to a gap; to one at most."""

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="questions")
    ask = models.OneToOneField(Ask, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("question of a gap")
        verbose_name_plural = _("questions of a gap")

    def __str__(self) -> str:
        return self.ask.question
