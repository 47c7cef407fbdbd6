"""What is stored of the desk, by noun."""

from mediation.desk.models.declines import Decline
from mediation.desk.models.handling import CaseTag, Handling
from mediation.desk.models.macros import Macro, MacroText
from mediation.desk.models.reasons import CaseReason, ReasonName, ReasonTag
from mediation.desk.models.routing import AgentProfile, CaseWeight
from mediation.desk.models.rows import QueueRow
from mediation.desk.models.snoozes import Snooze
from mediation.desk.models.team_room import Mention, TeamLine
from mediation.desk.models.triggers import Automation, AutomationFiring, RuleMail, Trigger, TriggerLog
from mediation.desk.models.views import SavedView
from mediation.desk.models.webhooks import Webhook, WebhookAttempt, WebhookDelivery

__all__ = [
    "AgentProfile",
    "Automation",
    "AutomationFiring",
    "CaseReason",
    "CaseTag",
    "CaseWeight",
    "Decline",
    "Handling",
    "Macro",
    "MacroText",
    "Mention",
    "QueueRow",
    "ReasonName",
    "ReasonTag",
    "RuleMail",
    "SavedView",
    "Snooze",
    "TeamLine",
    "Trigger",
    "TriggerLog",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
]
