"""Sealing a sum: encrypted with a key that is derived from the product's secret and kept in no table."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _fernet() -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"sealed bids")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))


def close(sum_minor: int) -> str:
    """The sealed form; the same sum sealed twice looks different. Padded, so that its length tells nothing."""
    return _fernet().encrypt(f"{sum_minor:020d}".encode()).decode()


def open_(sealed: str) -> int:
    """The sum. Raises `cryptography.fernet.InvalidToken` if the secret has changed."""
    return int(_fernet().decrypt(sealed.encode()))
