"""The two files of the demo, drawn by code: a screenshot of a phone and a one-page PDF."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont


def phone_screenshot() -> bytes:
    """A checkout on a phone whose pay button hides under the cookie bar, as PNG."""
    page = Image.new("RGB", (780, 1560), "#f6f4ef")
    draw = ImageDraw.Draw(page)
    _text(draw, (48, 60), "Harbor & Pine", 44, "#24443c")
    _text(draw, (48, 170), "Checkout", 60, "#1d1d1b")
    for line, (label, value) in enumerate(_ORDER):
        top = 300 + 150 * line
        draw.rounded_rectangle((48, top, 732, top + 120), 18, fill="#ffffff", outline="#d9d4c8", width=3)
        _text(draw, (76, top + 16), label, 26, "#7a756a")
        _text(draw, (76, top + 56), value, 36, "#1d1d1b")
    draw.rounded_rectangle((48, 1330, 732, 1450), 24, fill="#1f6f5c")
    _text(draw, (290, 1362), "Pay £84.00", 44, "#ffffff")
    draw.rectangle((0, 1290, 780, 1560), fill="#2b2b29")
    _text(draw, (48, 1330), "We use cookies to make this shop better.", 30, "#ffffff")
    draw.rounded_rectangle((48, 1410, 380, 1500), 18, fill="#ffffff")
    _text(draw, (140, 1432), "Accept", 36, "#1d1d1b")
    out = BytesIO()
    page.save(out, "PNG", optimize=True)
    return out.getvalue()


_ORDER = [
    ("Item", "Walnut side table, 45 cm"),
    ("Deliver to", "14 Quay Street, Whitby"),
    ("Delivery", "Thursday, before noon"),
    ("Card", "ending in 4021"),
    ("Gift note", "Happy new home"),
]


def _text(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, fill: str) -> None:
    draw.text(at, text, fill=fill, font=ImageFont.load_default(size))


def one_page_pdf(title: str, lines: list[str]) -> bytes:
    """A page of plain text with real, selectable words. ASCII only."""
    words = [f"BT /F1 18 Tf 60 770 Td ({_escaped(title)}) Tj ET", "BT /F1 11 Tf 60 735 Td 16 TL"]
    words += [f"({_escaped(line)}) Tj T*" for line in lines]
    stream = "\n".join([*words, "ET"]).encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, table, len(objects) + 1, len(out),
    )  # fmt: skip
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
