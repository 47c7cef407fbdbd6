"""What cases do about their own events, outside of the transaction in which they happened."""

from uuid import UUID

from mediation.disputes.actions import news, notices
from mediation.events.models import Event
from mediation.events.subscribers import subscriber


@subscriber("case_notices", *notices.OF_EVENTS)
def write_notices(event: Event) -> None:
    """Whoever should act next hears of it by mail too."""
    case = UUID(event.data["dispute"])
    notices.write(dispute_id=case, event=event.type, actor_id=event.actor_id, version=event.data["version"])


@subscriber("contract_notices", *news.OF_EVENTS)
def write_news(event: Event) -> None:
    """What one side did with a milestone, or with the contract, the other hears of by mail too."""
    position = event.data.get("milestone", {}).get("position")
    news.write(room_id=event.stream_id, event=event.type, seq=event.seq, position=position, actor_id=event.actor_id)
