"""An article's Markdown as safe HTML: headings, paragraphs, lists, quotes, code and links. No raw HTML, no images."""

import re

import nh3
from markdown_it import MarkdownIt

_TAGS = {"h2", "h3", "p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
_RULES = [
    "heading", "fence", "blockquote", "list", "hr", "newline", "escape", "backticks", "emphasis", "link",
    "balance_pairs", "fragments_join",
]  # fmt: skip
_MARKS = re.compile(r"^#+\s*|^[-*>]\s+|[*`]|\[([^\]\n]*)\]\([^)\s]*\)", re.MULTILINE)
_LINK = re.compile(r"^(?:https?://|mailto:|/(?!/)|#)", re.IGNORECASE)


def render(text: str) -> str:
    """HTML that may stand in any page; no heading is of the first rank, which the title has."""
    html = _parser.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}, "ol": {"start"}}, link_rel="noopener").strip()


def plain(text: str) -> str:
    """The words alone, for search and for the first lines in a list."""
    return " ".join(_MARKS.sub(lambda found: found.group(1) or "", text).split())


def prose(text: str) -> str:
    """The words as sentences: what a heading says leads to what stands under it, and each entry of a list ends."""
    lines = []
    for line in text.splitlines():
        words = plain(line)
        if words and words[-1].isalnum():
            words += ":" if line.startswith("#") else "." if line.lstrip().startswith(("-", "*")) else ""
        lines.append(words)
    return " ".join(" ".join(lines).split())


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "maxNesting": 20}).enable(_RULES)
    parser.validateLink = lambda url: _LINK.match(url) is not None  # type: ignore[method-assign]
    return parser


_parser = _make_parser()
