from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mediation.web"

    def ready(self) -> None:
        from mediation.web.ticket_voice import sentence
        from mediation.zendesk import voice

        voice.sayers.add(sentence)
