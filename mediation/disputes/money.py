"""Money as people read and write it: minor units and a currency on our side, text on theirs. Whole numbers only.

The scripts' twin is static/js/lib/money.js; both are held to the cases of tests/web/money.json.
"""

import re
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mediation.disputes.rules.currencies import MINOR_DIGITS

NBSP = "\N{NO-BREAK SPACE}"
SYMBOLS = {
    "en": {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"},
    "es": {"USD": "US$", "EUR": "€", "GBP": "GBP", "JPY": "JPY"},
    "nl": {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "JP¥"},
}
MOST_DIGITS = 12  # of a sum before its point; more is a slip of the hand
_SPACE_OF_GROUP = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")


class Style(NamedTuple):
    """How a language writes a number, and where its sign of money stands."""

    group: str
    point: str
    pattern: str
    shortest_grouped: int  # digits before the point from which groups are made


STYLES = {
    "en": Style(",", ".", "{minus}{sign}{number}", 4),
    "es": Style(".", ",", "{minus}{number}" + NBSP + "{sign}", 5),
    "nl": Style(".", ",", "{sign}" + NBSP + "{minus}{number}", 4),
}


class NotASum(ValueError):
    """What was written is no sum of that currency, or could be two."""


def money(minor: int, currency: str, language: str = "en") -> str:
    """`220000, "USD"` is "$2,200.00" in English, "2200,00 US$" in Spanish, "US$ 2.200,00" in Dutch.

    A currency without a sign in the language is written by its code.
    """
    short, style = _short(language), _style(language)
    sign = SYMBOLS.get(short, SYMBOLS["en"]).get(currency, currency)
    if sign == currency and style.pattern.startswith("{minus}{sign}"):
        sign += NBSP
    number = _number(abs(minor), currency, style, style.shortest_grouped)
    return style.pattern.format(minus="-" if minor < 0 else "", sign=sign, number=number)


def written(minor: int, currency: str, language: str) -> str:
    """A sum of at least nothing as a field shows it: "1,200.50" in English, "1200,50" in Spanish, "1.200,50" in Dutch.

    `typed` reads it as the same sum.
    """
    style = _style(language)
    return _number(minor, currency, style, style.shortest_grouped)


def typed(text: str, currency: str, language: str) -> int:
    """What somebody typed, in minor units: "1,234.56" in English, "1.234,56" in Spanish and Dutch, with or without
    groups and the sign of the currency.

    Marks of the other habit are taken where they can only mean one thing ("12,50" in English). Raises NotASum for
    what is no sum, has more digits after the point than the currency, or could be a thousand times as much.
    """
    bare = _bare(text, currency)
    style, digits = _style(language), MINOR_DIGITS.get(currency, 2)
    own = _reading(bare, style.group, style.point, digits)
    other = _reading(bare, style.point, style.group, digits)
    found = own if own is not None else other
    if found is None or _could_be_another(bare, style, own, other):
        raise NotASum(text)
    return found


def how_to_write(currency: str) -> str:
    """The sentence for somebody whose sum could not be read, with examples in their language and currency."""
    language, minor = get_language() or "en", int("1234567"[: 4 + MINOR_DIGITS.get(currency, 2)])
    style = _style(language)
    long, short = (_number(minor, currency, style, groups_from) for groups_from in (1, MOST_DIGITS + 1))
    return _("Write the sum like %(long)s or %(short)s.") % {"long": long, "short": short}


def _could_be_another(bare: str, style: Style, own: int | None, other: int | None) -> bool:
    """One mark with three digits behind it: groups or a point? In one's own habit, a point is a point; the rest is
    asked back where it could be the other.
    """
    one_mark = re.fullmatch(r"[0-9]*([.,])[0-9]{3}", bare)
    if one_mark is None or other is None:
        return False
    return own is None if one_mark[1] == style.point else own is not None


def _reading(bare: str, group: str, point: str, digits: int) -> int | None:
    """Minor units, read with these marks; None where that makes no sum."""
    group, point = re.escape(group), re.escape(point)
    found = re.fullmatch(rf"([1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+|[0-9]*)(?:{point}([0-9]+))?", bare)
    if found is None or not bare:
        return None
    whole, part = re.sub(r"[.,]", "", found[1]), found[2] or ""
    if len(whole) > MOST_DIGITS or len(part) > digits:
        return None
    return int(whole or 0) * 10**digits + int(part.ljust(digits, "0") or 0)


def _bare(text: str, currency: str) -> str:
    """Without the sign of the currency and without spaces that make groups."""
    bare = text.strip()
    signs = {currency, *(signs.get(currency, currency) for signs in SYMBOLS.values())}
    for sign in sorted(signs, key=len, reverse=True):
        if bare.upper().startswith(sign) or bare.upper().endswith(sign):
            bare = (bare[len(sign) :] if bare.upper().startswith(sign) else bare[: -len(sign)]).strip()
            break
    return _SPACE_OF_GROUP.sub("", bare)


def _number(minor: int, currency: str, style: Style, shortest_grouped: int) -> str:
    digits = MINOR_DIGITS.get(currency, 2)
    whole, part = divmod(minor, 10**digits)
    number = f"{whole:,}".replace(",", style.group) if len(str(whole)) >= shortest_grouped else str(whole)
    return f"{number}{style.point}{part:0{digits}d}" if digits else number


def _style(language: str) -> Style:
    return STYLES.get(_short(language), STYLES["en"])


def _short(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()
