"""The ends of looks into private talks, and telling the party: after the case has closed, and never before."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mediation.conversations.actions.append import append
from mediation.core import clock
from mediation.disputes.actions import glass, records
from mediation.disputes.models import BreakGlass, Dispute, Notice
from mediation.disputes.rules.states import State

log = logging.getLogger(__name__)
TOLD = "glass_told"


def sweep(*, limit: int = 100) -> int:
    """Write down what is over, and tell whom it concerns; returns how many cases had something. Safe to run anywhere,
    any number of times. A case that breaks is logged and does not hold up the others.
    """
    now = clock.now()
    is_over = Q(ends_at__lte=now) | Q(decided_at__isnull=True, lapses_at__lte=now)
    over = BreakGlass.objects.filter(is_over, ended_at__isnull=True)
    untold = BreakGlass.objects.filter(_UNTOLD, dispute__state=State.CLOSED.value)
    due = {*over.values_list("dispute", flat=True)[:limit], *untold.values_list("dispute", flat=True)[:limit]}
    return sum(_settle(dispute_id, now) for dispute_id in sorted(due))


# What somebody could read and cannot any more. What was never opened told nobody anything.
_UNTOLD = Q(opened_at__isnull=False, ended_at__isnull=False, told_at__isnull=True)


def _settle(dispute_id: UUID, now: datetime) -> bool:
    try:
        with transaction.atomic():
            dispute = Dispute.objects.select_for_update(no_key=True, of=("self",)).get(pk=dispute_id)
            glass.write_ends(dispute, now)
            if dispute.state == State.CLOSED.value:
                for one in dispute.glasses.filter(_UNTOLD).order_by("opened_at", "pk"):
                    _tell(dispute, one, now)
    except Exception:
        log.exception("Who looked into a private talk could not be told", extra={"dispute": str(dispute_id)})
        return False
    return True


def _tell(dispute: Dispute, one: BreakGlass, now: datetime) -> None:
    """A line in the party's own private thread, an entry in its chain, and a mail. When, who and on what ground stands
    in the case file; the words of who asked stay with colleagues, because they may tell of the other side.
    """
    is_client = (one.party_id == dispute.filer_id) == dispute.filer_is_client
    audience = records.CAUCUS[is_client]
    told = {"glass": str(one.pk), "ground": one.ground, "asked_by": str(one.asked_by_id)}
    records.chain_entry(dispute, type=f"dispute.{TOLD}", audience=audience, content=told, actor_id=None, at=now)
    thread = records.main_thread(dispute, audience)
    if thread is not None:
        data = {"dispute": str(dispute.pk), "state": dispute.state, "phase": dispute.phase, "version": dispute.version}
        line = {"dispute": str(dispute.pk), "state": dispute.state, "glass": str(one.pk)}
        append(thread=thread, type=f"dispute.{TOLD}", actor_id=None, at=now, data=data, line=line)
    Notice.objects.create(
        dispute=dispute,
        to_id=one.party_id,
        channel=Notice.Channel.EMAIL.value,
        code=f"glass:{one.pk.hex[:12]}",
        written_at=now,
    )
    one.told_at = now
    one.save(update_fields=["told_at"])
