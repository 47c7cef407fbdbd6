"""One file out of a page's modules, so that a first visit asks for one script and not for a dozen; the same for styles.

In development every file is loaded as it lies there; `collectstatic` joins them. Our modules keep to what this can
read: `import { … } from "./x.js";`, and `export` before a function, class or const; comments that have a line of their
own are left out. A style sheet takes its parts by `@import "x.css" layer(y);`, and a part has none of its own. Anything
else stops the build.
"""

import posixpath
import re
from collections.abc import Callable
from itertools import groupby

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n?', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|class|const|let) (\w+)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
_AS = re.compile(r"\s+as\s+")
_PARTS = re.compile(r'(?:^@import "[^"]+" layer\(\w+\);\n)+', re.MULTILINE)
_PART = re.compile(r'@import "([^"]+)" layer\((\w+)\);')


def joined(entry: str, read: Callable[[str], str]) -> str:
    """The module `entry` with everything it imports, each once and after what it needs itself.

    `read` gives the text of a module by its path. Raises ValueError for a statement this cannot read.
    """
    parts: list[str] = []
    names: dict[str, str] = {}
    _add(entry, read, parts, names, ())
    return "\n".join(parts)


def _add(
    path: str, read: Callable[[str], str], parts: list[str], names: dict[str, str], above: tuple[str, ...]
) -> None:
    if path in names:
        return
    if path in above:
        raise ValueError(f"{path} imports itself: {' → '.join((*above, path))}")
    text = read(path)
    for found in _IMPORT.finditer(text):
        _add(_resolve(path, found.group(2)), read, parts, names, (*above, path))
    body = _IMPORT.sub(lambda found: _taken(found.group(1), names[_resolve(path, found.group(2))]), text)
    given = [found.group(2) for found in _EXPORT.finditer(body)]
    body = _COMMENT.sub("", _EXPORT.sub(r"\1 \2", body))
    if left := _LEFT.search(body):
        raise ValueError(f"{path}: {left.group()}")
    names[path] = _name(path, names)
    parts.append(f"// {path}\nconst {names[path]} = (() => {{\n{body}\nreturn {{ {', '.join(given)} }};\n}})();")


def _name(path: str, names: dict[str, str]) -> str:
    """Its file's, where no other module has that."""
    short, whole = (f"${re.sub(r'[^a-zA-Z0-9]', '_', name)}" for name in (posixpath.basename(path)[:-3], path))
    return whole if short in names.values() else short


def _resolve(path: str, wanted: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), wanted))


def _taken(imported: str, module: str) -> str:
    wanted = [_AS.sub(": ", name.strip()) for name in imported.split(",") if name.strip()]
    return f"const {{ {', '.join(wanted)} }} = {module};\n"


def joined_styles(sheet: str, read: Callable[[str], str]) -> str:
    """The style sheet with its parts where it takes them, neighbours of one layer together.

    `read` gives the text of a sheet by its path. Raises ValueError for an import this cannot read.
    """
    text = _PARTS.sub(lambda found: _layers(sheet, found.group(), read), read(sheet))
    if "@import" in text:
        raise ValueError(f"{sheet}: @import")
    return text


def _layers(sheet: str, imports: str, read: Callable[[str], str]) -> str:
    parts = groupby(_PART.findall(imports), key=lambda part: part[1])
    return "".join(
        f"@layer {layer} {{\n{''.join(read(_resolve(sheet, name)) for name, _ in named)}}}\n" for layer, named in parts
    )
