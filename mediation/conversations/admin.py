"""Contracts, rooms and what happened when, for administrators: facts about conversations, never a word of them.

What people wrote (messages, titles, notes, file names) is not shown at all, and private threads with one party not
even as a row: see "who sees what" in `rules/access`. Nothing can be changed here.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from mediation.conversations.models import Contract, HelpRequest, Member, Message, Milestone, Room, Thread
from mediation.conversations.rules import access
from mediation.core.admin import LookOnlyAdmin, LookOnlyRows

_SHOWN = (access.JOINT, access.INTERNAL)


class MilestoneRows(LookOnlyRows):
    model = Milestone
    fields = ("position", "title", "amount_minor", "status", "due_date", "refund_asked_at", "refund_answered_at")


class MemberRows(LookOnlyRows):
    model = Member
    fields = ("user", "role", "joined_at", "left_at")


class HelpRows(LookOnlyRows):
    model = HelpRequest
    fields = ("asked_by", "asked_at", "taken_by", "taken_at", "ended_at")
    fk_name = "room"


class ThreadRows(LookOnlyRows):
    model = Thread
    fields = ("audience", "is_main", "created_at", "resolved_at", "head_seq", "last_message_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        return super().get_queryset(request).filter(audience__in=_SHOWN)


@admin.register(Contract)
class ContractAdmin(LookOnlyAdmin):
    list_display = ("title", "kind", "status", "client", "freelancer", "currency", "started_at", "ended_at")
    list_filter = ("kind", "status")
    list_select_related = ("client", "freelancer")
    search_fields = ("title", "client__name", "client__email", "freelancer__name", "freelancer__email")
    inlines = (MilestoneRows,)


@admin.register(Room)
class RoomAdmin(LookOnlyAdmin):
    list_display = ("contract", "created_at")
    list_select_related = ("contract",)
    search_fields = ("contract__title", "members__user__name", "members__user__email")
    inlines = (MemberRows, HelpRows, ThreadRows)


@admin.register(Message)
class MessageAdmin(LookOnlyAdmin):
    """That something was written, by whom and when."""

    fields = ("thread", "seq", "kind", "author", "created_at", "edited_at", "removed_at", "removed_by", "rev")
    list_display = ("seq", "thread", "kind", "author", "created_at", "edited_at", "removed_at")
    list_filter = ("kind",)
    list_select_related = ("author", "thread")
    ordering = ("-pk",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).filter(thread__audience__in=_SHOWN)
