"""What hangs on a case, to look at: facts and times, never anybody's words."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mediation.core.admin import LookOnlyRows
from mediation.disputes.models import CaseEntry, Deadline, Evidence, Instruction, Notice, Offer, Overlay, Timer


class DeadlineRows(LookOnlyRows):
    model = Deadline
    verbose_name_plural = _("deadlines")
    fields = ("kind", "who", "due_at", "was_due_at", "is_extension", "set_at", "ended_at", "ended_how")
    ordering = ("pk",)


class TimerRows(LookOnlyRows):
    model = Timer
    verbose_name_plural = _("timers")
    fields = ("kind", "epoch", "due_at", "fired_at", "cancelled_at")
    ordering = ("pk",)


class OfferRows(LookOnlyRows):
    model = Offer
    verbose_name_plural = _("offers")
    fields = ("number", "made_by", "status", "made_at", "expires_at", "ended_at")
    show_change_link = False


class EvidenceRows(LookOnlyRows):
    model = Evidence
    verbose_name_plural = _("evidence")
    fields = ("number", "kind", "status", "submitted_by", "submitted_at", "fingerprint")
    readonly_fields = ("fingerprint",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return super().get_queryset(request).filter(audience="joint")

    @admin.display(description="SHA-256")
    def fingerprint(self, item: Evidence) -> str:
        return shortened(item.sha256)


class OverlayRows(LookOnlyRows):
    model = Overlay
    verbose_name_plural = _("pauses, absences and holds")
    fields = ("kind", "asked_by", "begins_at", "ends_at", "ended_at")


class InstructionRows(LookOnlyRows):
    model = Instruction
    verbose_name_plural = _("payments")
    fields = ("kind", "amount_minor", "currency", "given_at", "confirmed_at")


class NoticeRows(LookOnlyRows):
    """Without the mail about a look into a private talk: it stands with the look, of which not everybody may know."""

    model = Notice
    verbose_name_plural = _("notices")
    fields = ("to", "channel", "code", "written_at", "handed_over_at", "attempts")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        return super().get_queryset(request).exclude(code__startswith="glass:")


class EntryRows(LookOnlyRows):
    """The chain that everybody in the case reads. Of the private ones not even the number of lines is shown."""

    model = CaseEntry
    verbose_name_plural = _("lines of the case file that everybody in it reads")
    fields = ("number", "type", "at", "fingerprint")
    readonly_fields = ("fingerprint",)
    ordering = ("number",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseEntry]:
        return super().get_queryset(request).filter(audience="joint")

    @admin.display(description=_("hash"))
    def fingerprint(self, entry: CaseEntry) -> str:
        return shortened(entry.hash)


def shortened(sha256: str) -> str:
    """Enough of a fingerprint to tell it from any other on the page."""
    return f"{sha256[:16]}…"


ROWS: tuple[type[Any], ...] = (
    DeadlineRows, TimerRows, OfferRows, EvidenceRows, OverlayRows, InstructionRows, NoticeRows, EntryRows
)  # fmt: skip
