"""What is not there is a page that says so."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse

from mediation.core.errors import NotFound


def as_404(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose actions may say that something is not there."""

    @wraps(view)
    def page(*args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except NotFound as gone:
            raise Http404 from gone

    return page
