"""The desk's addresses under /api/."""

from django.urls import path

from mediation.desk.api import bulk, handling, macros, offers, rules, team, work

app_name = "desk"

urlpatterns = [
    path("threads/<uuid:thread>/macros/", macros.Macros.as_view(), name="macros"),
    path("desk/next/", offers.Next.as_view(), name="next"),
    path("desk/agenda/", work.Agenda.as_view(), name="agenda"),
    path("desk/away/", work.Away.as_view(), name="away"),
    path("desk/cases/<uuid:dispute>/snooze/", work.Snoozed.as_view(), name="snooze"),
    path("desk/cases/<uuid:dispute>/decline/", offers.Declined.as_view(), name="decline"),
    path("desk/cases/<uuid:dispute>/priority/", handling.CasePriority.as_view(), name="priority"),
    path("desk/cases/<uuid:dispute>/tags/", handling.CaseTags.as_view(), name="tags"),
    path("desk/cases/<uuid:dispute>/untag/", handling.CaseUntagged.as_view(), name="untag"),
    path("desk/cases/<uuid:dispute>/ask/", team.Asked.as_view(), name="ask"),
    path("desk/several/assign/", bulk.Assigned.as_view(), name="several_assign"),
    path("desk/several/note/", bulk.Noted.as_view(), name="several_note"),
    path("desk/several/priority/", bulk.Prioritised.as_view(), name="several_priority"),
    path("desk/several/snooze/", bulk.Aside.as_view(), name="several_snooze"),
    path("desk/several/tags/", bulk.Tagged.as_view(), name="several_tags"),
    path("desk/several/untag/", bulk.Untagged.as_view(), name="several_untag"),
    path("desk/team/", team.TeamRoom.as_view(), name="team"),
    path("desk/team/seen/", team.Seen.as_view(), name="seen"),
    path("rules/triggers/", rules.Triggers.as_view(), name="triggers"),
    path("rules/automations/", rules.Automations.as_view(), name="automations"),
]
