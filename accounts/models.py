"""People, teams, and the log of revoked rights that open sockets read."""

import uuid
import zoneinfo
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rules import STAFF_ROLES, IdentifierKind, Role

ROLE_NAMES = [
    (Role.CLIENT.value, _("Client")),
    (Role.FREELANCER.value, _("Freelancer")),
    (Role.AGENT.value, _("Agent")),
    (Role.SENIOR.value, _("Senior agent")),
    (Role.EE.value, _("Executive escalations")),
    (Role.SUPERVISOR.value, _("Supervisor")),
    (Role.QA.value, _("Quality reviewer")),
    (Role.ANALYST.value, _("Analyst")),
    (Role.ADMIN.value, _("Administrator")),
]


IDENTIFIER_NAMES = [
    (IdentifierKind.PHONE.value, _("Phone number")),
    (IdentifierKind.PAYOUT.value, _("Payout account")),
    (IdentifierKind.ADDRESS.value, _("Postal address")),
    (IdentifierKind.AGENCY.value, _("Agency")),
]


def check_time_zone(name: str) -> None:
    """Refuse anything that is not an IANA zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class Team(models.Model):
    """A group of staff that shares a queue and a team room."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["User"]):
    """Makes people. The address is stored in lower case, so one address is one person."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        fields = {"role": Role.ADMIN.value, "is_staff": True, "is_superuser": True, "name": email} | fields
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `is_staff` opens the Django admin and nothing else; what they may do follows from `role`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=16, choices=ROLE_NAMES, default=Role.CLIENT.value)
    teams = models.ManyToManyField(Team, verbose_name=_("teams"), blank=True, related_name="members")
    company = models.CharField(_("company"), max_length=80, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    avatar = models.ImageField(_("picture"), upload_to="avatars/", blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        """How the admin greets somebody."""
        return self.name.split(" ", 1)[0]

    @property
    def is_upwork_staff(self) -> bool:
        """Whether this person works for Upwork (any staff role)."""
        return self.role in STAFF_ROLES


class Identifier(models.Model):
    """Something that ties people together beside their names: a phone, a payout account, an address, an agency.

    Only a fingerprint of it is kept (`queries.fingerprint`): enough to find that two people share one, and nothing to
    read. It serves the conflict check and nothing else.

    `is_comparable` is False for phone numbers of before numbers were compared with their country: how such a one was
    written nobody can tell, so it finds who shares it only if it was written with its country. It is entered anew.
    """

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(_("kind"), max_length=8, choices=IDENTIFIER_NAMES)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, editable=False)
    is_comparable = models.BooleanField(_("can be compared"), default=True, editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [models.UniqueConstraint(fields=["user", "kind", "fingerprint"], name="identifier_once")]
        indexes = [models.Index(fields=["fingerprint"], name="identifier_shared")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_kind_display()}"


class Revocation(models.Model):
    """A right that ended: a session, or all of a person's. Written in the transaction that ends it.

    Open sockets read the newest rows before they deliver anything, so nothing reaches a revoked session.
    An empty `session_key` means every session of the person.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now, db_index=True)
