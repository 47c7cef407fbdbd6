"""What each side has to answer now, as far as somebody may know: for the bar, its buttons, the panel and the brief."""

from collections.abc import Iterator
from uuid import UUID

from mediation.conversations.models import Message
from mediation.disputes.models import Dispute, Issue, Offer
from mediation.disputes.queries import private_talks, rounds
from mediation.disputes.queries.case.reader import Reader
from mediation.disputes.rules.standing import ASKING, PRIVATE, Ask
from mediation.disputes.rules.states import State

Asks = dict[UUID, list[Ask]]  # by party, in the order of `Ask`; who has nothing to answer is left out


def known(reader: Reader) -> Asks:
    """What this reader may know: a private ask is told to who is asked and to the mediator."""
    return _asks(
        reader.dispute, [*_joint(reader.dispute), *(one for one in _private(reader.dispute) if _knows(reader, one[0]))]
    )


def joint(dispute: Dispute) -> Asks:
    """What everybody in the case knows of."""
    return _asks(dispute, [*_joint(dispute)])


def waited_for(asks: Asks, reader: Reader) -> frozenset[UUID]:
    """On whom the case waits, for this reader: what is asked in private counts for who is asked alone."""
    return frozenset(party for party, said in asks.items() if reader.is_mine(party) or not PRIVATE.issuperset(said))


def _asks(dispute: Dispute, found: list[tuple[UUID, Ask]]) -> Asks:
    order = list(Ask)
    return {
        party: sorted({ask for asked, ask in found if asked == party}, key=order.index)
        for party in (dispute.filer_id, dispute.respondent_id)
        if any(asked == party for asked, _ in found)
    }


def _knows(reader: Reader, party: UUID) -> bool:
    return reader.is_mediator or reader.is_mine(party)


def _joint(dispute: Dispute) -> Iterator[tuple[UUID, Ask]]:
    if dispute.state not in ASKING:
        return
    parties = (dispute.filer_id, dispute.respondent_id)
    if dispute.state == State.ESCALATED.value:
        yield from _of_ties(dispute, parties)
        return
    for offer in dispute.offers.all():
        if offer.status == Offer.Status.OPEN.value:
            yield parties[offer.made_by_id == dispute.filer_id], Ask.OFFER
    if dispute.state == State.MEDIATING.value:
        yield from _of_mediation(dispute, parties)


def _of_ties(dispute: Dispute, parties: tuple[UUID, UUID]) -> Iterator[tuple[UUID, Ask]]:
    for tie in dispute.disclosures.all():
        if tie.decided_at is None:
            yield from ((party, Ask.TIE) for party in parties if str(party) not in tie.accepted_by)


def _of_mediation(dispute: Dispute, parties: tuple[UUID, UUID]) -> Iterator[tuple[UUID, Ask]]:
    for request in dispute.requests.all():
        if request.answered_at is None and request.withdrawn_at is None:
            yield request.asked_of_id, Ask.REQUEST
    for issue in dispute.issues.all():
        if issue.status != Issue.Status.OPEN.value:
            continue  # agreed or set aside: nobody disagrees about it any more, or not now
        confirmed = {one.author_id for one in issue.positions.all() if one.confirmed_at}
        yield from ((party, Ask.POINT) for party in parties if party not in confirmed)
    for round_ in rounds.of(dispute.bid_rounds.all(), dispute.reopenings):
        if round_.ended_at is None:
            yield from ((party, Ask.RULE) for party in parties if str(party) not in round_.agreed_by)


def _private(dispute: Dispute) -> Iterator[tuple[UUID, Ask]]:
    if dispute.state != State.MEDIATING.value:
        return
    parties = (dispute.filer_id, dispute.respondent_id)
    for talk in rounds.of(dispute.caucuses.all(), dispute.reopenings):
        is_offered = talk.began_at is None and talk.ended_at is None and talk.declined_at is None
        if is_offered and not Message.objects.filter(
            thread__in=private_talks.private_threads(dispute, talk.party_id),
            author=talk.party_id,
            kind=Message.Kind.TEXT.value,
            created_at__gt=talk.offered_at,
        ):  # who has written there since then has taken it: the mediator begins it
            yield talk.party_id, Ask.TALK
    for release in dispute.releases.all():
        if release.decided_at is None:
            yield release.party_id, Ask.WORDS
    for round_ in rounds.of(dispute.bid_rounds.all(), dispute.reopenings):
        if round_.ended_at is None and {str(party) for party in parties} <= set(round_.agreed_by):
            bidders = {bid.bidder_id for bid in round_.bids.all()}
            yield from ((party, Ask.BID) for party in parties if party not in bidders)
