"""The contracts of the demo: fixed and hourly, three currencies, active, paused and ended. Amounts in minor units."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from uuid import UUID, uuid5

from accounts.models import User
from mediation.conversations.models import Contract, Milestone
from mediation.core import clock
from mediation.disputes.actions import ledger
from mediation.disputes.rules.claimable import WEEK, last_week
from mediation.web.demo.people import DEMO
from mediation.web.demo.stage import HOURS_PAID_AT

PAID, FUNDED, SUBMITTED, PLANNED = "released", "funded", "submitted", "planned"


@dataclass(frozen=True, slots=True)
class Deal:
    """One contract, so many `days` ago. Milestones are (title, amount, status, due in days from now)."""

    key: str
    title: str
    client: str
    freelancer: str
    currency: str
    days: int
    status: str = "active"
    rate: int = 0
    hours: int = 0
    milestones: list[tuple[str, int, str, int]] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        return uuid5(DEMO, f"contract/{self.key}")


def _website() -> list[tuple[str, int, str, int]]:
    return [
        ("Concept and home page", 110_000, PAID, -60),
        ("Shop and product pages", 150_000, PAID, -40),
        ("Checkout and launch", 220_000, SUBMITTED, -28),
    ]


DEALS = [
    Deal("website", "Website redesign", "helen", "mateo", "USD", 75, "paused", milestones=_website()),
    Deal(
        "photos", "Spring product photos", "helen", "ifeoma", "GBP", 24,
        milestones=[("Test shots", 35_000, PAID, -12), ("Forty finals", 130_000, FUNDED, 9)],
    ),
    Deal("books", "Bookkeeping, monthly", "helen", "dirk", "GBP", 140, rate=3_800, hours=6),
    Deal(
        "newsletter", "Newsletter copy", "helen", "lucie", "GBP", 20,
        milestones=[("Autumn series, four letters", 60_000, FUNDED, 4), ("Gift cards", 12_000, FUNDED, 20)],
    ),
    Deal("audit", "Shop migration audit", "helen", "sanjay", "USD", 9, rate=6_500, hours=20),
    Deal(
        "logo", "Logo refresh", "helen", "yuki", "USD", 110,
        milestones=[("Three directions", 40_000, PAID, -90), ("Final files", 50_000, PAID, -60)],
    ),
    Deal(
        "manual", "Vertaling handleiding e-bikes", "jeroen", "marit", "EUR", 30,
        milestones=[("Hoofdstuk 1 tot 6", 72_000, PAID, -14), ("Hoofdstuk 7 tot 12", 72_000, SUBMITTED, -3)],
    ),
    Deal(
        "catalogue", "Ilustraciones para el catálogo", "carmen", "paula", "EUR", 26, "paused",
        milestones=[("Doce frutas", 48_000, PAID, -10), ("Doce verduras", 48_000, SUBMITTED, -2)],
    ),
    Deal("campaign", "Campaña de Navidad", "carmen", "mateo", "EUR", 13, rate=3_200, hours=12),
    Deal("study", "Market study, 40 hours", "grace", "sanjay", "USD", 16, rate=5_500, hours=40),
    Deal(
        "rental", "Order form for rental bikes", "jeroen", "mateo", "EUR", 18,
        milestones=[
            ("Working form", 95_000, FUNDED, 6), ("Payments", 60_000, FUNDED, 20), ("Reviews", 30_000, PLANNED, 40)
        ],
    ),
    Deal("podcast", "Podcast editing", "grace", "ifeoma", "USD", 45, "paused", rate=4_000, hours=8),
    Deal(
        "booking", "App de reservas, diseño", "carmen", "yuki", "EUR", 95,
        milestones=[("Diseño completo", 180_000, PAID, -45)],
    ),
    Deal("captions", "Product captions", "helen", "lucie", "GBP", 15, milestones=[("Captions", 9_000, SUBMITTED, -4)]),
    Deal("trailer", "Podcast trailer", "grace", "ifeoma", "USD", 18, milestones=[("Trailer", 80_000, SUBMITTED, -6)]),
    Deal("booth", "Trade fair booth", "grace", "yuki", "USD", 35, milestones=[("Plan", 140_000, SUBMITTED, -15)]),
    Deal("recipes", "Página de recetas", "carmen", "mateo", "EUR", 23, milestones=[("Página", 90_000, SUBMITTED, -7)]),
    Deal(
        "dashboard", "Sensor dashboard", "grace", "sanjay", "USD", 49,
        milestones=[("Dashboard and alarm", 260_000, SUBMITTED, -26)],
    ),
    Deal(
        "routes", "Kosten per fietsroute", "jeroen", "dirk", "EUR", 41,
        milestones=[("Overzicht", 54_000, SUBMITTED, -28)],
    ),
    Deal(
        "garden", "Garden plan, north slope", "olga", "oscar", "EUR", 11,
        milestones=[("Plan and plant list", 85_000, FUNDED, 12)],
    ),
]  # fmt: skip


def seed_contract(deal: Deal, people: dict[str, User]) -> Contract:
    """The contract and its milestones, for one that is not there yet."""
    now = clock.now()
    contract = Contract.objects.create(
        id=deal.id,
        title=deal.title,
        kind=Contract.Kind.HOURLY if deal.rate else Contract.Kind.FIXED,
        status=deal.status,
        client=people[deal.client],
        freelancer=people[deal.freelancer],
        currency=deal.currency,
        amount_minor=sum(amount for _title, amount, _status, _due in deal.milestones),
        hourly_rate_minor=deal.rate,
        weekly_limit_hours=deal.hours,
        started_at=(now - timedelta(days=deal.days)).replace(hour=6, minute=0, second=0, microsecond=0),
    )
    Milestone.objects.bulk_create(
        Milestone(
            contract=contract,
            position=position,
            title=title,
            amount_minor=amount,
            status=status,
            due_date=(now + timedelta(days=due)).date(),
        )
        for position, (title, amount, status, due) in enumerate(deal.milestones, start=1)
    )
    _pay(contract, now)
    return contract


def _pay(contract: Contract, now: datetime) -> None:
    """What was paid: each milestone into escrow when the job began, and out of it when it was due; by the hour, every
    past week.
    """
    for one in contract.milestones.filter(status=PAID):
        account, due_at = f"escrow:{one.pk}", datetime.combine(one.due_date, time(12), UTC) if one.due_date else now
        move = partial(ledger.move, contract_id=contract.pk, currency=contract.currency, amount_minor=one.amount_minor)
        move(key=f"demo:{one.pk.hex}", source="funding", target=account, at=contract.started_at)
        move(key=f"demo:{one.pk.hex}:out", source=account, target="freelancer", at=due_at)
    if not contract.hourly_rate_minor:
        return
    amount = contract.hourly_rate_minor * contract.weekly_limit_hours
    monday = last_week(contract.started_at) + WEEK
    while (paid_at := datetime.combine(monday + WEEK, time(HOURS_PAID_AT), UTC)) <= now:
        ledger.pay_hours(
            contract_id=contract.pk, week=monday, currency=contract.currency, amount_minor=amount, at=paid_at
        )
        monday += WEEK
