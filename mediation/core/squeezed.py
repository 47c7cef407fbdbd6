"""Our styles and scripts as browsers need them: without comments, and without the space that makes them readable. That
is a tenth of what a first visit to a room loads.
"""

import re

# What is not ours to change: texts in quotes, addresses, patterns. Comments stand among them, so that neither is taken
# for the other; they go.
_CSS_KEPT = re.compile(r"""("[^"\n]*"|'[^'\n]*'|url\([^)]*\)|/\*.*?\*/)""", re.DOTALL)
_CSS_AROUND = re.compile(r" ?([{};,>]) ?|(:) ")  # before a colon, a space means "of what is inside"
_SPACE = re.compile(r"\s+")
# A pattern stands where a value can begin; elsewhere a slash divides.
_JS_KEPT = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\\n]|\\.)*`|//[^\n]*|/\*.*?\*/"""
    r"""|(?:(?<=[(,=:?!&|>{;\[])|(?<=return)) ?/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)""",
    re.DOTALL,
)
_JS_LINES = re.compile(r"[ \t]*\n\s*")
_JS_AROUND = re.compile(r" ?([{}()\[\];,=<>?:&|*]) ?")
_JS_LINE = re.compile(r"(?<=[;{,(])\n")  # where no statement can end


def squeezed(css: str) -> str:
    """The same rules in the same order."""
    parts = _CSS_KEPT.split("".join(_without_comments(_CSS_KEPT.split(css))))
    parts[::2] = [_CSS_AROUND.sub(r"\1\2", _SPACE.sub(" ", part)) for part in parts[::2]]
    return "".join(parts).replace(";}", "}").strip()


def squeezed_script(js: str) -> str:
    """The same statements. Raises ValueError for what this cannot read: a text over several lines, a text in a text."""
    parts = _without_comments(_JS_KEPT.split(js))
    for text in parts[1::2]:
        if text.startswith("`") and text.rfind("${") > text.rfind("}"):
            raise ValueError(text)
    parts[::2] = [_code(part) for part in parts[::2]]
    return _JS_LINE.sub("", "".join(parts)).strip()


def _without_comments(parts: list[str]) -> list[str]:
    parts[1::2] = ["" if part.startswith(("//", "/*")) else part for part in parts[1::2]]
    return parts


def _code(part: str) -> str:
    if quote := re.search("[\"'`]", part):
        raise ValueError(part[quote.start() :])
    return _JS_AROUND.sub(r"\1", _JS_LINES.sub("\n", part))
