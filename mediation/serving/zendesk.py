"""The stand-in for Zendesk beside the demo, so that the mirror can be tried by hand."""

import os
import secrets
import socket
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from mediation.serving.child import Child

NAME = "zendesk"
HOST = "127.0.0.1"
STOPS_WITHIN_SECONDS = 1.5
ACCOUNT_ID, WEBHOOK_ID = "12345", "01STANDINWEBHOOK0000000000"


def standin(manage: Sequence[str], port: int, public_url: str) -> Child | None:
    """The program, at `port` or at any free one; its `env` holds the settings that point the product at it.

    None when a setting names a Zendesk, or in production.
    """
    if settings.PRODUCTION or any(name.startswith("ZENDESK_") for name in os.environ):
        return None
    port = free_port(port)
    env = {
        "ZENDESK_URL": f"http://{HOST}:{port}",
        "ZENDESK_CLIENT_ID": "parley",
        "ZENDESK_CLIENT_SECRET": secrets.token_urlsafe(24),
        "ZENDESK_WEBHOOK_SECRET": secrets.token_urlsafe(24),
        "ZENDESK_WEBHOOK_ID": WEBHOOK_ID,
        "ZENDESK_ACCOUNT_ID": ACCOUNT_ID,
    }
    options = {
        "--port": str(port),
        "--state": str(Path(settings.RUN_DIR) / "zendesk-standin.json"),
        "--client-id": env["ZENDESK_CLIENT_ID"],
        "--webhook-to": f"{public_url}/zendesk/webhook/",
        "--webhook-id": WEBHOOK_ID,
        "--account-id": ACCOUNT_ID,
    }
    command = [*manage, "zendesk_standin", *(f"{name}={value}" for name, value in options.items())]
    return Child(NAME, command, stops_in=3, env=env, stop_seconds=STOPS_WITHIN_SECONDS)


def free_port(wanted: int) -> int:
    """`wanted`, or any other when somebody listens there."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("No port is free on this machine.")
