"""Times a person's first visit to a room in Chromium: `python -m benchmarks.first_load --slow 4`.

A plain room with fifty messages, and the demo's mediated room as a party and as the mediator see it. Nothing is in the
browser's cache; static files are joined and hashed as in production.
Interactive means that the page says it is live: everything is shown, the socket is open and one can write. The CPU of
the page, and only of the page, is slowed down by `--slow`.
"""

import argparse
import shutil
import sys
import time

from playwright.sync_api import Browser, sync_playwright

from benchmarks import servers
from benchmarks.meter import core
from benchmarks.report import percentile
from benchmarks.seat import Seat
from benchmarks.targets import Parley

CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None)
QUIET_MS = 1_500  # what comes after the page is live: pictures, and what a page asks for by itself
WIDE = {"width": 1440, "height": 900}


class Served(Parley):
    """The product as in production."""

    def own_environment(self) -> dict[str, str]:
        origin = f"http://127.0.0.1:{self.port}"
        hashed = {"HASHED_STATIC": "1", "STATIC_ROOT": str(self.scene.folder / "static")}
        return {**super().own_environment(), **hashed, "LIVE_ORIGINS": origin}


def visit(browser: Browser, seat: Seat, slow: float) -> tuple[float, float, int]:
    """Milliseconds until the page is live, bytes over the wire, requests."""
    origin = f"http://127.0.0.1:{seat.target.port}"
    context = browser.new_context(base_url=origin, viewport=WIDE)
    name, value = seat.cookie.split("=", 1)
    context.add_cookies([{"name": name, "value": value, "url": origin}])
    page = context.new_page()
    network = context.new_cdp_session(page)
    sizes: dict[str, float] = {}
    network.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
    network.send("Network.enable")
    network.send("Emulation.setCPUThrottlingRate", {"rate": slow})
    began = time.perf_counter()
    page.goto(f"/rooms/{seat.room}/", wait_until="commit")
    page.wait_for_selector("html[data-live]", state="attached")
    took = (time.perf_counter() - began) * 1000
    page.wait_for_timeout(QUIET_MS)
    context.close()
    return took, sum(sizes.values()), len(sizes)


def tell(name: str, seen: list[tuple[float, float, int]], slow: float) -> None:
    took = [ms for ms, _, _ in seen]
    half, most, (_, size, requests) = percentile(took, 50), max(took), seen[-1]
    print(
        f"{name}: live after {half:.0f} ms (median of {len(took)}), {most:.0f} ms (slowest); CPU {slow:g} times slower;"
    )
    print(f"    {size / 1000:.0f} kB over the wire, {requests} requests")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_load", description=__doc__)
    parser.add_argument("--slow", type=float, default=4, help="how many times slower than this machine")
    parser.add_argument("--times", type=int, default=10)
    asked = parser.parse_args()
    print(core())
    scene = servers.Scene()
    try:
        redis, postgres = servers.Redis(scene), servers.Postgres(scene)
        target = Served(scene, postgres.create("first_load"), redis, postgres.process.pid)
        target.run("manage.py", "collectstatic", "--noinput", "-v0")
        target.fill(rooms=20, messages=1000)
        target.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            visits = {"a plain room": target.busy_seats()}
            visits |= {
                f"a mediated room, {'mediator' if one.is_staff else 'party'}": [one] for one in target.demo_seats()
            }
            for name, seats in visits.items():
                seen = [visit(browser, seats[at % len(seats)], asked.slow) for at in range(asked.times + 1)][1:]
                tell(name, seen, asked.slow)
            browser.close()
    finally:
        scene.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
