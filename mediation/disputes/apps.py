from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    name = "mediation.disputes"
    verbose_name = _("Disputes")

    def ready(self) -> None:
        from mediation.disputes import event_types, subscribers  # noqa: F401  (they register themselves)
