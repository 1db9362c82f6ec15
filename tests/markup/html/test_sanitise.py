"""Raw HTML in Markdown: what is kept and what is not."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.markup.html import sanitise
from duly.markup.html import to_html as markup
from duly.markup.html.nesting import DEEPEST, depth
from duly.markup.html.sanitise import sanitise as sanitised
from duly.markup.html.to_html import to_html


@pytest.mark.parametrize(
    "html",
    [
        "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
        "H<sub>2</sub>O x<sup>2</sup>",
        "<mark>m</mark> <kbd>k</kbd>",
        '<span class="x" lang="ja">直</span>',
        "<u>u</u><b>b</b><br>i",
        '<a href="https://a.example/?b&amp;c">x</a>',
        '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
        "<details><summary>s</summary>t</details>",
    ],
)
def test_visible_elements_are_kept(html: str) -> None:
    assert to_html(html) == html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("a <script>alert(1)</script>b", "a b"),
        ("<b onclick='x()' style='color:red'>b</b>", "<b>b</b>"),
        ("a<iframe src='x'>y</iframe>b", "ab"),
        ("<a href='javascript:x()'>b</a>", "<a>b</a>"),
        ("[b](javascript:x())", '<a href="">b</a>'),
        ("<b>[b](javascript:x())</b>", "<b><a>b</a></b>"),
        ("<img src=x onerror=alert(1)>", '<img src="x">'),
        ("<font color=red>b</font>", "b"),
        ("a <!-- no --> b", "a  b"),
        ("<svg onload=x()>b</svg>", "b"),
    ],
)
def test_active_elements_are_removed_and_their_text_stays(html: str, clean: str) -> None:
    assert to_html(html) == clean


@pytest.mark.parametrize("text", ["std::vector<int> v", "a <T> b", "Dict<K>"])
def test_unknown_tags_are_text(text: str) -> None:
    assert to_html(text) == text.replace("<", "&lt;").replace(">", "&gt;")


def test_an_input_is_a_check_box_that_cannot_be_used() -> None:
    html = to_html("a <input type=password name=x>")
    assert 'type="checkbox"' in html
    assert "disabled" in html
    assert "password" not in html


@pytest.mark.parametrize("more", ["", ' class="x"', ' title="&lt;input&gt; b" checked=""'])
def test_a_check_box_is_the_same_text_in_every_process(more: str) -> None:
    for _ in range(20):
        sanitise._cleaner.cache_clear()  # another cleaner has another order of what it adds, as another process has
        assert sanitise.sanitise(f"<input{more}>") == f'<input{more} type="checkbox" disabled="">'


PIECES = (
    *("<b>", "</b>", "<i>", "</i>", "<ul>", "<li>", "</ul>", "<p>", "</p>", "<table>", "<tr>", "<td>", "<int>"),
    *("<script>", "</script>", "<a href='javascript:x'>", "<img src=x onerror=y>", "<svg>", "<style>", "<!--", "-->"),
    *("<input type=text disabled>", "&lt;", "<", ">", "&", '"', "x", " ", "中"),
)


MARKDOWN = (
    *(
        "**",
        "*",
        "`",
        "~~",
        "$",
        "$$",
        "\\",
        "\n",
        "\n\n",
        "- ",
        "\n1. ",
        "> ",
        "# ",
        "```c++\n",
        "\n```\n",
        "|",
        "&nbsp;",
    ),
    *(
        "&#13;",
        "&quot;",
        "'",
        "\xa0",
        "\ufeff",
        "[a](b)",
        "[a](javascript:x)",
        "![a](b)",
        "<https://a.example>",
        "    ",
    ),
)


@given(st.lists(st.sampled_from((*PIECES, *MARKDOWN)), max_size=12).map("".join))
def test_text_without_html_renders_as_if_sanitised(text: str) -> None:
    short_html = to_html(text)
    with patch.object(markup, "is_bare", lambda _: False):
        assert to_html(text) == short_html


HARMLESS_PIECES = tuple(
    tag.format(name)
    for name in sorted(sanitise._ALLOWED_ELEMENTS - {"table"})
    for tag in ("<{}>", "</{}>", "<{} title='<b>\"'>")
)


@given(
    st.lists(st.sampled_from((*HARMLESS_PIECES, *("<pre>", "\n", "x", "<", "&lt;", "<!--", "-->") * 3)), max_size=12)
)
def test_one_pass_is_enough_without_tables_and_refused_tags(pieces: list[str]) -> None:
    sanitised_html = sanitised("".join(pieces))
    assert sanitise._clean(sanitised_html) == sanitised_html


NAMES = sorted(sanitise._ALLOWED_ELEMENTS | sanitise._REFUSED_ELEMENTS)


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3), st.lists(st.sampled_from(NAMES), max_size=3))
def test_elements_are_never_nested_too_deeply(opened: list[str], closed: list[str]) -> None:
    group = "".join(f"<{name} title={number}>x" for number, name in enumerate(opened))
    group += "".join(f"</{name}>" for name in closed)
    html = sanitised(group * 200)
    assert depth(html) <= 4 * DEEPEST
    assert len(html) <= len(group) * 200 * DEEPEST


def test_a_tag_that_lies_too_deep_is_text() -> None:
    html = to_html("<div>" * 52 + "x" + "</div>" * 52)
    assert html == "<div>" * 50 + "&lt;div&gt;" * 2 + "x" + "&lt;/div&gt;" * 2 + "</div>" * 50


@pytest.mark.parametrize("html", ["<li>x", "<p>x", "<dt>x<dd>y", "<b>x</b>", "<br>", "<ruby>x<rt>y</ruby>"])
def test_tags_beside_each_other_are_never_too_many(html: str) -> None:
    assert "&lt;" not in sanitised(html * 200)


@pytest.mark.parametrize("piece", ["<table>", "<div>", '<b a="', "<rt>", "<ul><li>", "<b><table>"])
def test_tags_without_end_take_no_longer_than_other_text(piece: str) -> None:
    assert depth(sanitised(piece * (1_000_000 // len(piece)))) <= 4 * DEEPEST


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_sanitising_twice_changes_nothing_more(html: str) -> None:
    sanitised_html = sanitised(html)
    assert sanitised(sanitised_html) == sanitised_html


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_active_content_is_left(html: str) -> None:
    shown = to_html(html).lower()
    assert "<script" not in shown
    assert "<svg" not in shown
    assert "<style" not in shown
    assert "javascript:" not in shown.replace("&lt;a href='javascript:x'&gt;", "")
