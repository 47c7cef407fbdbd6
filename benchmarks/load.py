"""The benchmarks' command line: `python -m benchmarks.load --help`."""

import argparse
import asyncio
import resource
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import uvloop

from benchmarks import pages, servers, storms, talk
from benchmarks.meter import core
from benchmarks.report import Figures, Report
from benchmarks.targets import TARGETS, Parley, Target

SEARCHED = ("milestone", "refund", "invoice", "deadline", "revision")


def arguments(words: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--targets", default="parley,plain", help="which servers, by commas")
    parser.add_argument("--workloads", default="w1,w2,w3,pages", help="of w1, w2, w3, pages; by commas")
    parser.add_argument("--senders", default="1,16,64", help="W1: people talking at once")
    parser.add_argument("--rates", default="200,500", help="W2: messages a second")
    parser.add_argument("--readers", default="1,4", help="pages: people reading at once")
    parser.add_argument("--rooms", type=int, default=100, help="rooms of three that are connected in W1 and W2")
    parser.add_argument("--sockets", type=int, default=999, help="W3: sockets that idle and are cut")
    parser.add_argument("--storm", type=int, default=2001, help="W3: sockets that come back after a kill")
    parser.add_argument("--messages", type=int, default=0, help="W4: messages stored before anything is measured")
    parser.add_argument("--filled-rooms", type=int, default=1000, help="W4: rooms those messages are in")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2, help="length of one measurement")
    parser.add_argument("--out", type=Path, help="write the table of medians to this file, too")
    return parser.parse_args(words)


async def measure(options: argparse.Namespace, targets: list[Target], report: Report) -> None:
    """Every workload, `rounds` times, the targets taking turns so that a noisy minute hits both."""
    chosen = options.workloads.split(",")

    async def rounds(workload: str, run: Callable[[Target], Awaitable[Figures]], times: int = options.rounds) -> None:
        for _ in range(times):
            for target in targets:
                report.add(workload, target.name, await run(target))

    if "w1" in chosen:
        for senders in map(int, options.senders.split(",")):
            await rounds(f"W1 {senders} senders", lambda t, n=senders: w1(t, options, n))  # type: ignore[misc]
    if "w2" in chosen:
        for rate in map(int, options.rates.split(",")):
            await rounds(f"W2 {rate}/s", lambda t, r=rate: w2(t, options, r))  # type: ignore[misc]
    if "pages" in chosen:
        for kind in ("history", "inbox", "search"):
            for readers in map(int, options.readers.split(",")):
                await rounds(f"{kind}, {readers} readers", lambda t, k=kind, r=readers: page(t, options, k, r))  # type: ignore[misc]
    if "w3" in chosen:
        # A server that was just restarted is the fair start for memory.
        await rounds("W3 idle", lambda target: fresh(target, options.sockets, storms.idle), 1)
        await rounds("W3 cut", lambda target: storms.cut(target.seats(options.sockets // 3)), 1)
        # The yard-stick cannot tell a retry from a new message, so only the product is killed.
        for target in targets:
            if isinstance(target, Parley):
                report.add("W3 killed", target.name, await storms.killed(target.seats(options.storm // 3)))


async def w1(target: Target, options: argparse.Namespace, senders: int) -> Figures:
    return await talk.closed_loop(target.seats(options.rooms), senders=senders, seconds=options.seconds)


async def w2(target: Target, options: argparse.Namespace, rate: int) -> Figures:
    return await talk.open_loop(target.seats(options.rooms), rate=rate, seconds=options.seconds)


async def page(target: Target, options: argparse.Namespace, kind: str, readers: int) -> Figures:
    seats = target.busy_seats() if options.messages else target.readers(options.rooms)
    path = (lambda seat, turn: target.page(kind, seat) + SEARCHED[turn % len(SEARCHED)]) if kind == "search" else (
        lambda seat, turn: target.page(kind, seat))  # fmt: skip
    return await pages.read_pages(seats, path, readers=readers, seconds=options.seconds)


async def fresh(target: Target, sockets: int, run: Callable[..., Awaitable[Figures]]) -> Figures:
    target.kill()
    await asyncio.to_thread(target.start)
    return await run(target.seats(sockets // 3))


async def unless_something_breaks(work: Coroutine[Any, Any, None]) -> None:
    """Run `work`; an exception in any callback (a frame nobody understands) ends it."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)
    broken: list[BaseException] = []

    def stop(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        broken.append(context.get("exception") or RuntimeError(context["message"]))
        task.cancel()

    loop.set_exception_handler(stop)
    try:
        await task
    except asyncio.CancelledError:
        raise broken[0] if broken else KeyboardInterrupt from None


def main() -> int:
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    report = Report()
    scene = servers.Scene()
    try:
        targets = start(scene, options)
        uvloop.run(unless_something_breaks(measure(options, targets, report)))
    finally:
        scene.close()
    table = report.markdown()
    print("\n" + table + "\n\n" + core())
    if options.out:
        options.out.write_text(f"`{' '.join(sys.argv[1:])}`\n\n{table}\n\n{core()}\n")
    return 1 if report.faults else 0


def start(scene: servers.Scene, options: argparse.Namespace) -> list[Target]:
    """The database, Redis and the chosen servers, filled and listening."""
    redis = servers.Redis(scene)
    postgres = servers.Postgres(scene) if options.database == "postgres" else None
    targets = []
    for name in options.targets.split(","):
        url = postgres.create(f"bench_{name}") if postgres else f"sqlite:///{scene.folder / name}.sqlite3"
        target = TARGETS[name](scene, url, redis, postgres.process.pid if postgres else None)
        target.seats(options.rooms)
        if options.messages:
            target.fill(rooms=options.filled_rooms, messages=options.messages)
        if postgres:
            postgres.analyze(f"bench_{name}")
        target.start()
        targets.append(target)
    return targets


if __name__ == "__main__":
    sys.exit(main())
