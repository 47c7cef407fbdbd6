"""What agents can take, and how heavy cases are: set up by a support lead."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.desk.rules.views import FILTERS
from mediation.disputes.rules.states import Phase

MOST_POINTS = 10_000
MOST_DAYS = 366
DEFAULT_CAPACITY = 100


class AgentProfile(models.Model):
    """What an agent can take (`rules.routing.Seat`). `languages` and `tracks` are lists of codes; an empty one limits
    nothing. Who has no profile takes whatever the policy allows.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("agent"), primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    tracks = models.JSONField(_("tracks"), default=list, blank=True)
    value_limit_minor = models.PositiveBigIntegerField(_("value limit, in cents"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("capacity, in points"), default=DEFAULT_CAPACITY, null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)],
    )  # fmt: skip
    begins_on = models.DateField(_("first day"), null=True, blank=True)
    ramp_days = models.PositiveSmallIntegerField(
        _("days until full capacity"), default=0, validators=[MaxValueValidator(MOST_DAYS)]
    )
    is_away = models.BooleanField(_("away"), default=False)

    class Meta:
        verbose_name = _("agent's skills and capacity")
        verbose_name_plural = _("agents' skills and capacity")
        ordering = ["user__name"]

    def __str__(self) -> str:
        return self.user.name


class CaseWeight(models.Model):
    """How many points a case of a track weighs, in one phase or, without one, in all that have no row of their own."""

    track = models.CharField(_("track"), max_length=4, choices=[(one, one) for one in FILTERS["track"]])
    phase = models.CharField(_("phase"), max_length=12, blank=True, choices=[(one.value, one.value) for one in Phase])
    weight = models.PositiveSmallIntegerField(
        _("points"), validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)]
    )

    class Meta:
        verbose_name = _("weight of cases")
        verbose_name_plural = _("weights of cases")
        constraints = [models.UniqueConstraint(fields=["track", "phase"], name="case_weight_once")]
        ordering = ["track", "phase"]

    def __str__(self) -> str:
        return f"{self.track} {self.phase}".strip()
