"""The project's own files, for the tests that look at them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_NOT_OURS = {
    ".venv",
    ".git",
    ".run",
    "node_modules",
    "staticfiles",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    "media",
}


def files(*folders: str, suffix: str) -> list[Path]:
    """Every file with that suffix below the folders."""
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob(f"*{suffix}")
        if not _NOT_OURS.intersection(path.relative_to(ROOT).parts)
    )


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def long_files(paths: list[Path], *, limit: int) -> dict[str, int]:
    """Files with more lines than `limit`."""
    lengths = {short(path): len(path.read_text().splitlines()) for path in paths}
    return {name: length for name, length in lengths.items() if length > limit}
