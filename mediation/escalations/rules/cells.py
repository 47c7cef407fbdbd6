"""Cells of a table for spreadsheets: what a program there would take for a formula is kept a text."""

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(text: object) -> str:
    """The text, with an apostrophe before what would be computed. Without control characters that hide a beginning."""
    said = "" if text is None else str(text).replace("\x00", "")
    return f"'{said}" if said.lstrip(" ").startswith(FORMULA_BEGINS) else said
