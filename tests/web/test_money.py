"""Money as readers of each language write it."""

import pytest

from mediation.web.money import money


@pytest.mark.parametrize(
    ("minor", "currency", "language", "text"),
    [
        (220_000, "USD", "en", "$2,200.00"),
        (220_000, "USD", "es", "2200,00 US$"),
        (1_220_000, "USD", "es", "12.200,00 US$"),
        (220_000, "USD", "nl", "US$ 2.200,00"),
        (5, "EUR", "en", "€0.05"),
        (4_800, "EUR", "es", "48,00 €"),
        (4_800, "GBP", "nl", "£ 48,00"),
        (-500, "USD", "en", "-$5.00"),
        (-500, "USD", "nl", "US$ -5,00"),
        (2_200, "JPY", "en", "¥2,200"),
        (12_345_678, "KWD", "en", "KWD 12,345.678"),
        (100, "USD", "es-co", "1,00 US$"),
        (100, "USD", "fr", "$1.00"),
        (123_456_789_012_345_678, "USD", "en", "$1,234,567,890,123,456.78"),
    ],
)
def test_money_is_written_as_its_reader_writes_it(minor: int, currency: str, language: str, text: str) -> None:
    assert money(minor, currency, language).replace("\N{NO-BREAK SPACE}", " ") == text
