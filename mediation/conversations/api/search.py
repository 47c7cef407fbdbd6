"""Search in everything the reader may read, and in nothing else."""

from rest_framework import serializers
from rest_framework.response import Response

from mediation.conversations.api import examples, shapes
from mediation.conversations.api.requests import PersonRequest
from mediation.conversations.queries.search import search
from mediation.conversations.rules.access import AUDIENCES
from mediation.core.api.fields import Shape, Text, Uuid
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView, read

TAG = "search"


class SearchQuery(Shape):
    """Words, and where to look for them."""

    q = Text(max_length=200)
    room = Uuid(required=False, default=None)
    audience = serializers.ChoiceField(AUDIENCES, required=False, default=None)
    author = Uuid(required=False, default=None)
    after = Text(required=False, default=None, max_length=200, help_text="The `after` of the page before.")


class Search(ApiView):
    """Messages that hold the words."""

    @operation(
        "search",
        tag=TAG,
        summary="Search messages",
        query=SearchQuery,
        answers={200: shapes.Found},
        errors=(400,),
        example={"hits": [examples.HIT], "after": None},
    )
    def get(self, request: PersonRequest) -> Response:
        wanted = read(SearchQuery, request.query_params)
        return Response(
            search(
                user=request.user,
                words=wanted["q"],
                room_id=wanted["room"],
                audience=wanted["audience"],
                author=wanted["author"],
                after=wanted["after"],
            )
        )
