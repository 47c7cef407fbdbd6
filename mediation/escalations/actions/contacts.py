"""Contacts: found again by their address, completed, and joined with the account that their person opens later."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.rules import Role
from mediation.core import clock
from mediation.core.errors import NotFound
from mediation.escalations import audience
from mediation.escalations.errors import AddressTaken, NothingToMerge
from mediation.escalations.models import Case, Contact
from mediation.escalations.rules.guards import Said

FIELDS = ("name", "email", "company", "time_zone")


def found_or_made(*, name: str, email: str, company: str, time_zone: str) -> Contact:
    """The contact with this address, as it stands; a new one where there is none, with its account if it has one."""
    email = email.strip().lower()
    known = Contact.objects.filter(email=email, merged_into__isnull=True).first() if email else None
    person = account_of(email)
    if known is None and person is not None:
        known = Contact.objects.filter(person=person, merged_into__isnull=True).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Contact.objects.create(
                name=name.strip(), email=email, company=company.strip(), time_zone=time_zone, person=person
            )
    except IntegrityError:  # referred twice at the same moment
        return Contact.objects.get(email=email, merged_into__isnull=True)


def account_of(email: str) -> User | None:
    """The customer's account with this address."""
    if not email:
        return None
    return User.objects.filter(email=email.lower(), is_active=True, role=Role.CLIENT.value).first()


def complete(*, contact_id: UUID, said: Said) -> None:
    """What was learned of a contact. Raises AddressTaken."""
    contact = Contact.objects.select_for_update(no_key=True, of=("self",)).get(pk=contact_id)
    given: dict[str, Any] = {name: str(said[name]).strip() for name in FIELDS if said.get(name) is not None}
    if "email" in given:
        given["email"] = given["email"].lower()
    changed = {name: value for name, value in given.items() if getattr(contact, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(contact, name, value)
    try:
        with transaction.atomic():
            contact.save(update_fields=list(changed))
    except IntegrityError as taken:
        raise AddressTaken from taken


@transaction.atomic
def merge(*, user: User, case_id: UUID) -> Contact:
    """Join the contact of a case with the account that has its address; cases of both are one contact's then. Done
    twice, once. Raises NotFound, NothingToMerge.
    """
    case = audience.case_of(user, case_id)
    contact = Contact.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.contact_id)
    if contact.person_id is not None:
        return contact
    person = account_of(contact.email)
    if person is None:
        raise NothingToMerge
    if person.pk == user.pk:
        raise NotFound
    stays = Contact.objects.filter(person=person, merged_into__isnull=True).exclude(pk=contact.pk).first()
    contact.merged_by, contact.merged_at = user, clock.now()
    if stays is None:
        contact.person = person
    else:
        contact.merged_into = stays
        Case.objects.filter(contact=contact).update(contact=stays)
    contact.save(update_fields=["person", "merged_into", "merged_by", "merged_at"])
    return stays or contact
