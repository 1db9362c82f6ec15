"""Ruby in deck files: readings above the characters, written ``{汉字|hàn zì}``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.plain_text import plain_text
from duly.markup.html.to_html import to_html
from duly.markup.html_to_markdown.from_html import from_html
from duly.markup.terminal.layout import layout

HAN = "<ruby>汉字<rt>hàn zì</rt></ruby>"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("{汉字|hàn zì}", HAN),
        ("读{汉字|hàn zì}吧", f"读{HAN}吧"),
        ("{食べる|たべる}", "<ruby>食べる<rt>たべる</rt></ruby>"),
        ("{西安|xī'ān}", "<ruby>西安<rt>xī'ān</rt></ruby>"),
        ("{女|nv3}{汉|ㄏㄢˋ}", "<ruby>女<rt>nv3</rt></ruby><ruby>汉<rt>ㄏㄢˋ</rt></ruby>"),
        ("{的|˙ㄉㄜ}", "<ruby>的<rt>˙ㄉㄜ</rt></ruby>"),
        ("这**{汉字|hàn zì}**是", f"这<strong>{HAN}</strong>是"),
        ("[{汉字|hàn zì}](https://example.org)", f'<a href="https://example.org">{HAN}</a>'),
        ("<b>{汉字|hàn zì}</b>", f"<b>{HAN}</b>"),
        ("<kbd>{x}</kbd> {汉字|hàn zì}", f"<kbd>{{x}}</kbd> {HAN}"),
    ],
)  # fmt: skip
def test_braces_with_a_bar_are_ruby(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


@pytest.mark.parametrize(
    "text",
    [
        "列表[0]",
        "汉字[hàn zì]",
        "{x|x&gt;0}",
        "{x|y}",
        "{是|否}",
        "{汉字|}",
        "{汉字|123}",
        "{汉字|hàn|zì}",
    ],
)
def test_other_braces_and_brackets_are_text(text: str) -> None:
    assert to_html(text.replace("&gt;", ">")) == text


def test_code_formulas_and_attributes_hold_no_ruby() -> None:
    assert to_html("`{汉|h}` ${汉|h}$") == r"<code>{汉|h}</code> \({汉|h}\)"
    assert to_html("```\n{汉|h}\n```") == '<pre class="code"><code>{汉|h}</code></pre>'
    assert to_html("<code>{汉|h}</code> x") == "<code>{汉|h}</code> x"
    assert to_html("![{汉|h}]({汉|h}.png)") == '<img src="{汉|h}.png" alt="{汉|h}">'
    assert to_html("<b title='{汉|h}'>x</b>") == '<b title="{汉|h}">x</b>'


def test_a_backslash_before_the_brace_makes_it_text() -> None:
    assert to_html(r"\{汉字|hàn zì}") == "{汉字|hàn zì}"


@pytest.mark.parametrize("bar", ["|", r"\|"])
def test_the_bar_of_ruby_does_not_split_a_table_cell(bar: str) -> None:
    html = to_html(f"| a | b |\n| --- | --- |\n| {{汉字{bar}hàn zì}} | c |")
    assert f"<td>{HAN}</td>\n<td>c</td>" in html


def test_a_cloze_hides_ruby_and_gives_it_as_a_hint() -> None:
    assert (
        cloze_to_html("{{c1::{汉字|hàn zì}}}和{{c2::x::{汉字|hàn zì}}}") == f"{{{{c1::{HAN}}}}}和{{{{c2::x::{HAN}}}}}"
    )


def test_a_terminal_has_the_reading_in_parentheses() -> None:
    assert plain_text(to_html("读{汉字|hàn zì}吧")) == "读汉字(hàn zì)吧"
    assert "".join(run.text for run in layout(to_html("读{汉字|hàn zì}吧"), 40, False)[0]) == "读汉字(hàn zì)吧"


@pytest.mark.parametrize(
    "text", ["读{汉字|hàn zì}吧", "**{汉字|hàn zì}**", r"读\{汉字|hàn zì}吧", "| a |\n| --- |\n| {汉\\|h} |"]
)
def test_ruby_and_text_that_only_looks_like_it_come_back_from_html(text: str) -> None:
    assert from_html(to_html(text), lambda name: name).text == text


def test_ruby_with_more_in_it_stays_html() -> None:
    assert (
        from_html("<ruby>汉<rp>(</rp><rt>h</rt></ruby>", lambda name: name).text
        == "<ruby>汉<rp>(</rp><rt>h</rt></ruby>"
    )


@given(st.text("{汉|h}\\`$ \n<b>/", max_size=30))
def test_no_hidden_sign_is_lost_or_left(text: str) -> None:
    shown = plain_text(to_html(text))
    assert not set(shown) & set("\ufdd5\ufdd6\ufdd7\ufdd8")
    assert shown.count("汉") == text.count("汉") or "<" in text


@given(st.text("汉字あ", min_size=1), st.text("hàŋ zì", min_size=1).filter(lambda text: text[0] != " "))
def test_any_han_or_kana_with_letters_is_ruby(base: str, reading: str) -> None:
    assert to_html(f"{{{base}|{reading}}}") == f"<ruby>{base}<rt>{reading}</rt></ruby>"
