"""What hangs on a case, to look at: facts and times, never anybody's words."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from mediation.core.admin import LookOnlyRows
from mediation.disputes.models import CaseEntry, Deadline, Evidence, Instruction, Notice, Offer, Overlay, Timer


class DeadlineRows(LookOnlyRows):
    model = Deadline
    fields = ("kind", "who", "due_at", "was_due_at", "is_extension", "set_at", "ended_at", "ended_how")
    ordering = ("pk",)


class TimerRows(LookOnlyRows):
    model = Timer
    fields = ("kind", "epoch", "due_at", "fired_at", "cancelled_at")
    ordering = ("pk",)


class OfferRows(LookOnlyRows):
    model = Offer
    fields = ("number", "made_by", "status", "made_at", "expires_at", "ended_at")
    show_change_link = False


class EvidenceRows(LookOnlyRows):
    model = Evidence
    fields = ("number", "kind", "status", "submitted_by", "submitted_at", "sha256")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return super().get_queryset(request).filter(audience="joint")


class OverlayRows(LookOnlyRows):
    model = Overlay
    fields = ("kind", "asked_by", "begins_at", "ends_at", "ended_at")


class InstructionRows(LookOnlyRows):
    model = Instruction
    fields = ("kind", "amount_minor", "currency", "given_at", "confirmed_at")


class NoticeRows(LookOnlyRows):
    model = Notice
    fields = ("to", "channel", "code", "written_at", "handed_over_at", "attempts")


class EntryRows(LookOnlyRows):
    """The chain that everybody in the case reads. Of the private ones not even the number of lines is shown."""

    model = CaseEntry
    fields = ("number", "type", "at", "hash")
    ordering = ("number",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseEntry]:
        return super().get_queryset(request).filter(audience="joint")


ROWS: tuple[type[Any], ...] = (
    DeadlineRows, TimerRows, OfferRows, EvidenceRows, OverlayRows, InstructionRows, NoticeRows, EntryRows
)  # fmt: skip
