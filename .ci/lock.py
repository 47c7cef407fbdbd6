"""Writes requirements.lock and requirements-dev.lock: `name==version`, every package, no registry addresses.

The names come from pyproject.toml, the versions from the environment this runs in. Run it with `make lock`.
"""

import importlib.metadata
import tomllib
from collections.abc import Iterable
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def closure(names: Iterable[str]) -> set[str]:
    """The named packages and everything they need here, by canonical name."""
    seen: set[tuple[str, str]] = set()  # a package, and an extra of it ("" for the package itself)
    waiting = [(canonicalize_name(name), "") for name in names]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for line in importlib.metadata.requires(name) or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                waiting += [(canonicalize_name(need.name), wanted) for wanted in ("", *need.extras)]
    return {name for name, _extra in seen}


def lines(names: Iterable[str]) -> str:
    return "".join(f"{name}=={importlib.metadata.version(name)}\n" for name in sorted(names))


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    running = closure(project["project"]["dependencies"])
    developing = closure(project["dependency-groups"]["dev"])
    (ROOT / "requirements.lock").write_text(lines(running))
    (ROOT / "requirements-dev.lock").write_text(lines(developing - running))
    print(f"{len(running)} packages to run, {len(developing - running)} more to develop")


if __name__ == "__main__":
    main()
