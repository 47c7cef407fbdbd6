from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "mediation.conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from accounts.queries import acquaintance
        from mediation.conversations import event_types, subscribers  # noqa: F401  (they register themselves)
        from mediation.conversations.queries.acquaintance import share_a_room

        acquaintance.add(share_a_room)
