"""A thread that sends webhooks when they are due and keeps the state file."""

import http.client
import threading
from urllib.parse import urlsplit

from mediation.zendesk.standin import webhooks
from mediation.zendesk.standin.world import Json, World

LOOK_EVERY_SECONDS = 0.02
SAVE_EVERY_LOOKS = 10
ANSWER_WITHIN_SECONDS = 12
STOP_WITHIN_SECONDS = 0.5  # whom it is telling just then is told again by nobody: webhooks are only a door-bell


class Postman(threading.Thread):
    """Sends one after the other: what waits long for its answer holds up the next, as a slow receiver's own would."""

    def __init__(self, world: World) -> None:
        super().__init__(daemon=True, name="postman")
        self.world = world
        self.asked_to_stop = threading.Event()

    def run(self) -> None:
        looks = 0
        while not self.asked_to_stop.wait(LOOK_EVERY_SECONDS):
            looks += 1
            while not self.asked_to_stop.is_set() and self.deliver_one():
                pass
            if looks % SAVE_EVERY_LOOKS == 0:
                self.world.save()

    def deliver_one(self) -> bool:
        """Whether there was one."""
        with self.world.lock:
            delivery = webhooks.next_due(self.world)
            address = self.world.switches.webhook_to
        if delivery is None:
            return False
        status = send(address, delivery)
        with self.world.lock:
            webhooks.settle(self.world, delivery, status)
        return True

    def stop(self) -> None:
        self.asked_to_stop.set()
        self.join(STOP_WITHIN_SECONDS)
        self.world.save()


def send(address: str, delivery: Json) -> int:
    """The receiver's status; 0 when nobody answers in time. Redirects are not followed."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=ANSWER_WITHIN_SECONDS)
        try:
            connection.request("POST", parts.path or "/", delivery["body"].encode(), delivery["headers"])
            return connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException):
        return 0
