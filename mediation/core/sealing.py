"""Sealing a secret that must be read again, to sign or to be let in: it is kept in no table as it is.

`purpose` sets the keys of different uses apart: what was sealed for one opens for no other.
"""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(secret: str, purpose: str) -> str:
    """The sealed form; the same secret sealed twice looks different."""
    return _fernet(purpose).encrypt(secret.encode()).decode()


def open_(sealed: str, purpose: str) -> str:
    """The secret. Raises `cryptography.fernet.InvalidToken` if the product's own secret has changed."""
    return _fernet(purpose).decrypt(sealed.encode()).decode()


def _fernet(purpose: str) -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
