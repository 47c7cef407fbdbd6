"""Sealing a webhook's secret: it must be read to sign, and is kept in no table as it is."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(secret: str) -> str:
    """The sealed form; the same secret sealed twice looks different."""
    return _fernet().encrypt(secret.encode()).decode()


def open_(sealed: str) -> str:
    """The secret. Raises `cryptography.fernet.InvalidToken` if the product's own secret has changed."""
    return _fernet().decrypt(sealed.encode()).decode()


def _fernet() -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"webhook secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
