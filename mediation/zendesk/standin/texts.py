"""What becomes of words on their way in: white space, size, HTML, and the placeholders that agents may use."""

import html
import re
from typing import Any

import nh3

_PLACEHOLDER = re.compile(r"\{\{\s*([\w.\[\]-]+)[^{}]*\}\}")
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_BRACE_ENTITIES = re.compile(r"&#0*(?:123|125|37);?|&#x0*(?:7b|7d|25);?|&(?:lbrace|rbrace|lcub|rcub|percnt);", re.I)
_BREAKS = re.compile(r"<br\s*/?>|</p>|</div>|</li>|</h\d>|</blockquote>", re.I)
_ANY_TAG = re.compile(r"<[^>]*>")


def clean(value: Any) -> Any:
    """Half characters become the replacement mark and NUL goes: what is kept must be able to be shown."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def cut(text: str, most: int) -> str:
    """The first `most` bytes: silently, as Zendesk does."""
    return text.encode()[:most].decode(errors="ignore")


def collapsed(text: str) -> str:
    """A `body` loses its runs of blanks and its indents."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n]+", " ", text)).strip()


def expanded(text: str, values: dict[str, str], *, is_html: bool, in_entities: bool) -> str:
    """Placeholders filled in, tags of the template language taken out. One that is not known becomes nothing."""
    if is_html and in_entities:
        text = _BRACE_ENTITIES.sub(lambda found: html.unescape(found[0]), text)

    def value(found: re.Match[str]) -> str:
        words = values.get(found[1], "")
        return html.escape(words).replace("\n", "<br>") if is_html else words

    return _PLACEHOLDER.sub(value, _TAG.sub("", text))


def as_html(text: str) -> str:
    paragraphs = [html.escape(part).replace("\n", "<br>") for part in text.split("\n\n")]
    return '<div class="zd-comment" dir="auto">' + "".join(f"<p>{part}</p>" for part in paragraphs) + "</div>"


def safe_html(text: str) -> str:
    return nh3.clean(text)


def as_plain(text: str) -> str:
    """HTML as words in lines."""
    return html.unescape(_ANY_TAG.sub("", _BREAKS.sub("\n", text))).strip()
