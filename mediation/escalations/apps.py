from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EscalationsConfig(AppConfig):
    name = "mediation.escalations"
    verbose_name = _("Executive escalations")

    def ready(self) -> None:
        from mediation.escalations import event_types  # noqa: F401  (they declare themselves)
