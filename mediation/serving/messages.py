"""Compiles `locale/*/LC_MESSAGES/*.po`, in Python, so that a fresh machine needs no gettext programs.

Imports nothing of Django: it runs before Django starts (`python -m mediation.serving.messages`).
"""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"


def compile_messages(folder: Path = LOCALE) -> int:
    """Write the `.mo` beside every `.po` that is newer than it. Returns how many were written."""
    written = 0
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        polib.pofile(str(source)).save_as_mofile(str(compiled))
        written += 1
    return written


if __name__ == "__main__":
    compile_messages()
