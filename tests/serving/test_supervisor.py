"""The supervisor with small stand-ins for children: they come back, stop in order, and never outlive it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mediation.serving.child import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Child
from mediation.serving.supervisor import Supervisor

PATIENCE_SECONDS = 20
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
POLITE = "import time; time.sleep(60)"


def child(name: str, code: str, *, stops_in: int = 1, stop_seconds: float = 3) -> Child:
    return Child(name, [sys.executable, "-c", code], stops_in, stop_seconds=stop_seconds)


def eventually(true: Callable[[], object]) -> None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < give_up_at
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_child_comes_back_and_its_death_is_told() -> None:
    told: list[str] = []
    supervisor = Supervisor(ready_url="http://127.0.0.1:9/", say=told.append)
    supervisor.start(child("web", POLITE))
    first = supervisor.children[0].process
    first.kill()
    first.wait()

    def is_back() -> bool:
        supervisor.bring_back_the_dead()
        return supervisor.children[0].process is not first

    eventually(is_back)
    supervisor.stop()
    assert told == [f"web ended (SIGKILL); back in {FIRST_PAUSE_SECONDS:.2g} s"]


def test_pauses_grow_while_a_child_keeps_dying_and_have_an_end() -> None:
    unlucky, pauses = child("web", "raise SystemExit(3)"), []
    for _turn in range(8):
        unlucky.start()
        unlucky.process.wait()
        unlucky.is_due_again()
        pauses.append(unlucky.pause)
    assert pauses == sorted(pauses)
    assert pauses[0] == FIRST_PAUSE_SECONDS
    assert pauses[-1] == LONGEST_PAUSE_SECONDS


def test_children_stop_turn_by_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(Child, "ask_to_stop", lambda self: asked.append(self.name))
    supervisor = Supervisor(ready_url="", say=lambda words: None)
    supervisor.children = [
        child("valkey", POLITE, stops_in=3),
        child("web", POLITE, stops_in=1),
        child("worker", POLITE, stops_in=2),
        child("beat", POLITE, stops_in=2),
    ]
    supervisor.stop()
    assert asked == ["web", "worker", "beat", "valkey"]


def test_a_child_that_will_not_stop_is_killed() -> None:
    stubborn = Child("web", [sys.executable, "-c", STUBBORN], 1, stop_seconds=0.2)
    stubborn.start()
    eventually(lambda: "SigIgn:\t0000000000000000" not in Path(f"/proc/{stubborn.process.pid}/status").read_text())
    eventually(lambda: int(_ignored(stubborn.process.pid), 16) & (1 << (signal.SIGTERM - 1)))
    stubborn.ask_to_stop()
    assert stubborn.wait_stopped() is False
    assert stubborn.exit_status() == -signal.SIGKILL


def _ignored(pid: int) -> str:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith("SigIgn"))


def test_children_of_one_turn_share_its_time() -> None:
    pair = [Child(name, [sys.executable, "-c", STUBBORN], 1, stop_seconds=1) for name in ("worker", "beat")]
    for each in pair:
        each.start()
        each.ask_to_stop()
    assert pair[0].stops_by + 1 > pair[1].stops_by
    for each in pair:
        each.wait_stopped()
    assert all(each.exit_status() is not None for each in pair)


def test_all_stop_times_together_stay_within_ten_seconds() -> None:
    from mediation.serving.management.commands.serve import STORE_STOPS_WITHIN_SECONDS, our_processes

    turns = {3: STORE_STOPS_WITHIN_SECONDS}
    for process in our_processes("127.0.0.1", 8000, with_demo=True):
        turns[process.stops_in] = max(turns.get(process.stops_in, 0), process.stop_seconds)
    assert sum(turns.values()) <= 10


def test_the_stand_in_for_zendesk_comes_with_the_demo_and_only_without_a_real_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from mediation.serving.management.commands.serve import our_processes

    for name in [*os.environ]:
        if name.startswith(("ZENDESK_", "PUBLIC_URL")):
            monkeypatch.delenv(name)

    def started(*, with_demo: bool) -> dict[str, Child]:
        return {child.name: child for child in our_processes("127.0.0.1", 8000, with_demo=with_demo)}

    assert set(started(with_demo=False)) == {"web", "worker", "beat"}
    children = started(with_demo=True)
    assert {children[name].env["ZENDESK_URL"] for name in ("web", "worker", "beat", "zendesk")} == {
        children["zendesk"].env["ZENDESK_URL"]
    }
    assert "--webhook-to=http://127.0.0.1:8000/zendesk/webhook/" in children["zendesk"].command
    monkeypatch.setenv("ZENDESK_URL", "https://parley.zendesk.com")
    assert set(started(with_demo=True)) == {"web", "worker", "beat"}


def test_a_taken_port_is_not_given_out() -> None:
    from mediation.serving.zendesk import free_port

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) not in (0, port)
    assert free_port(port) == port


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_children_die_with_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import sys, time; from pathlib import Path; from mediation.serving.child import Child;"
        f"c = Child('web', [sys.executable, '-c', {POLITE!r}], 1); c.start();"
        f"Path({str(note)!r}).write_text(str(c.process.pid)); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    eventually(lambda: note.exists() and note.read_text())
    pid = int(note.read_text())
    assert is_alive(pid)
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    eventually(lambda: not is_alive(pid))
