"""The file list is the table of contents: the same few names everywhere, and small files."""

import statistics

import pytest

from tests.architecture.tree import files, long_files, short

FORBIDDEN = {"utils", "helpers", "services", "managers", "common", "misc", "lib"}
LONGEST = 300


def test_no_file_is_named_after_nothing() -> None:
    named = [path for path in files("accounts", "mediation", suffix=".py") if path.stem in FORBIDDEN]
    folders = [p for p in files("accounts", "mediation", suffix="__init__.py") if p.parent.name in FORBIDDEN]
    assert [short(path) for path in named + folders] == []


@pytest.mark.parametrize(
    ("folders", "suffix", "longest"),
    [
        (("accounts", "mediation"), ".py", LONGEST),
        (("tests", "benchmarks"), ".py", LONGEST),
        (("static/js",), ".js", LONGEST),
        (("static/css",), ".css", LONGEST),
    ],
)
def test_hardly_any_file_is_long(folders: tuple[str, ...], suffix: str, longest: int) -> None:
    found = [path for path in files(*folders, suffix=suffix) if "migrations" not in path.parts]
    assert long_files(found, limit=longest) == {}, "split these by noun"


def test_the_middle_file_is_short() -> None:
    found = [path for path in files("accounts", "mediation", suffix=".py") if "migrations" not in path.parts]
    assert statistics.median(len(path.read_text().splitlines()) for path in found) <= 80


def test_every_package_says_what_it_owns() -> None:
    tops = [p for p in files("mediation", "accounts", suffix="__init__.py") if short(p).count("/") <= 2]
    dictated = {"migrations", "templatetags", "management", "commands"}  # Django's folders, not ours
    silent = [short(p) for p in tops if not dictated.intersection(p.parts) and not p.read_text().startswith('"""')]
    assert silent == []
