"""The stand-in's own addresses; the product's are not served here."""

from django.urls import path, re_path

from mediation.zendesk.standin.doors import bulk, control, pages, people, tickets
from mediation.zendesk.standin.doors.calls import api
from mediation.zendesk.standin.doors.control import control as controlled

_TICKET = "api/v2/tickets/<int:number>"
_COMMENT = f"{_TICKET}/comments/<int:comment>"
_AUDIT = f"{_TICKET}/audits/<int:audit>"
_USER = "api/v2/users/<int:number>"

handler404, handler500 = pages.missing, pages.broken

urlpatterns = [
    path("", pages.ticket_list, name="tickets"),
    path("agent/tickets/<int:number>", pages.ticket_page, name="ticket"),
    path("faults", pages.fault_page, name="faults"),
    path("requests", pages.request_page, name="requests"),
    path("style.css", pages.style, name="style"),
    path("oauth/tokens", bulk.token),
    path("api/v2/tickets", api("tickets", GET=tickets.several, POST=tickets.create)),
    path("api/v2/tickets/show_many", api("tickets", GET=tickets.show_many)),
    path(_TICKET, api("tickets", GET=tickets.show, PUT=tickets.update, DELETE=tickets.delete)),
    path(f"{_TICKET}/merge", api("tickets", POST=tickets.merge)),
    path(
        f"{_TICKET}/tags",
        api("tickets", GET=tickets.tags, PUT=tickets.add_tags, POST=tickets.set_tags, DELETE=tickets.remove_tags),
    ),
    path(f"{_TICKET}/comments", api("tickets", GET=tickets.list_comments)),
    path(f"{_TICKET}/comments/count", api("tickets", GET=tickets.count_comments)),
    path(f"{_COMMENT}/make_private", api("tickets", PUT=tickets.make_private)),
    path(f"{_COMMENT}/redact", api("tickets", PUT=tickets.redact)),
    path(f"{_TICKET}/audits", api("tickets", GET=tickets.list_audits)),
    path(f"{_TICKET}/audits/count", api("tickets", GET=tickets.count_audits)),
    path(_AUDIT, api("tickets", GET=tickets.show_audit)),
    path(f"{_AUDIT}/make_private", api("tickets", PUT=tickets.make_audit_private)),
    path("api/v2/ticket_fields", api("tickets", GET=bulk.ticket_fields)),
    path("api/v2/users", api("users", POST=people.create)),
    path("api/v2/users/me", api("users", GET=people.me)),
    path("api/v2/users/create_or_update", api("users", POST=people.create_or_update)),
    path("api/v2/users/show_many", api("users", GET=people.show_many)),
    path("api/v2/users/search", api("users", GET=people.search)),
    path(_USER, api("users", GET=people.show, PUT=people.update, DELETE=people.delete)),
    path(f"{_USER}/merge", api("users", PUT=people.merge)),
    path(f"{_USER}/identities", api("users", GET=people.identities)),
    path("api/v2/uploads", api("uploads", POST=bulk.upload)),
    path("api/v2/uploads/<str:token>", api("uploads", DELETE=bulk.delete_upload)),
    path("api/v2/imports/tickets", api("imports", role="admin", POST=bulk.import_one)),
    path("api/v2/imports/tickets/create_many", api("imports", role="admin", POST=bulk.import_many)),
    path("api/v2/job_statuses/<str:number>", api("tickets", GET=bulk.job)),
    path("api/v2/incremental/tickets/cursor", api("tickets", role="admin", GET=bulk.export)),
    re_path(r"^api/", api("tickets")),
    re_path(r"^attachments/token/", bulk.attachment),
    path("_standin/reset", controlled(POST=control.reset)),
    path("_standin/switches", controlled(GET=control.switches, POST=control.set_switches)),
    path("_standin/requests", controlled(GET=control.requests)),
    path(
        "_standin/faults",
        controlled(GET=control.show_faults, POST=control.add_faults, DELETE=control.clear_faults),
    ),
    path("_standin/clock", controlled(GET=control.clock, POST=control.clock)),
    path("_standin/as_agent", controlled(POST=control.as_agent)),
    path("_standin/webhooks", controlled(GET=control.deliveries, POST=control.send_webhook)),
    path("_standin/mails", controlled(GET=control.mails)),
    path("_standin/users", controlled(GET=control.people)),
]
