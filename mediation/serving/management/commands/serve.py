"""`manage.py serve`: the whole product on one machine, until Ctrl-C."""

import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command, get_commands

from mediation.serving import preparation, valkey, zendesk
from mediation.serving.child import Child
from mediation.serving.supervisor import Supervisor

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
CELERY = [sys.executable, "-m", "celery", "--app", "mediation.config.celery", "--quiet"]
STORE_STOPS_WITHIN_SECONDS = 1.5


class Command(BaseCommand):
    help = "Starts the store, the web, the worker and beat; watches them; stops them together."
    requires_system_checks = []  # the web process checks the same settings and says so

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, host: str, port: int, no_demo: bool, **options: Any) -> None:
        self.check(tags=["settings"], display_num_errors=False)  # all the others the web runs itself
        refuse_taken_port(host, port)
        address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104
        supervisor = Supervisor(ready_url=f"{address}/readyz", say=self.stdout.write)
        supervisor.listen_for_signals()
        self.stdout.write("Starting …")
        try:
            start_store(supervisor)
            preparation.prepare(say=self.stdout.write, with_demo=not no_demo, hashed_static=not settings.DEBUG)
            for child in our_processes(host, port, with_demo=not no_demo):
                if not supervisor.is_stopping:
                    supervisor.start(child)
            supervisor.watch(when_ready=lambda: self.announce(address, supervisor))
        except valkey.NoServer as trouble:
            raise CommandError(str(trouble)) from None
        finally:
            if supervisor.children:
                self.stdout.write("Stopping …")
            supervisor.stop()

    def announce(self, address: str, supervisor: Supervisor) -> None:
        if "seed_demo" in get_commands():
            call_command("seed_demo", "--sign-ins", stdout=self.stdout)
        if not os.environ.get("EMAIL_URL"):
            self.stdout.write(f"Mails are put into {mail_folder()}")
        for child in supervisor.children:
            if child.name == zendesk.NAME:
                self.stdout.write(f"Agents answer from Zendesk's stand-in: {child.env['ZENDESK_URL']}")
        self.stdout.write(self.style.SUCCESS(f"Parley is ready: {address}   (Ctrl-C stops it)"))
        self.stdout.flush()


def mail_folder() -> Path:
    """Where mails go when no setting says where."""
    return Path(settings.RUN_DIR).absolute() / "mail"


def refuse_taken_port(host: str, port: int) -> None:
    """Raises CommandError when somebody listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({trouble.strerror}). Stop what listens there, "
                f"or choose another: make serve PORT={port + 1}"
            ) from None


def start_store(supervisor: Supervisor) -> None:
    """Start the bundled server when the settings name its socket. Raises NoServer."""
    path = Path(settings.RUN_DIR) / "valkey.sock"
    if f"unix://{path}" != settings.REDIS_URL:
        return
    if valkey.answers(path):
        raise valkey.NoServer(f"Another Parley is running on {path.parent}. Stop it, or set PARLEY_RUN_DIR.")
    supervisor.start(Child("valkey", valkey.command(path), stops_in=3, stop_seconds=STORE_STOPS_WITHIN_SECONDS))
    valkey.wait_until_it_answers(path)


def our_processes(host: str, port: int, *, with_demo: bool) -> list[Child]:
    """Web, worker and beat, and with the demo the stand-in for Zendesk, when no setting names a real one.

    Threads in the worker: one process to start, to watch and to stop.
    """
    local = {"PYTHONUNBUFFERED": "1", "C_FORCE_ROOT": "1", "HASHED_STATIC": "0" if settings.DEBUG else "1"}
    if not os.environ.get("PUBLIC_URL"):
        local["PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    if not os.environ.get("EMAIL_URL"):
        # On the terminal they would push the sign-ins out of sight.
        local["EMAIL_URL"] = f"file://{mail_folder()}"
    standin = (
        zendesk.standin(MANAGE, port + 1, os.environ.get("PUBLIC_URL") or local["PUBLIC_URL"]) if with_demo else None
    )
    local |= standin.env if standin else {}
    return [
        *([standin] if standin else []),
        Child("web", [*MANAGE, "web", "--host", host, "--port", str(port)], stops_in=1, env=local, stop_seconds=4.5),
        Child(
            "worker",
            [*CELERY, "worker", "--pool", "threads", "--concurrency", "4", "--without-gossip", "--without-mingle"],
            stops_in=2,
            env=local,
            stop_seconds=3.5,
        ),
        Child("beat", [*CELERY, "beat", "--pidfile", ""], stops_in=2, env=local, stop_seconds=3.5),
    ]
