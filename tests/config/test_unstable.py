"""What happens to a test that fails once (`tests/unstable.py`, decision 0030)."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOMETIMES = """
import pathlib, pytest

@pytest.mark.parametrize("which", range({unstable}))
def test_sometimes(which):
    seen = pathlib.Path(__file__).with_name(f"seen-{{which}}")
    first = not seen.exists()
    seen.touch()
    assert not first, "it rained"

def test_always():
    assert {well}
"""


def run(
    folder: Path, *, unstable: int, well: bool = True, options: tuple[str, ...] = ("--reruns", "1")
) -> tuple[int, str]:
    (folder / "test_it.py").write_text(SOMETIMES.format(unstable=unstable, well=well))
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.unstable",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
        *options,
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_calm_run_says_nothing_of_it(tmp_path: Path) -> None:
    code, said = run(tmp_path, unstable=0)
    assert (code, "UNSTABLE" in said) == (0, False)


@pytest.mark.parametrize("options", [("--reruns", "1"), ("--reruns", "1", "-n", "2")])
def test_what_failed_once_is_told_in_full(tmp_path: Path, options: tuple[str, ...]) -> None:
    code, said = run(tmp_path, unstable=2, options=options)
    assert code == 0
    assert "UNSTABLE" in said
    for which in range(2):
        assert f"test_it.py::test_sometimes[{which}]" in said.split("UNSTABLE")[1]
    assert said.split("UNSTABLE")[1].count("AssertionError: it rained") >= 2


def test_more_than_a_few_make_the_run_red(tmp_path: Path) -> None:
    code, said = run(tmp_path, unstable=4)
    assert (code, "more than 3 make the run red" in said) == (1, True)


def test_what_fails_twice_has_failed(tmp_path: Path) -> None:
    assert run(tmp_path, unstable=0, well=False)[0] == 1


def test_a_promise_is_tried_once(tmp_path: Path) -> None:
    assert run(tmp_path, unstable=1, options=())[0] == 1
