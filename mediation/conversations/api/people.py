"""The person who is asking."""

from rest_framework import serializers
from rest_framework.response import Response

from accounts.rules import Role
from mediation.conversations import snapshots
from mediation.conversations.api import examples
from mediation.conversations.api.requests import PersonRequest
from mediation.core.api.schema import operation
from mediation.core.api.views import ApiView

TAG = "people"


class Me(serializers.Serializer):
    """Who is signed in, and how they want to be spoken to."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    first_name = serializers.CharField()
    initials = serializers.CharField()
    role = serializers.ChoiceField([role.value for role in Role])
    avatar = serializers.CharField(allow_null=True, help_text="An address on this host.")
    email = serializers.EmailField()
    company = serializers.CharField(allow_blank=True)
    language = serializers.CharField()
    time_zone = serializers.CharField()


class WhoAmI(ApiView):
    """The person who is asking."""

    @operation("me", tag=TAG, summary="Who am I?", answers={200: Me}, example=examples.ME)
    def get(self, request: PersonRequest) -> Response:
        person = request.user
        card = snapshots.person(person, person.role)
        mine = {
            "email": person.email,
            "company": person.company,
            "language": person.language,
            "time_zone": person.time_zone,
        }
        return Response(card | mine)
