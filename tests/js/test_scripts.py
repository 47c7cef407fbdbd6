"""The page's pure scripts have their tests in JavaScript; this runs them with the others."""

import subprocess
from pathlib import Path

import pytest

from tests.js.node import node

HERE = Path(__file__).parent


@pytest.mark.skipif(node() is None, reason="there is no node, not even Playwright's")
def test_the_scripts_pass_their_own_tests() -> None:
    files = sorted(str(path) for path in HERE.glob("*.test.js"))
    done = subprocess.run([node(), "--test", *files], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
