"""The macros of a thread, as they would be said now."""

from dataclasses import asdict
from uuid import UUID

from rest_framework import serializers as s
from rest_framework.response import Response

from mediation.conversations.api.requests import PersonRequest
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView
from mediation.desk.queries import macros

EXAMPLE = {
    "macros": [
        {
            "key": "private", "title": "Offer a private talk to both", "said_in": ["en", "es"],
            "text": "I would like ten minutes with each of you.\n\nMe gustaría hablar diez minutos con cada uno.",
            "languages": ["en", "es", "nl"],
        }
    ]
}  # fmt: skip


class MacroRow(s.Serializer):
    """Words that agents say often. Nothing is sent by it: it is put into the field, to be read and changed first."""

    key = s.CharField(help_text="What is typed behind the slash.")
    title = s.CharField(help_text="In the agent's language.")
    text = s.CharField(help_text="In the languages of its readers, one below the other; … stands for what is missing.")
    said_in = s.ListField(child=s.CharField(), help_text="The languages of `text`.")
    languages = s.ListField(child=s.CharField(), help_text="All languages that there are.")


class MacroRows(s.Serializer):
    """All that the agent can say there, in the order of the desk's list."""

    macros = MacroRow(many=True)


class Macros(ApiView):
    """What an agent can say in a thread with a few keys."""

    @operation(
        "thread_macros", tag="desk", summary="List the macros for a thread", answers={200: MacroRows}, example=EXAMPLE,
        errors=(403, 404, 409),
    )  # fmt: skip
    def get(self, request: PersonRequest, thread: UUID) -> Response:
        return Response({"macros": [asdict(one) for one in macros.sayable(request.user, thread)]})
