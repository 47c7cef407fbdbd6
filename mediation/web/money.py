"""Money as a reader writes it: minor units and a currency in, text out. Whole numbers only, nothing is rounded."""

from typing import NamedTuple

NBSP = "\N{NO-BREAK SPACE}"
MINOR_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "VND": 0, "BHD": 3, "KWD": 3, "TND": 3}
SYMBOLS = {
    "en": {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"},
    "es": {"USD": "US$", "EUR": "€", "GBP": "GBP", "JPY": "JPY"},
    "nl": {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "JP¥"},
}


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


def money(minor: int, currency: str, language: str = "en") -> str:
    """`220000, "USD"` is "$2,200.00" in English, "2200,00 US$" in Spanish, "US$ 2.200,00" in Dutch.

    A currency without a sign in the language is written by its code. The same as the browser's `Intl.NumberFormat`.
    """
    short = language.split("-", maxsplit=1)[0].lower()
    style = STYLES.get(short, STYLES["en"])
    sign = SYMBOLS.get(short, SYMBOLS["en"]).get(currency, currency)
    if sign == currency and style.pattern.startswith("{minus}{sign}"):
        sign += NBSP
    digits = MINOR_DIGITS.get(currency, 2)
    whole, part = divmod(abs(minor), 10**digits)
    number = f"{whole:,}".replace(",", style.group) if len(str(whole)) >= style.shortest_grouped else str(whole)
    if digits:
        number += f"{style.point}{part:0{digits}d}"
    return style.pattern.format(minus="-" if minor < 0 else "", sign=sign, number=number)
