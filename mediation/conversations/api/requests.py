"""The request that every view here gets: somebody is signed in, or the view is not reached."""

from rest_framework.request import Request

from accounts.models import User


class PersonRequest(Request):
    """A name for the type checker only; Django REST framework makes the object."""

    user: User
