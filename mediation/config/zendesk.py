"""Reads what the mirror needs to reach Zendesk. Half of it is refused at start (`checks.check_zendesk`)."""

from collections.abc import Sequence
from dataclasses import dataclass

from mediation.config import env


@dataclass(frozen=True, slots=True)
class Zendesk:
    """The `ZENDESK_*` settings; without a `url` there is no Zendesk."""

    url: str
    client_id: str
    client_secret: str
    webhook_secrets: Sequence[str]  # two while one is being replaced
    webhook_id: str
    account_id: str
    joint_is_public: bool  # comments of what both parties read
    replies_are_joint: bool  # a mediator's public reply there is said to both here
    language: str
    state_field: int  # the id of a text field for the case's state; 0 is none
    requests_per_minute: int  # by the account's plan


def zendesk_settings() -> Zendesk:
    """From the environment."""
    return Zendesk(
        url=env.text("ZENDESK_URL", "").rstrip("/"),
        client_id=env.text("ZENDESK_CLIENT_ID", ""),
        client_secret=env.text("ZENDESK_CLIENT_SECRET", ""),
        webhook_secrets=env.words("ZENDESK_WEBHOOK_SECRET"),
        webhook_id=env.text("ZENDESK_WEBHOOK_ID", ""),
        account_id=env.text("ZENDESK_ACCOUNT_ID", ""),
        joint_is_public=env.flag("ZENDESK_JOINT_IS_PUBLIC"),
        replies_are_joint=env.flag("ZENDESK_REPLIES_ARE_JOINT"),
        language=env.text("ZENDESK_LANGUAGE", "en"),
        state_field=env.number("ZENDESK_STATE_FIELD", 0),
        requests_per_minute=env.number("ZENDESK_REQUESTS_PER_MINUTE", 200, least=10),
    )
