"""CPU seconds and memory of the server's processes, read from /proc (Linux)."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
ADDITIONS = 5_000_000


def core() -> str:
    """How fast this core is at this hour: machines of one kind were seen to differ by more than two."""
    best = min(_add() for _ in range(3))
    return f"This core adds {ADDITIONS:,} whole numbers in {best:.2f} CPU-s: compare times with those of an equal core."


def _add() -> float:
    begin, total = time.process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return time.process_time() - begin


def _stat(pid: int) -> tuple[int, float]:
    """Parent and CPU seconds of a process, its dead and reaped children included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[1]), sum(int(ticks) for ticks in fields[11:15]) / TICKS


def tree(root: int) -> dict[int, float]:
    """CPU seconds of `root` and of all its living descendants, by process id."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parents[int(entry)], spent[int(entry)] = _stat(int(entry))
            except (FileNotFoundError, ProcessLookupError):
                continue
    family = {root} & spent.keys()
    grown = True
    while grown:
        children = {pid for pid, parent in parents.items() if parent in family} - family
        family |= children
        grown = bool(children)
    return {pid: spent[pid] for pid in family}


def cpu_seconds(root: int) -> float:
    """CPU seconds of a process tree since it started."""
    return sum(tree(root).values())


def memory_bytes(root: int) -> int:
    """Proportional set size of a process tree: shared pages are counted once."""
    total = 0
    for pid in tree(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    return total


@dataclass
class Meter:
    """The CPU that named process trees spend between `start` and `stop`."""

    roots: dict[str, int]

    def start(self) -> "Meter":
        self._before = {name: cpu_seconds(pid) for name, pid in self.roots.items()}
        return self

    def stop(self) -> dict[str, float]:
        """CPU seconds by name since `start`."""
        return {name: cpu_seconds(pid) - self._before[name] for name, pid in self.roots.items()}
