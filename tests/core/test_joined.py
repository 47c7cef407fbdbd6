"""Modules joined into one file behave as they did apart."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from mediation.core.joined import joined, joined_styles
from mediation.core.squeezed import squeezed_script
from mediation.core.storage import JOINED


def read_of(files: dict[str, str]):  # type: ignore[no-untyped-def]
    return files.__getitem__


def test_each_module_stands_once_and_after_what_it_needs() -> None:
    files = {
        "js/room/main.js": 'import { one as first } from "../lib/a.js";\nimport { two } from "./b.js";\nuse(first);\n',
        "js/room/b.js": 'import { one } from "../lib/a.js";\nexport const two = one + one;\n',
        "js/lib/a.js": "const hidden = 1;\nexport const one = hidden;\n",
    }
    text = joined("js/room/main.js", read_of(files))
    assert text.count("const hidden") == 1
    assert text.index("const hidden") < text.index("const two") < text.index("use(first)")
    assert "const { one: first } = $a;" in text
    assert "import" not in text.replace("imports", "")


@pytest.mark.parametrize(
    "line", ['import "./b.js";', "export default 1;", "export { a };", 'import * as b from "./b.js";']
)
def test_a_statement_that_cannot_be_joined_stops_the_build(line: str) -> None:
    with pytest.raises(ValueError, match=r"a\.js"):
        joined("js/a.js", read_of({"js/a.js": line + "\n", "js/b.js": "export const b = 1;\n"}))


def test_modules_in_a_circle_stop_the_build() -> None:
    files = {
        "a.js": 'import { b } from "./b.js";\nexport const a = 1;\n',
        "b.js": 'import { a } from "./a.js";\nexport const b = 1;\n',
    }
    with pytest.raises(ValueError, match="imports itself"):
        joined("a.js", read_of(files))


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@pytest.mark.parametrize("entry", JOINED)
def test_a_pages_scripts_join_into_one_that_parses(tmp_path: Path, entry: str) -> None:
    static = Path(settings.BASE_DIR) / "static"
    file = tmp_path / "room.mjs"
    file.write_text(squeezed_script(joined(entry, lambda path: (static / path).read_text())))
    done = subprocess.run(["node", "--check", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_style_sheets_parts_stand_in_their_layers_and_in_their_order() -> None:
    files = {
        "css/main.css": '/* all */\n@layer base, parts;\n@import "base.css" layer(base);\n'
        '@import "parts/a.css" layer(parts);\n@import "parts/b.css" layer(parts);\np { q: r }\n',
        "css/base.css": "b { c: d }\n",
        "css/parts/a.css": "e { f: g }\n",
        "css/parts/b.css": "h { i: j }\n",
    }
    assert joined_styles("css/main.css", read_of(files)) == (
        "/* all */\n@layer base, parts;\n@layer base {\nb { c: d }\n}\n"
        "@layer parts {\ne { f: g }\nh { i: j }\n}\np { q: r }\n"
    )


@pytest.mark.parametrize(
    "line",
    ['@import "b.css";', '@import url("b.css") layer(a);', '@import "b.css" layer(a) print;', "@import 'b.css';"],
)
def test_an_import_of_styles_that_cannot_be_joined_stops_the_build(line: str) -> None:
    with pytest.raises(ValueError, match=r"a\.css"):
        joined_styles("css/a.css", read_of({"css/a.css": line + "\n", "css/b.css": "a { b: c }\n"}))


def test_a_part_of_a_style_sheet_has_no_parts_of_its_own() -> None:
    files = {"a.css": '@import "b.css" layer(x);\n', "b.css": '@import "c.css" layer(x);\n', "c.css": ""}
    with pytest.raises(ValueError, match=r"a\.css"):
        joined_styles("a.css", read_of(files))
