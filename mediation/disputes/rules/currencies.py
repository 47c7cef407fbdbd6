"""How many digits a currency has after the point, where ISO 4217 says other than two."""

from collections.abc import Mapping
from decimal import Decimal

_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
MINOR_DIGITS: Mapping[str, int] = {
    **dict.fromkeys(_WHOLE.split(), 0),
    **dict.fromkeys(_THOUSANDTHS.split(), 3),
}


def units(minor: int, currency: str) -> Decimal:
    """A sum in units of its currency: 220000 cents are 2200.00 dollars."""
    return Decimal(minor).scaleb(-MINOR_DIGITS.get(currency, 2))
