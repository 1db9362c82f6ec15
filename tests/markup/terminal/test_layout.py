"""HTML as lines in a terminal."""

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.markup.html.to_html import to_html
from duly.markup.terminal.layout import layout
from duly.markup.terminal.styled_lines import Run, line_text, line_width


def shown(html: str, cells: int = 40, math_source: bool = False) -> list[str]:
    return [line_text(line) for line in layout(html, cells, math_source)]


def styles(html: str) -> dict[str, tuple[str, ...]]:
    """The styles of each piece of text."""
    return {run.text: run.styles for run in chain.from_iterable(layout(html, 80))}


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("one\ntwo\n\nthree", ["one", "two", "", "three"]),
        ("模型\n数据", ["模型", "数据"]),
        ("# Head\ntext", ["Head", "", "text"]),
        ("> quote\n>\n> > inner", ["│ quote", "│", "│ │ inner"]),
        ("a\n\n---\n\nb", ["a", "", "─" * 40, "", "b"]),
        ("- a\n- b\n  - c\n    1. d", ["• a", "• b", "  ◦ c", "    1. d"]),
        ("9. a\n10. b", [" 9. a", "10. b"]),
        ("- [x] a\n- [ ] b", ["☑ a", "☐ b"]),
        ("- a\n\n  b\n- c", ["• a", "", "  b", "", "• c"]),
        ("H<sub>2</sub>O x<sup>10</sup> y<sub>Q</sub>", ["H₂O x¹⁰ y_{Q}"]),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>", ["漢(かん)字(じ)"]),
        ("![a picture](x%20y.png)", ["▣ a picture (x y.png)"]),
        ("![](x.png) ![say](a.mp3)", ["▣ x.png ♪ a.mp3"]),
        ("[text](https://a.example) <https://b.c>", ["text (https://a.example) https://b.c"]),
        ("<details><summary>more</summary>\n\nbody\n\n</details>", ["▾ more", "  body"]),
        ("<q>a</q> <font color=red>b</font> <dl><dt>t</dt><dd>d</dd></dl>", ["“a” b", "", "t", "  d"]),
        ("$\\frac{a}{\\sqrt{b}}$", ["a/√b"]),
        ("a $$x^2$$ b", ["a", "  x²", "b"]),
    ],
)
def test_every_kind_of_block_has_its_layout(markdown: str, expected: list[str]) -> None:
    assert [line.rstrip() for line in shown(to_html(markdown))] == expected


def test_items_hang_behind_their_markers() -> None:
    assert shown(to_html("- 方差分析：假设各分量是相互独立的"), 20) == ["• 方差分析：假设各分", "  量是相互独立的"]


def test_block_html_keeps_its_text() -> None:
    assert shown(to_html("<div>one</div>\n<section><center>two</center></section>")) == ["one", "two"]
    assert shown("<unknown>a<p>b</unknown>c") == ["a", "", "bc"]


def test_html_as_anki_writes_it_is_understood() -> None:
    assert shown("a<div>b</div><div><br></div>c<ul><li>x<li>y</ul>&nbsp;d") == [
        "a",
        "b",
        "",
        "c",
        "",
        "• x",
        "• y",
        "",
        "\xa0d",
    ]


def test_a_newline_between_han_characters_is_no_space() -> None:
    assert shown("<p>模型\n数据 and\nmore</p>") == ["模型数据 and more"]


def test_styles_are_named_by_what_they_mean() -> None:
    styles_by_text = styles(
        to_html("**b *bi*** `c` ~~s~~ <mark>m</mark> <kbd>k</kbd> [l](x) $\\alpha$ <small>d</small>")
    )
    assert styles_by_text["b "] == ("strong",)
    assert styles_by_text["bi"] == ("strong", "em")
    names = {"c": "code", "s": "strike", "m": "mark", "k": "kbd", "l": "link", "α": "math", "d": "dim"}
    assert {part: styles_by_text[part] for part in names} == {part: (name,) for part, name in names.items()}
    assert styles("<h2>h</h2><blockquote>q</blockquote>")["h"] == ("heading",)
    assert styles("<h2>h</h2><blockquote>q</blockquote>")["q"] == ("quote",)


def test_cloze_deletions_and_options_keep_their_classes() -> None:
    styles_by_text = styles(
        '<span class="cloze">[...]</span> <span class="cloze-inactive x">b</span> <span class="option">c</span>'
    )
    assert styles_by_text["[...]"] == ("cloze",)
    assert styles_by_text["b"] == ("cloze-inactive",)
    assert styles_by_text["c"] == ("option",)


def test_code_tokens_are_styled_by_their_pygments_class() -> None:
    assert styles(to_html("```python\nif x: pass\n```"))["if"] == ("code", "token-k")


def test_a_long_line_of_code_continues_with_a_mark() -> None:
    assert shown(to_html("```\nx = 'abcdefghijklmnop'\ny\n```"), 14) == ["  x = 'abcdefg", "↪ hijklmnop'", "  y"]


def test_code_keeps_its_spaces_and_empty_lines() -> None:
    assert shown(to_html("```\na:\n\n    b  c\n\td\n```")) == ["  a:", "  ", "      b  c", "      d"]


def test_a_table_of_math_that_cannot_be_drawn_shows_its_rows_as_they_are_written() -> None:
    html = to_html(r"$$A=\begin{array}{c|c}1 & 2\\ 3 & 4\end{array}$$")
    assert shown(html) == [r"  A=\begin{array}{c|c}", r"    1 & 2\\", "    3 & 4", r"  \end{array}"]


