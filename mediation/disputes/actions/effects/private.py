"""What is said in private: words released by consent, and double-blind bids."""

from collections import Counter
from uuid import uuid4

from django.db.models import Max

from mediation.conversations.actions.send import Send, send_message
from mediation.conversations.models import Thread
from mediation.disputes.actions import seal
from mediation.disputes.actions.step import Step, effect
from mediation.disputes.models import Bid, BidRound, Release
from mediation.disputes.rules.money import agreed_release

PARTIES = 2


@effect("ask_release")
def ask_release(step: Step) -> None:
    """The mediator asks, in the private thread, for consent to exactly these words."""
    party_id, text = step.payload["party"], step.payload["text"]
    is_client = (party_id == step.dispute.filer_id) == step.dispute.filer_is_client
    audience = Thread.Audience.CAUCUS_CLIENT if is_client else Thread.Audience.CAUCUS_FREELANCER
    caucus = Thread.objects.get(room=step.dispute.room_id, audience=audience.value, is_main=True)
    release = Release.objects.create(
        dispute=step.dispute, caucus=caucus, party_id=party_id, asked_by=step.person, text=text, asked_at=step.now
    )
    send_message(Send(step.person.pk, caucus.pk, uuid4(), step.payload["question"]))
    step.audience = audience.value  # what is asked in a private talk stands in its own chain
    step.result |= {"release_id": str(release.pk)}


@effect("grant_release")
def grant_release(step: Step) -> None:
    """The words become a line that everyone reads, as "shared with consent"."""
    release = _decide(step, is_granted=True)
    step.line |= {"person": str(release.party_id), "text": release.text, "release": str(release.pk)}


@effect("refuse_release")
def refuse_release(step: Step) -> None:
    """Only the mediator is told, in the private thread."""
    _decide(step, is_granted=False)


@effect("begin_caucus")
def begin_caucus(step: Step) -> None:
    """A private talk with one side begins, in front of everyone; the other side is offered one by that, unless this is
    the one it is owed. Only the talks that were held count, which both saw: whether somebody did without one must not
    show in what the other is offered.
    """
    dispute, party_id = step.dispute, step.payload["party"]
    offer = {"offered_at": step.now, "reopenings": dispute.reopenings}
    since_opened = step.of_now(dispute.caucuses.all())
    open_ = since_opened.filter(ended_at__isnull=True, declined_at__isnull=True)
    mine = open_.filter(party=party_id).first()
    other_id = dispute.respondent_id if party_id == dispute.filer_id else dispute.filer_id
    if mine is not None:
        mine.began_at = step.now
        mine.save(update_fields=["began_at"])
    else:
        dispute.caucuses.create(party_id=party_id, began_at=step.now, **offer)
    held = Counter(since_opened.filter(began_at__isnull=False).values_list("party", flat=True))
    if held[party_id] > held[other_id] and not open_.filter(party=other_id).exists():
        dispute.caucuses.create(party_id=other_id, **offer)
    step.line |= {"person": str(party_id)}


@effect("end_caucus")
def end_caucus(step: Step) -> None:
    running = step.dispute.caucuses.get(began_at__isnull=False, ended_at__isnull=True)
    running.ended_at = step.now
    running.save(update_fields=["ended_at"])
    step.line |= {"person": str(running.party_id)}


@effect("decline_caucus")
def decline_caucus(step: Step) -> None:
    """Only the mediator is told."""
    offered = step.dispute.caucuses.filter(party=step.person, began_at__isnull=True, ended_at__isnull=True)
    offered.filter(declined_at__isnull=True).update(declined_at=step.now)


@effect("open_bidding")
def open_bidding(step: Step) -> None:
    dispute = step.dispute
    newest = dispute.bid_rounds.aggregate(newest=Max("number"))["newest"] or 0
    BidRound.objects.create(dispute=dispute, number=newest + 1, opened_at=step.now, reopenings=dispute.reopenings)
    step.line |= {"round": newest + 1}


@effect("agree_to_bidding")
def agree_to_bidding(step: Step) -> None:
    """To the rule that the bids meet at the midpoint if the client's most is at least the freelancer's least."""
    round_ = _round(step)
    round_.agreed_by = list(dict.fromkeys([*round_.agreed_by, str(step.actor_id)]))
    round_.save(update_fields=["agreed_by"])
    step.line |= {"round": round_.number}


@effect("seal_bid")
def seal_bid(step: Step) -> None:
    """Encrypted before it is stored: neither staff nor the admin can read it."""
    Bid.objects.create(
        round=_round(step), bidder=step.person, sealed=seal.close(step.payload["release_minor"]), at=step.now
    )


@effect("match_if_both_bid")
def match_if_both_bid(step: Step) -> None:
    """Both are in: they meet, and the case settles; or they do not, and nobody learns by how much."""
    round_ = _round(step)
    bids = {bid.bidder_id: seal.open_(bid.sealed) for bid in round_.bids.all()}
    if len(bids) < PARTIES:
        return
    client, freelancer = step.dispute.filer_id, step.dispute.respondent_id
    if not step.dispute.filer_is_client:
        client, freelancer = freelancer, client
    release = agreed_release(
        client_most_minor=bids[client],
        freelancer_least_minor=bids[freelancer],
        step_minor=step.terms.bid_step_minor,
    )
    round_.ended_at, round_.has_matched = step.now, release is not None
    round_.save(update_fields=["ended_at", "has_matched"])
    round_.bids.all().delete()
    if release is None:
        step.then.append(("bids_missed", {"round": round_.number}))
    else:
        refund = step.dispute.amount_minor - release
        step.then.append(("bids_match", {"refund_minor": refund, "release_minor": release, "source": "bids"}))


@effect("note_round")
def note_round(step: Step) -> None:
    step.line |= {"round": step.payload["round"]}


def _round(step: Step) -> BidRound:
    return step.dispute.bid_rounds.get(ended_at__isnull=True)


def _decide(step: Step, *, is_granted: bool) -> Release:
    release = Release.objects.get(dispute=step.dispute, pk=step.payload["release_id"])
    release.is_granted, release.decided_at = is_granted, step.now
    release.save(update_fields=["is_granted", "decided_at"])
    return release
