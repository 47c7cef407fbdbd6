"""Styles and scripts without what only we read mean what they meant."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from mediation.core.squeezed import squeezed, squeezed_script

STATIC = Path(settings.BASE_DIR) / "static"
STYLES = [
    ("/* said */ a { color: red; }\n", "a{color:red}"),
    ("a :hover, b:hover > c { top: calc(1px + 2px) }", "a :hover,b:hover>c{top:calc(1px + 2px)}"),
    ('q::before { content: " ;  { " ; }', 'q::before{content:" ;  { "}'),
    ("a { background: url(data:a;b, c) }", "a{background:url(data:a;b, c)}"),
    ("a { b: c }\n\n/* said */\n\nd { e: f }", "a{b:c}d{e:f}"),
    ("@media (min-width: 2rem) and (hover) { a { b: c } }", "@media (min-width:2rem) and (hover){a{b:c}}"),
    ("/* \"it's */ a { b: '/* no */'; }", "a{b:'/* no */'}"),
]


@pytest.mark.parametrize(("css", "short"), STYLES)
def test_styles_keep_what_counts(css: str, short: str) -> None:
    assert squeezed(css) == short
    assert squeezed(short) == short


@pytest.mark.parametrize("name", sorted(str(path.relative_to(STATIC)) for path in (STATIC / "css").rglob("*.css")))
def test_our_styles_have_as_many_rules_as_before(name: str) -> None:
    text = (STATIC / name).read_text()
    short = squeezed(text)
    bare = text.count("/*")
    assert "/*" not in short
    assert short.count("{") >= text.count("{") - bare
    assert short.count("{") == short.count("}")
    assert len(short) < len(text)


SCRIPT = r"""
// It's a "comment" with a `quote`.
const texts = ["a  b // c", 'it  is', `x  ${1 + 1}  { y }`]; /* and " another */
const found = "a / b  {  c }".match(/[/{}]  \w/g) ?? [ ];
const half = ( 4 / 2 ) / 2;
const add = (a, b = { c: [1,  2] }) => {
  return a
    + b.c.length - -1;
};
class Box {
  #in = 3;
  static of( n ) { return n > 2 ? / {2}/.test("a  b") : null; }
  get out() { return this.#in; }
}
let late = 0
late += add(1)
for (const one of [ 1, 2 ]) late += one;
process.stdout.write(JSON.stringify([texts, found, half, late, Box.of(3), new Box().out]));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_a_script_does_what_it_did() -> None:
    def said(script: str) -> str:
        return subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True).stdout

    short = squeezed_script(SCRIPT)
    assert "comment" not in short
    assert len(short) < len(SCRIPT) - 80
    assert said(short) == said(SCRIPT)


@pytest.mark.parametrize("script", ["const a = `one\ntwo`;", "const a = `one ${b ? `two` : 3}`;"])
def test_a_text_it_cannot_read_stops_the_build(script: str) -> None:
    with pytest.raises(ValueError, match="`"):
        squeezed_script(script)
