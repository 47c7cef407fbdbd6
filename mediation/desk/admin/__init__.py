"""What a support lead sets up for the desk."""

from mediation.desk.admin import automations, macros, reasons, routing, triggers, views, webhooks

__all__ = ["automations", "macros", "reasons", "routing", "triggers", "views", "webhooks"]
