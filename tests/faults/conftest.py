"""The real web process of the socket's tests serves the fault tests too."""

from tests.live.conftest import web

__all__ = ["web"]
