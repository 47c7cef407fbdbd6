from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SlaConfig(AppConfig):
    name = "mediation.sla"
    verbose_name = _("Clocks")

    def ready(self) -> None:
        from mediation.sla import event_types, subscribers  # noqa: F401  (they register themselves)
