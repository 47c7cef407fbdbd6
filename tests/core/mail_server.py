"""A mail server that does as it is told: takes a mail, refuses it, or takes it and is gone before it says so."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

TAKE, REFUSE, TAKE_AND_VANISH = "take", "refuse", "take and vanish"


class Server(socketserver.ThreadingTCPServer):
    """`does` is what it does with the next mails; `taken` are those that it has."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.does, self.taken = TAKE, list[Message]()


class Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                if not self.take():
                    return
            elif verb == b"RCPT" and self.server.does == REFUSE:
                self.say("450 <helen@secret.example> come again later")
            else:
                self.say("221 bye" if verb == b"QUIT" else "250 fine")

    def take(self) -> bool:
        """Whether it goes on talking."""
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.taken.append(message_from_bytes(b"".join(lines)))
        if self.server.does == TAKE_AND_VANISH:
            return False
        self.say("250 taken")
        return True

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
