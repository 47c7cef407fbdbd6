"""The case file as a PDF: the same parts as the page, on A4, with numbered pages. Text stays text: it can be searched,
copied and read aloud.
"""

from typing import Any

import ttf_opensans
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from mediation.web.casebook.book import Book, Part

FONT = "open"
MARGIN_MM, BODY, SMALL, TINY = 18, 9.5, 8, 6.5
GREY, LINE = (90, 100, 105), (205, 213, 216)
HASH_LENGTH = 64


class _Pages(FPDF):
    """Pages with the file's title and their number at the foot."""

    foot = ""

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FONT, size=SMALL)
        self.set_text_color(*GREY)
        page = _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(0, 6, f"{self.foot} · {page}", align="C")
        self.set_text_color(0)


def draw(book: Book, *, language: str, seal: str) -> bytes:
    """The book on paper. Characters that the font lacks are drawn as a box."""
    pages = _Pages(format="A4")
    pages.set_margin(MARGIN_MM)
    pages.set_auto_page_break(auto=True, margin=20)
    pages.add_font(FONT, fname=str(ttf_opensans.OPENSANS_REGULAR.path))
    pages.add_font(FONT, style="B", fname=str(ttf_opensans.OPENSANS_SEMIBOLD.path))
    pages.set_lang(language)
    pages.set_title(book.title)
    pages.set_creator("Parley")
    pages.foot = f"Parley · {book.title}"
    pages.add_page()
    _line(pages, book.title, size=17, style="B")
    _line(pages, book.subtitle, size=BODY, grey=True)
    for part in book.parts:
        _part(pages, part)
    pages.ln(4)
    _line(pages, _("Seal of the whole file: %(seal)s") % {"seal": seal}, size=TINY, grey=True)
    return bytes(pages.output())


def _part(pages: FPDF, part: Part) -> None:
    pages.ln(4)
    if pages.will_page_break(22):
        pages.add_page()
    pages.start_section(_clean(part.title))
    _line(pages, part.title, size=12, style="B")
    for label, text in part.facts:
        _fact(pages, label, text)
    for one in part.said:
        _line(pages, " · ".join(filter(None, (one.who, one.when))), size=SMALL, style="B")
        if one.text:
            _line(pages, one.text, size=BODY)
    if part.rows:
        _table(pages, part)
    if part.note:
        _line(pages, part.note, size=SMALL, grey=True)


def _fact(pages: FPDF, label: str, text: str) -> None:
    pages.set_font(FONT, size=SMALL)
    pages.set_text_color(*GREY)
    pages.cell(48, 5.4, _clean(label))
    pages.set_text_color(0)
    pages.set_font(FONT, size=TINY if _is_hash(text) else BODY)
    pages.multi_cell(0, 5.4, _clean(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _table(pages: FPDF, part: Part) -> None:
    pages.set_font(FONT, size=SMALL)
    pages.set_draw_color(*LINE)
    widths = [_width(part, column) for column in range(len(part.head))]
    style: dict[str, Any] = {"col_widths": tuple(widths), "line_height": 4, "text_align": "LEFT", "padding": 1}
    with pages.table(**style, headings_style=FontFace(emphasis="BOLD"), borders_layout="HORIZONTAL_LINES") as table:
        for cells in (part.head, *part.rows):
            row = table.row()
            for cell in cells:
                row.cell(_clean(_halved(cell)), style=FontFace(size_pt=TINY) if _is_hash(cell) else None)


def _width(part: Part, column: int) -> float:
    """As wide as what stands in it asks for, within bounds."""
    longest = max(len(line) for cells in (part.head, *part.rows) for line in (cells[column].split("\n") or [""]))
    return 34 if longest == HASH_LENGTH else min(max(longest, 5), 30)


def _line(pages: FPDF, text: str, *, size: float, style: str = "", grey: bool = False) -> None:
    pages.set_font(FONT, style="B" if style else "", size=size)
    pages.set_text_color(*(GREY if grey else (0, 0, 0)))
    pages.multi_cell(0, size * 0.53, _clean(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pages.set_text_color(0)


def _is_hash(text: str) -> bool:
    return len(text) == HASH_LENGTH and " " not in text


def _halved(text: str) -> str:
    """A fingerprint on two lines, so that its column stays narrow."""
    return f"{text[:32]}\n{text[32:]}" if _is_hash(text) else text


def _clean(text: str) -> str:
    """Without control characters, which a PDF cannot hold."""
    return "".join(
        letter for letter in text.replace("\N{NO-BREAK SPACE}", " ") if letter == "\n" or letter.isprintable()
    )
