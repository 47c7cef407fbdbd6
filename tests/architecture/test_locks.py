"""The lock lists hold names and versions, no addresses, and name everything the project asks for."""

import re
import tomllib

import pytest

from tests.architecture.tree import ROOT

LISTS = ["requirements.lock", "requirements-dev.lock"]


@pytest.mark.parametrize("name", LISTS)
def test_a_lock_list_holds_names_and_versions_only(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9][a-z0-9-]*==[0-9A-Za-z.!+]+", line)] == []
    assert lines == sorted(lines, key=lambda line: line.split("==")[0])


def test_every_package_the_project_names_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = {line.split("==")[0] for name in LISTS for line in (ROOT / name).read_text().splitlines()}
    assert {name.lower().replace("_", "-") for name in named} - locked == set()


def test_no_package_is_locked_twice() -> None:
    locked = [line.split("==")[0] for name in LISTS for line in (ROOT / name).read_text().splitlines()]
    assert len(locked) == len(set(locked))
