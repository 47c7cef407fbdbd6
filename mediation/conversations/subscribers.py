"""What conversations do about their own events, outside of the sender's transaction."""

from collections.abc import Sequence
from uuid import UUID

from mediation.conversations.actions.files import make_thumbnail
from mediation.conversations.actions.search_index import index_messages
from mediation.conversations.queries.files import pictures_without_thumbnail
from mediation.events.models import Event
from mediation.events.subscribers import batch_subscriber


@batch_subscriber("search", "message.sent", "message.edited", "message.removed")
def keep_search(events: Sequence[Event]) -> None:
    """The search index follows what messages say now."""
    index_messages(_addresses(events))


@batch_subscriber("thumbnails", "message.sent")
def draw_thumbnails(events: Sequence[Event]) -> None:
    """Pictures get a small version once they are sent."""
    for attachment_id in pictures_without_thumbnail(_addresses(events)):
        make_thumbnail(attachment_id=attachment_id)


def _addresses(events: Sequence[Event]) -> set[tuple[UUID, int]]:
    return {(event.topic_id, event.target_seq) for event in events if event.target_seq}
