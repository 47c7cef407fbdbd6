from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpCenterConfig(AppConfig):
    name = "mediation.help_center"
    verbose_name = _("Help centre")
