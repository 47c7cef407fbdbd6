"""Roles, and what a role is. Pure."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """One role a person. The first two are customers; the rest are Upwork staff."""

    CLIENT = "client"
    FREELANCER = "freelancer"
    AGENT = "agent"
    SENIOR = "senior"
    EE = "ee"
    SUPERVISOR = "supervisor"
    QA = "qa"
    ANALYST = "analyst"
    ADMIN = "admin"


PARTY_ROLES = frozenset({Role.CLIENT, Role.FREELANCER})
STAFF_ROLES = frozenset(Role) - PARTY_ROLES
MEDIATOR_ROLES = frozenset({Role.AGENT, Role.SENIOR, Role.EE})  # who may take a dispute

PICTURE_MAX_BYTES = 5 * 1024 * 1024
PICTURE_MAX_PIXELS = 40_000_000
PICTURE_EDGE_PIXELS = 256


class IdentifierKind(StrEnum):
    """What tells, beside a name, who somebody is or belongs to."""

    PHONE = "phone"
    PAYOUT = "payout"
    ADDRESS = "address"
    AGENCY = "agency"


class NoPhoneNumber(ValueError):
    """It is not a number that somebody could be called at."""


class CountryMissing(NoPhoneNumber):
    """It is written as people of one country dial it, and does not say which one."""


class NoSuchCountry(NoPhoneNumber):
    """No country whose numbers are known has these two letters."""


def plain_identifier(kind: IdentifierKind, text: str, country: str = "") -> str:
    """The same thing written the same way, whoever wrote it: a phone number with its country, letters and digits of an
    account, words of an address or an agency. Empty where nothing is left; raises NoPhoneNumber.
    """
    if kind is IdentifierKind.PHONE:
        return plain_phone(text, country)
    words = "".join(one if one.isalnum() else " " for one in text.casefold()).split()
    return ("" if kind is IdentifierKind.PAYOUT else " ").join(words)


def plain_phone(text: str, country: str = "") -> str:
    """The number as E.164 has it, without the plus, and its extension: `+31 6 1234 5678` and in the Netherlands (`NL`)
    `06 12345678` are `31612345678`. Raises NoPhoneNumber, CountryMissing, NoSuchCountry.
    """
    import phonenumbers  # here: it takes long to load, for what an administrator does now and then

    country = country.strip().upper()
    if country and country not in phonenumbers.SUPPORTED_REGIONS:
        raise NoSuchCountry
    written = text.strip()
    if not country and written.startswith("00"):
        written = f"+{written[2:]}"
    try:
        number = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException as problem:
        is_whole = written.startswith("+") or not any(one.isdecimal() for one in written)
        raise (NoPhoneNumber if is_whole or country else CountryMissing) from problem
    if not phonenumbers.is_valid_number(number):
        raise NoPhoneNumber
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")
    return f"{plain};{number.extension}" if number.extension else plain


def initials(name: str) -> str:
    """Two letters for a face: first and last word, or the first two letters of a single word."""
    words = name.split()
    if not words:
        return "?"
    letters = words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]
    return letters.upper()


def guess_language(code: str | None, spoken: Collection[str]) -> str:
    """Ours for a browser's language ("es-co" is "es"), English for any that we do not speak."""
    short = (code or "").split("-")[0].lower()
    return short if short in spoken else "en"
