"""People whom the executive desk writes to, with an account or without one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import check_time_zone

User = settings.AUTH_USER_MODEL


class Contact(models.Model):
    """Somebody who was referred. `person` is their account, once there is one; `merged_into` is the contact that stays
    where two were the same human being. An address is stored in lower case and belongs to one contact.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail address"), blank=True)
    company = models.CharField(_("company"), max_length=80, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[check_time_zone])
    person = models.ForeignKey(
        User, verbose_name=_("account"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        db_index=False,
    )  # fmt: skip
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    merged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    merged_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=Q(merged_into__isnull=True) & ~Q(email=""), name="ee_contact_address"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(merged_into__isnull=True, person__isnull=False),
                name="ee_contact_account",
            ),
        ]

    def __str__(self) -> str:
        return self.name