def test_math_is_shown_as_its_source_where_asked_or_where_unicode_would_lose_something() -> None:
    html = to_html(r"$\alpha$ and $\foo{x}$")
    assert shown(html) == [r"α and \foo{x}"]
    assert shown(html, math_source=True) == [r"\alpha and \foo{x}"]
    assert shown(to_html("`\\(x\\)`")) == [r"\(x\)"]


TABLE = "| 名称 | n | text |\n|:--|--:|:-:|\n| a | 1 | some longer text |\n| b | 22 | x |"


def test_a_table_is_drawn_and_its_columns_are_aligned() -> None:
    assert shown(to_html(TABLE)) == [
        "┌──────┬────┬──────────────────┐",
        "│ 名称 │  n │       text       │",
        "├──────┼────┼──────────────────┤",
        "│ a    │  1 │ some longer text │",
        "│ b    │ 22 │        x         │",
        "└──────┴────┴──────────────────┘",
    ]


def test_a_wide_table_wraps_in_its_cells() -> None:
    assert shown(to_html(TABLE), 26) == [
        "┌──────┬────┬────────────┐",
        "│ 名称 │  n │    text    │",
        "├──────┼────┼────────────┤",
        "│ a    │  1 │    some    │",
        "│      │    │   longer   │",
        "│      │    │    text    │",
        "├──────┼────┼────────────┤",
        "│ b    │ 22 │     x      │",
        "└──────┴────┴────────────┘",
    ]


def test_a_table_too_wide_for_its_columns_lists_its_cells() -> None:
    assert shown(to_html("| a | b |\n|---|---|\n| 中文 | d |"), 5) == ["a", "b", "─────", "中文", "d"]


def test_cells_without_a_row_above_and_spans_lose_nothing() -> None:
    assert shown("<table><caption>c</caption>x<tr><td colspan=2>a</td></tr><tr><td>b</td><td>d</td></tr></table>") == [
        *("c", "x", "┌────┬────┐", "│ a  │    │", "│ b  │ d  │", "└────┴────┘")
    ]


def test_no_control_character_reaches_the_terminal() -> None:
    html = (
        "a&#27;[31mb\x1b]0;x\x07 <img alt='\x1b[1m' src='&#155;y'>\u202ec<pre>\x1b\r</pre><a href='https://x\x1b'>y</a>"
    )
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", "".join(shown(html)))


def test_deep_nesting_is_laid_out() -> None:
    assert shown("<blockquote>" * 3000 + "x")[-1].endswith("x")
    assert shown("<b>" * 3000 + "x" + "</b>" * 3000 + "y") == ["xy"]
    assert "".join(shown(to_html(">" * 300 + " x"), 20)).replace("│", "").strip() == "x"


def test_an_empty_text_has_no_lines() -> None:
    assert layout("", 40) == ()
    assert layout("<p> </p><div></div>", 40) == ()


def test_a_run_of_one_style_is_one_run() -> None:
    assert layout("a &amp; b<b></b> c", 40) == ((Run("a & b c"),),)


PARTS = (
    *("<p>", "</p>", "<ul>", "<li>", "</ul>", "<ol start=98>", "</ol>", "<blockquote>", "</blockquote>", "<b>", "</b>"),
    *("<table>", "<tr>", "<td>", "<th>", "</td>", "</table>", "<pre>", "</pre>", "<code>", "</code>", "<h1>", "</h1>"),
    *("<span class=cloze>", "</span>", "<details>", "<summary>", "</details>", "<div>", "</div>", "<hr>", "<br>"),
    *("<ruby>", "</ruby>", "<caption>", "<dl>", "<dt>", "<dd>", "<thead>", "<td align=right colspan=3>", "<x>"),
    *(
        "abc",
        "Wörter und mehr",
        "注意力机制，",
        "（中）",
        " ",
        "\n",
        "1.",
        "longlonglonglonglonglongword",
        "&lt;",
        "👩‍🚀",
    ),
)
HTML = st.lists(st.sampled_from(PARTS), max_size=24).map("".join)
BULLETED = st.lists(st.sampled_from([part for part in PARTS if "ol" not in part]), max_size=24).map("".join)


@given(HTML, st.integers(2, 50))
def test_no_line_is_too_wide(html: str, cells: int) -> None:
    assert all(line_width(line) <= cells for line in layout(html, cells))


@given(BULLETED, st.integers(2, 50))
def test_no_text_is_lost(html: str, cells: int) -> None:
    """The words of cells that stand beside each other mingle, so with a table their order is not compared."""
    expected_text = re.sub(r"<[^>]*>|\s", "", html).replace("&lt;", "<")
    actual_text = re.sub(r"[\s│─┌┬┐├┼┤└┴┘•◦▪↪▾]", "", "".join(shown(html, cells)))
    if "<t" in html:
        assert sorted(actual_text) == sorted(expected_text)
    else:
        assert actual_text == expected_text


@given(st.text(max_size=80), st.integers(2, 50))
def test_any_markdown_is_laid_out_within_its_width(markdown: str, cells: int) -> None:
    lines = layout(to_html(markdown), cells)
    assert all(line_width(line) <= cells for line in lines)
    assert not any(run.text == "" or "\n" in run.text for line in lines for run in line)


def test_tables_in_tables_are_laid_out_without_doubling_the_work() -> None:
    lines = shown("<table><tr><td>" * 60 + "y", 80)
    assert [line.strip("│┌─┐└┘ ") for line in lines if "y" in line] == ["y"]


def test_a_table_stands_in_the_cell_of_another() -> None:
    assert shown("<table><tr><td>a<td>" * 2 + "b", 40) == [
        "┌────┬─────────────┐",
        "│ a  │ ┌──┬──┐     │",
        "│    │ │a │b │     │",
        "│    │ └──┴──┘     │",
        "└────┴─────────────┘",
    ]
