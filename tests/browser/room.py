"""The room's page as a person uses it."""

import re
from typing import Any

from playwright.sync_api import Page, WebSocketRoute, expect


class RoomPage:
    """One open page. `problems` collects what the page's scripts or the content policy complained about."""

    def __init__(self, page: Page, room_id: object) -> None:
        self.page = page
        self.address = f"/rooms/{room_id}/"
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self._heard(said.type, said.text))

    def _heard(self, kind: str, text: str) -> None:
        lost = re.search(r"ERR_|WebSocket|Failed to load resource", text)
        if kind == "error" and not lost:
            self.problems.append(text)

    def open(self, query: str = "") -> "RoomPage":
        self.page.goto(self.address + query)
        return self.until_live()

    def until_live(self) -> "RoomPage":
        self.page.wait_for_selector("html[data-live]", state="attached")
        return self

    @property
    def field(self):  # type: ignore[no-untyped-def]
        return self.page.locator("#composer textarea")

    def say(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def line(self, text: str):  # type: ignore[no-untyped-def]
        """The messages with exactly that text."""
        exactly = re.compile(rf"^\s*{re.escape(text)}\s*$")
        body = self.page.locator(".msg-body").filter(has_text=exactly)
        return self.page.locator("[data-lane]:not([hidden]) .msg").filter(has=body)

    def sees(self, text: str, times: int = 1) -> None:
        expect(self.line(text)).to_have_count(times)

    def stored(self, text: str) -> None:
        """Sees the text once, acknowledged."""
        self.sees(text)
        expect(self.page.locator(".msg[data-state]")).to_have_count(0)

    def seen_in_order(self) -> list[str]:
        """What the thread says, without what is still being sent."""
        bodies = self.page.locator("[data-lane]:not([hidden]) .msg:not([data-state]) .msg-body:not([hidden])")
        return [text.strip() for text in bodies.all_inner_texts()]

    def tab(self, title: str) -> None:
        self.page.locator(".tab", has_text=title).click()


class Line:
    """The way between a page and the server, to be cut where a test wants it."""

    def __init__(self, page: Page) -> None:
        self.up = True  # what the page says reaches the server
        self.down = True  # what the server says reaches the page
        self.refuse = False  # new sockets fail
        self.cut_after: str | None = None  # close the socket when the server has said a frame of that name
        self.sockets: list[WebSocketRoute] = []
        self.said: list[str] = []
        page.route_web_socket(re.compile(r"/live/$"), self._route)

    def _route(self, socket: WebSocketRoute) -> None:
        if self.refuse:
            socket.close(code=1013)
            return
        server = socket.connect_to_server()
        self.sockets.append(socket)
        socket.on_message(lambda frame: self._from_page(server, frame))
        server.on_message(lambda frame: self._from_server(socket, frame))

    def _from_page(self, server: WebSocketRoute, frame: Any) -> None:
        self.said.append(str(frame))
        if self.up:
            server.send(frame)

    def _from_server(self, socket: WebSocketRoute, frame: Any) -> None:
        if not self.down:
            return
        socket.send(frame)
        if self.cut_after and str(frame).startswith(f'{{"t":"{self.cut_after}"'):
            self.cut_after = None
            socket.close(code=3000)

    def cut(self) -> None:
        """The socket breaks; the next one is whole."""
        self.up = self.down = True
        self.sockets[-1].close(code=3000)
