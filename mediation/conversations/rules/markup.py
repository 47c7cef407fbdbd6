"""The text of a message as safe HTML: paragraphs, line breaks, bold, italic, code, quotes, lists and links.

No raw HTML, images or headings: those show as they were typed. Pure, and safe to call on anything; `text` itself is
stored as written, so a change here changes every message that was ever sent.
"""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

SCHEMES = frozenset({"http", "https", "mailto"})
MOST_BRACKETS = 400  # looking for links costs the square of these; with more, a bracket is just a bracket
CACHED_LENGTH = 2_000  # a longer text is rendered again rather than kept in memory

_ALLOWED = {"p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
_RULES = [
    "fence",
    "blockquote",
    "list",
    "newline",
    "escape",
    "backticks",
    "emphasis",
    "link",
    "autolink",
    "balance_pairs",
    "fragments_join",
]
# Embeddings, overrides and isolates could make a line read differently from what it says.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INLINE_MARKS = re.compile(r"[*_`\\\[\]\u202a-\u202e\u2066-\u2069\x00\r]|://|~~~|[ \t]\n|\n[ \t]")
_BLOCK_MARKS = re.compile(r"^(?:[-+>]|\d{1,9}[.)](?:[ \t]|$))", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{2,}")
_SCHEME_BEFORE = re.compile(r"(?:^|[^a-z0-9])(https?)$", re.IGNORECASE)
_URL_AFTER = re.compile(r"://\w[^\s<>\"`\[\]\\]*")
_ALLOWED_URL = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)


def render(text: str) -> str:
    """The text as HTML that may stand in any page. An empty text is an empty string."""
    text = text.strip()
    if not text:
        return ""
    if _INLINE_MARKS.search(text) is None and _BLOCK_MARKS.search(text) is None:
        return _plain(text)
    return _render_short(text) if len(text) <= CACHED_LENGTH else _render(text)


def _plain(text: str) -> str:
    """What `_render` makes of a text without any mark, at a hundredth of the cost."""
    html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" in html:
        html = _BLANK_LINES.sub('</p>\n<p dir="auto">', html)
        html = html.replace("\n", "<br>\n").replace("</p><br>\n", "</p>\n")
    return f'<p dir="auto">{html}</p>'


def _render(text: str) -> str:
    parser = _parser if text.count("[") <= MOST_BRACKETS else _parser_without_links
    html = parser.render(_BIDI.sub("", text))
    return nh3.clean(
        html,
        tags=_ALLOWED,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=set(SCHEMES),
        link_rel="noopener nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}, "p": {"dir": "auto"}, "li": {"dir": "auto"}},
    ).strip()


_render_short = lru_cache(maxsize=2048)(_render)


def _bare_link(state: StateInline, silent: bool) -> bool:
    """Inline rule: `https://…` in the text becomes a link, without the punctuation that ends the sentence."""
    if state.src[state.pos] != ":" or state.linkLevel > 0:
        return False
    before = _SCHEME_BEFORE.search(state.pending[-6:])
    after = _URL_AFTER.match(state.src, state.pos)
    if before is None or after is None:
        return False
    tail = _without_final_punctuation(after.group())
    if len(tail) <= len("://"):
        return False
    if not silent:
        scheme = before.group(1)
        state.pending = state.pending[: -len(scheme)]
        url = scheme + tail
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(url)}
        state.push("text", "", 0).content = url
        state.push("link_close", "a", -1)
    state.pos += len(tail)
    return True


def _without_final_punctuation(url: str) -> str:
    while url and (
        url[-1] in ".,:;!?'\"*_~" or (url[-1] in ")]" and url.count(url[-1]) > url.count("(["[url[-1] == "]"]))
    ):
        url = url[:-1]
    return url


def _make_parser() -> MarkdownIt:
    # What is nested deeper than maxNesting would vanish, so it is far beyond what anybody writes.
    parser = MarkdownIt("zero", {"breaks": True, "html": False, "maxNesting": 100}).enable(_RULES)
    parser.validateLink = lambda url: _ALLOWED_URL.match(url) is not None  # type: ignore[method-assign]
    parser.inline.ruler.before("escape", "bare_link", _bare_link)
    return parser


_parser = _make_parser()
_parser_without_links = _make_parser().disable("link")
