"""The executive desk in the admin: to look at. Only actions write."""

from django.contrib import admin

from mediation.core.admin import LookOnlyAdmin, LookOnlyRows
from mediation.escalations.models import Call, Case, Contact, Entry, ReferralRules


class Log(LookOnlyRows):
    model = Entry
    fields = ("number", "at", "command", "actor", "state")


class Calls(LookOnlyRows):
    model = Call
    fields = ("starts_at", "minutes", "status", "sequence")


@admin.register(Case)
class CaseAdmin(LookOnlyAdmin):
    list_display = ("contact", "state", "outcome", "source", "segment", "owner", "received_at", "due_at", "replied_at")
    list_filter = ("state", "outcome", "source", "segment")
    list_select_related = ("contact", "owner")
    search_fields = ("contact__name", "contact__company", "ticket")
    inlines = (Calls, Log)


@admin.register(Contact)
class ContactAdmin(LookOnlyAdmin):
    list_display = ("name", "email", "company", "person", "merged_at")
    list_select_related = ("person",)
    search_fields = ("name", "email", "company")


@admin.register(ReferralRules)
class ReferralRulesAdmin(LookOnlyAdmin):
    list_display = ("version", "least_value_minor", "currency", "least_segment", "created_by", "created_at", "note")
    list_select_related = ("created_by",)
