from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    name = "mediation.disputes"
    verbose_name = _("Disputes")

    def ready(self) -> None:
        from mediation.conversations.audience import cases
        from mediation.disputes import event_types, subscribers  # noqa: F401  (they register themselves)
        from mediation.disputes.queries.room_case import cases_of_rooms

        cases.add(cases_of_rooms)
