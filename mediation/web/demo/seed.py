"""Fills the database with the demo, room by room. A room that is there is left alone."""

from collections.abc import Callable

from django.db import transaction

from mediation.conversations.models import Contract
from mediation.desk.actions import default_rules, macros, reasons
from mediation.help_center.actions import folders
from mediation.web.demo.contracts import DEALS, seed_contract
from mediation.web.demo.people import seed_people
from mediation.web.demo.referrals import seed_referrals
from mediation.web.demo.rooms import carmen, disputes, helen, jeroen, others, website
from mediation.web.demo.seats import seed_seats
from mediation.web.demo.stage import Stage

STORIES: dict[str, Callable[[Stage], None]] = {
    "website": website.tell,
    "photos": helen.photos,
    "books": helen.books,
    "newsletter": helen.newsletter,
    "audit": helen.audit,
    "logo": helen.logo,
    "manual": jeroen.manual,
    "rental": jeroen.rental,
    "catalogue": carmen.catalogue,
    "campaign": carmen.campaign,
    "booking": carmen.booking,
    "study": others.study,
    "podcast": others.podcast,
    "captions": disputes.captions,
    "trailer": disputes.trailer,
    "booth": disputes.booth,
    "recipes": disputes.recipes,
    "dashboard": disputes.dashboard,
    "routes": disputes.routes,
    "garden": others.garden,
}


def seed() -> int:
    """Everybody and every room that is not there yet; returns the number of new rooms. Each room is one commit."""
    with transaction.atomic():
        people = seed_people()
        macros.add_defaults()
        reasons.add_defaults()
        default_rules.add_defaults()
        folders.import_folder(folders.read_folder(folders.OURS), only_new=True)
    known = set(Contract.objects.filter(id__in=[deal.id for deal in DEALS]).values_list("id", flat=True))
    new = [deal for deal in DEALS if deal.id not in known]
    for deal in new:
        with transaction.atomic():
            STORIES[deal.key](Stage(seed_contract(deal, people), people))
    seed_referrals(people)
    seed_seats(people)  # last: who is new today took cases in these stories long ago
    return len(new)
