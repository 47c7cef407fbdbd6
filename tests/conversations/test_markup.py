"""Messages are text that may look a little better, and can never do anything."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mediation.conversations.rules import markup
from mediation.conversations.rules.markup import render
from mediation.conversations.rules.text import fold, preview, words

LINK = 'target="_blank" rel="noopener nofollow"'
TAG = re.compile(r"<[^>]*>")
ALLOWED_TAG = re.compile(
    r"""</?(?:p|br|strong|em|code|pre|blockquote|ul|ol|li|a)>|<p\ dir="auto">|<li\ dir="auto">|<ol\ start="\d+">
    |<a(?:\ href="(?:https?://|mailto:)[^"<>]*"(?:\ title="[^"<>]*")?)?\ target="_blank"\ rel="noopener\ nofollow">""",
    re.VERBOSE | re.IGNORECASE,
)


def p(html: str) -> str:
    return f'<p dir="auto">{html}</p>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("  \n ", ""),
        ("Hello", p("Hello")),
        ("one\ntwo\n\n\nthree", p("one<br>\ntwo") + "\n" + p("three")),
        ("**bold** *italic* `co<de`", p("<strong>bold</strong> <em>italic</em> <code>co&lt;de</code>")),
        ("```js\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("> quoted", f"<blockquote>\n{p('quoted')}\n</blockquote>"),
        ("- a\n- b", '<ul>\n<li dir="auto">a</li>\n<li dir="auto">b</li>\n</ul>'),
        ("3. a", '<ol start="3">\n<li dir="auto">a</li>\n</ol>'),
        ("snake_case_name and 2*3*4", p("snake_case_name and 2<em>3</em>4")),
        ("# not a heading", p("# not a heading")),
        ("<b>&amp;</b>", p("&lt;b&gt;&amp;amp;&lt;/b&gt;")),
        ("5 < 6 & 7 > 6", p("5 &lt; 6 &amp; 7 &gt; 6")),
        ("3.5 hours, -5 degrees", p("3.5 hours, -5 degrees")),
        (
            "See https://a.example/b_c_d.",
            p(f'See <a href="https://a.example/b_c_d" {LINK}>https://a.example/b_c_d</a>.'),
        ),
        ("(https://a.example/x_(y))", p(f'(<a href="https://a.example/x_(y)" {LINK}>https://a.example/x_(y)</a>)')),
        ("[words](https://a.example)", p(f'<a href="https://a.example" {LINK}>words</a>')),
        ("[mail](mailto:a@b.example)", p(f'<a href="mailto:a@b.example" {LINK}>mail</a>')),
        ("[x](javascript:alert(1))", p("[x](javascript:alert(1))")),
        ("[x](data:text/html,x)", p("[x](data:text/html,x)")),
        ("javascript://a.example/%0aalert(1)", p("javascript://a.example/%0aalert(1)")),
        ("![x](https://a.example/x.png)", p(f'!<a href="https://a.example/x.png" {LINK}>x</a>')),
        ("\u202ereversed\u2066", p("reversed")),
    ],
)
def test_what_the_marks_mean(text: str, html: str) -> None:
    assert render(text) == html


@given(st.text(max_size=400))
def test_only_harmless_tags_come_out(text: str) -> None:
    for tag in TAG.findall(render(text)):
        assert ALLOWED_TAG.fullmatch(tag), tag


PARTS = (
    """<script> javascript: ]( [ ) ` > - 1. * _ < > " ' https:// a &#60; \\ <!-- <a mailto: onclick= <img onerror="""
)
HOSTILE = st.lists(st.sampled_from([*PARTS.split(), "```\n", "\n", "\n\n", " ", "\t", "\u202e"]), max_size=40).map(
    "".join
)


@given(HOSTILE)
def test_no_combination_of_marks_makes_anything_else(text: str) -> None:
    for tag in TAG.findall(render(text)):
        assert ALLOWED_TAG.fullmatch(tag), tag


@given(st.text(st.sampled_from("ab .,!?&<>'\"#+=()-1\n"), max_size=60))
def test_the_fast_path_and_the_parser_agree(text: str) -> None:
    text = text.strip()
    if text and markup._INLINE_MARKS.search(text) is None and markup._BLOCK_MARKS.search(text) is None:
        assert markup._plain(text) == markup._render(text)


@given(HOSTILE, HOSTILE)
@example("> " * 90, "")
@example("[" * 1000, "")
def test_nothing_that_was_written_is_lost(before: str, after: str) -> None:
    assert "needle" in render(f"{before}needle{after}")


@pytest.mark.parametrize(
    "part",
    ["[", "![](", "[a](b", "*a **b ", "> ", "- ", "`", ":", "https://", "https://a)", "<a ", "\\", "_*", "1. a\n"],
)
def test_no_text_takes_long(part: str) -> None:
    started = time.process_time()
    render((part * 20_000)[:20_000])
    assert time.process_time() - started < 2.0, "a sender could hold up everybody's messages"


def test_text_is_folded_for_search() -> None:
    assert fold("Straße, Éclair, Łódź, Ærø") == "strasse, eclair, lodz, aero"
    assert words("It's 5,50 € — naïve?") == ["it", "s", "5", "50", "naive"]
    assert words("\U0001d413x") == ["tx"]


@given(st.text(max_size=100))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


def test_a_preview_is_one_line_without_marks() -> None:
    assert preview("**Hello**\n\n> [there](https://a.example) `x` snake_case") == "Hello there x snake_case"
    assert len(preview("word " * 100)) <= 140
