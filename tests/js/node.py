"""The program that runs our scripts' own tests: node from the PATH, or the one that Playwright brings along."""

import shutil
from pathlib import Path

import playwright


def node() -> str | None:
    """Its path; None where there is none."""
    bundled = Path(playwright.__file__).parent / "driver" / "node"
    return shutil.which("node") or (str(bundled) if bundled.exists() else None)
