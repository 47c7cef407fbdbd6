"""Which money of a contract a claim can be about, on which track, and until when (domain, section 3). Pure."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from mediation.disputes import errors
from mediation.disputes.rules.deadlines import filing_ends, moved_by_outage
from mediation.disputes.rules.policy import Terms
from mediation.disputes.rules.states import Track

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Held:
    """What waits in escrow for a milestone. `asked_back_at`: when the contract ended or the money was asked back."""

    milestone: UUID
    amount_minor: int
    asked_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid for a milestone or for the week that began on a Monday, less what came back; `at`: the latest."""

    amount_minor: int
    at: datetime
    milestone: UUID | None = None
    week: date | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """The money of a contract, in minor units of its currency. `outages` are ours, each from when until when, in the
    order in which they began: who could not reach us is given that time to file. So is who could not because another
    case of the room was open: `cases` are these, in their order, the last perhaps without an end (decisions/0016).
    """

    is_hourly: bool
    held: tuple[Held, ...] = ()
    paid: tuple[Paid, ...] = ()
    outages: tuple[tuple[datetime, datetime], ...] = ()
    cases: tuple[tuple[datetime, datetime | None], ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a claim says it is about; nothing yet where it is still to come."""

    contract: Contract
    track: Track | None = None
    milestone: UUID | None = None
    week: date | None = None


@dataclass(frozen=True, slots=True)
class Claimable:
    """Money that a claim can be about. `ends_at`: until when it can be filed; None while nothing limits it."""

    track: Track
    amount_minor: int
    milestone: UUID | None
    week: date | None
    ends_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        """Received in time counts, whenever it is processed."""
        return self.ends_at is not None and now > self.ends_at


def last_week(now: datetime) -> date:
    """The Monday of the week before."""
    return now.astimezone(UTC).date() - timedelta(days=now.astimezone(UTC).weekday()) - WEEK


def claimable(contract: Contract, now: datetime, terms: Terms) -> tuple[Claimable, ...]:
    """Everything, also that for which the time is over: held first, then paid, the newest hours first."""
    return tuple(_moved(one, since, contract, now) for one, since in _claimable(contract, now, terms))


def _claimable(contract: Contract, now: datetime, terms: Terms) -> tuple[tuple[Claimable, datetime | None], ...]:
    """Each with when its time to file began."""
    if contract.is_hourly:
        weeks = sorted((one for one in contract.paid if one.week), key=lambda one: one.week or date.min, reverse=True)
        return tuple(_hours(one, one.week, now, terms) for one in weeks if one.week and one.week <= last_week(now))
    held = (
        (
            Claimable(
                Track.ESCROW,
                one.amount_minor,
                one.milestone,
                None,
                filing_ends(Track.ESCROW, one.asked_back_at, terms) if one.asked_back_at else None,
            ),
            one.asked_back_at,
        )
        for one in contract.held
    )
    return (*held, *(_paid(one, terms) for one in contract.paid if one.milestone))


def fitting(about: About, now: datetime, terms: Terms) -> Claimable:
    """The money of a claim on a track. Raises what says which track fits, or that its time is over."""
    named = _named(about, now, terms)
    found = next((one for one in named if one.track is about.track), None)
    if found is None:
        raise OF_TRACK[named[0].track](detail={"track": named[0].track.value})
    return _in_time(found, now)


def attached(about: About, now: datetime, terms: Terms) -> Claimable:
    """The same where no track is said. The only milestone whose money is held goes without saying."""
    if about.milestone is None and about.week is None and len(about.contract.held) == 1:
        about = replace(about, milestone=about.contract.held[0].milestone)
    return _in_time(min(_named(about, now, terms), key=lambda one: one.is_late(now)), now)


def there(about: About, now: datetime, terms: Terms) -> Claimable | None:
    """The money that it names, also when the time for it is over; None where there is none on its track."""
    every = (one for one in claimable(about.contract, now, terms) if one.track is about.track)
    return next((one for one in every if (one.milestone, one.week) == (about.milestone, about.week)), None)


def ends_at(about: About, now: datetime, terms: Terms) -> datetime | None:
    """Until when it can be filed; None while nothing limits it, and for money that is not there."""
    found = there(about, now, terms)
    return found.ends_at if found else None


def check_amount(money: Claimable, amount_minor: int) -> None:
    """Not more than is there. Raises MoreThanHeld, MoreThanPaid."""
    if amount_minor <= money.amount_minor:
        return
    if money.track is Track.ESCROW:
        raise errors.MoreThanHeld(detail={"held_minor": money.amount_minor})
    raise errors.MoreThanPaid(detail={"paid_minor": money.amount_minor})


OF_TRACK = {Track.ESCROW: errors.StillHeld, Track.ASSISTANCE: errors.PaidAlready, Track.HOURLY: errors.LastWeeksHours}


def _hours(paid: Paid, week: date, now: datetime, terms: Terms) -> tuple[Claimable, datetime]:
    """Last week's are looked at slot by slot until Friday; older ones are money that was paid."""
    if week < last_week(now):
        return _paid(paid, terms)
    next_monday = datetime.combine(week + WEEK, time(), UTC)
    ends_at = filing_ends(Track.HOURLY, next_monday, terms)
    return Claimable(Track.HOURLY, paid.amount_minor, None, week, ends_at), next_monday


def _moved(one: Claimable, since: datetime | None, contract: Contract, now: datetime) -> Claimable:
    if one.ends_at is None or since is None:
        return one
    ends_at = one.ends_at
    for began_at, ended_at in contract.cases:
        if began_at < ends_at:
            ends_at += max((ended_at or max(now, began_at)) - max(began_at, since), timedelta())
    for outage in contract.outages:
        ends_at = moved_by_outage(ends_at, [outage])
    return replace(one, ends_at=ends_at)


def _paid(one: Paid, terms: Terms) -> tuple[Claimable, datetime]:
    ends_at = filing_ends(Track.ASSISTANCE, one.at, terms)
    return Claimable(Track.ASSISTANCE, one.amount_minor, one.milestone, one.week, ends_at), one.at


def _named(about: About, now: datetime, terms: Terms) -> list[Claimable]:
    """The money of the milestone or the week; both held and paid if only a part was released."""
    if about.milestone is None and about.week is None:
        raise errors.WeekMissing if about.contract.is_hourly else errors.MilestoneMissing
    every = claimable(about.contract, now, terms)
    named = [one for one in every if (one.milestone, one.week) == (about.milestone, about.week)]
    if not named:
        raise errors.NothingThere
    return named


def _in_time(money: Claimable, now: datetime) -> Claimable:
    if money.is_late(now):
        raise errors.WindowOver
    return money
