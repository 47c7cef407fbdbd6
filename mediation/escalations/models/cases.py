"""A referred case, its log, what was gone through on its call, and its form for Talent Solutions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mediation.escalations.models.contacts import Contact
from mediation.escalations.models.rules import ReferralRules
from mediation.escalations.rules.states import Item, Outcome, Source, State
from mediation.sla.models import Calendar, Policy
from mediation.sla.rules.clock import Status
from mediation.sla.rules.policies import SEGMENTS

User = settings.AUTH_USER_MODEL


def _choices(words: type[State] | type[Outcome] | type[Source] | type[Item] | type[Status]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in words]


class Case(models.Model):
    """A client whom another team referred. Only `actions.transition` writes `state`.

    `press` is the form that referred it, so that it is referred once. From `clock_status` on stands a copy of what the
    facts of the reply's clock fold to; `next_at` is when its next step is due. `reminded_for` is the `follow_up_at`
    that its owner was reminded of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    press = models.UUIDField(editable=False)
    state = models.CharField(_("state"), max_length=16, choices=_choices(State), default=State.RECEIVED.value)
    outcome = models.CharField(_("outcome"), max_length=16, choices=_choices(Outcome), blank=True)
    version = models.PositiveIntegerField(default=0)
    contact = models.ForeignKey(Contact, verbose_name=_("client"), on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(
        User, verbose_name=_("owner"), null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # --- The referral
    source = models.CharField(_("source"), max_length=10, choices=_choices(Source))
    referred_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=80, blank=True)
    reason = models.TextField(_("why"))
    received_at = models.DateTimeField(_("received"))
    # --- What is known of the client
    rules = models.ForeignKey(ReferralRules, on_delete=models.PROTECT, related_name="+", db_index=False)
    value_minor = models.PositiveBigIntegerField(_("value of the job post"), null=True)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    has_web_presence = models.BooleanField(_("established web presence"), null=True)
    segment = models.CharField(_("segment"), max_length=3, blank=True, choices=[(one, one) for one in SEGMENTS])
    is_long_term = models.BooleanField(_("may hire several people for long"), null=True)
    # --- The work
    reply = models.TextField(_("reply"), blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True)
    tracked_at = models.DateTimeField(null=True)
    next_step = models.TextField(_("next step"), blank=True)
    follow_up_at = models.DateTimeField(_("until when"), null=True)
    reminded_for = models.DateTimeField(null=True)
    ticket = models.CharField(_("ticket at Zendesk"), max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True)
    # --- The clock of the reply
    clock_status = models.CharField(max_length=10, choices=_choices(Status), default=Status.RUNNING.value)
    target_ms = models.BigIntegerField(default=0)
    calendar = models.ForeignKey(Calendar, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    policy = models.ForeignKey(Policy, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    elapsed_ms = models.BigIntegerField(default=0)
    due_at = models.DateTimeField(_("reply due"), null=True)
    breached_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("referred case")
        verbose_name_plural = _("referred cases")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(fields=["referred_by", "press"], name="ee_referred_once"),
            models.CheckConstraint(
                condition=Q(state=State.RECEIVED.value, owner__isnull=True)
                | (~Q(state=State.RECEIVED.value) & Q(owner__isnull=False)),
                name="ee_owner_since_claim",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED.value, closed_at__isnull=False) & ~Q(outcome="")
                | (~Q(state=State.CLOSED.value) & Q(closed_at__isnull=True, outcome="")),
                name="ee_closed_with_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="ee_clock_next"),
            models.Index(fields=["follow_up_at"], condition=~Q(state=State.CLOSED.value), name="ee_follow_up"),
            models.Index(fields=["state", "-received_at"], name="ee_state"),
            models.Index(fields=["owner", "-received_at"], name="ee_owner"),
            models.Index(fields=["referred_by", "-received_at"], name="ee_referred_by"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"


class Entry(models.Model):
    """One line of a case's log, never changed: a command, who said it, what they said. `command_id` makes a command
    that is sent again the first one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    command = models.CharField(max_length=20)
    command_id = models.UUIDField()
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=16, choices=_choices(State))  # after it
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("line of a case's log")
        verbose_name_plural = _("log")
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="ee_entry_number"),
            models.UniqueConstraint(fields=["case", "command_id"], name="ee_entry_once"),
        ]


class Checked(models.Model):
    """A point of the call that was gone through."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="checked")
    item = models.CharField(max_length=16, choices=_choices(Item))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "item"], name="ee_checked_once")]


class TalentForm(models.Model):
    """What Talent Solutions are told of a client, and when they meet. One for each case."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="talent_form")
    needs = models.TextField(_("what the client needs"))
    representative = models.CharField(_("representative at Talent Solutions"), max_length=80)
    appointment_at = models.DateTimeField(_("appointment"))
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("form for Talent Solutions")
        verbose_name_plural = _("forms for Talent Solutions")
