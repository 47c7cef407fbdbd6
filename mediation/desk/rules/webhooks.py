"""How what is sent to a webhook is signed, when it is tried again, and to which addresses nothing is ever sent."""

import hashlib
import hmac
import ipaddress
from datetime import timedelta
from urllib.parse import urlsplit

TIMESTAMP, SIGNATURE = "X-Parley-Timestamp", "X-Parley-Signature"
DELIVERY, EVENT = "X-Parley-Delivery", "X-Parley-Event"
LEASE = timedelta(minutes=1)  # longer than one try can take
MOST_ATTEMPTS = 10  # about nine hours with the waits below
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=2)
LONGEST_ADDRESS = 500
# Addresses of IPv4 in the clothes of IPv6, through which a network's gateway would reach what is inside.
_TRANSLATED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`sha256=` and the HMAC-SHA256, in hex, of the timestamp (seconds since 1970) and then the raw body."""
    digest = hmac.new(secret.encode(), timestamp.encode() + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed tries, doubling; None: it is given up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(FIRST_WAIT * 2**attempts, LONGEST_WAIT)


def is_taken(status: int) -> bool:
    """Only a 2xx says that it was taken; where a redirect points, nobody has checked."""
    return 200 <= status < 300


def is_public(said: str) -> bool:
    """Whether a network address is out in the open: never this machine, its network, or a way around to them."""
    address: Address = ipaddress.ip_address(said.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def problem_with(address: str, *, plain_is_allowed: bool) -> str:
    """The code of what is wrong with an address as it was typed; empty where nothing is."""
    if len(address) > LONGEST_ADDRESS or not address.isascii() or any(one.isspace() for one in address):
        return "address"
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return "address"
    if parts.username is not None or parts.password is not None or parts.fragment or not parts.hostname:
        return "address"
    if parts.scheme == "https" or (parts.scheme == "http" and plain_is_allowed):
        return ""
    return "scheme"
