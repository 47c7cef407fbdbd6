"""The mirror in the admin: how each ticket stands, what stopped, and what nobody knew what to do with."""

from mediation.zendesk.admin import account, mirrors, strays

__all__ = ["account", "mirrors", "strays"]
