from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ZendeskConfig(AppConfig):
    name = "mediation.zendesk"
    verbose_name = _("Zendesk")

    def ready(self) -> None:
        from mediation.zendesk import subscribers  # noqa: F401  (they register themselves)
