"""A few messages through both servers: the yard-stick and the product are measured and found whole."""

import pytest
import uvloop

from benchmarks import load, servers
from benchmarks.report import Report


@pytest.fixture
def scene() -> servers.Scene:
    scene = servers.Scene()
    yield scene
    scene.close()


def test_both_servers_carry_a_few_messages_without_a_fault(scene: servers.Scene) -> None:
    words = "--database sqlite --rooms 2 --senders 2 --rates 20 --seconds 0.2 --rounds 1"
    words += " --workloads w1,w2,pages --readers 1"
    options, report = load.arguments(words.split()), Report()
    uvloop.run(load.measure(options, load.start(scene, options), report))
    for target in ("parley", "plain"):
        assert report.median("W1 2 senders", target, "acked") > 0
        assert report.median("W2 20/s", target, "acked") == 4
        assert report.median("history, 1 readers", target, "pages") > 0
    assert report.faults == 0
    assert "| W2 20/s | CPU-s/1,000 |" in report.markdown()
