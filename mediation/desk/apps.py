from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "mediation.desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from mediation.desk import subscribers  # noqa: F401  (they register themselves)
