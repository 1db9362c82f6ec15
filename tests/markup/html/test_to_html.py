"""Markdown as HTML: what Anki and the terminal get to see."""

import re
import threading
from unittest.mock import patch

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from duly.markup.characters import clean_text
from duly.markup.html import to_html as markup
from duly.markup.html.plain_text import plain_text
from duly.markup.html.to_html import render_html, to_html


def test_a_plain_line_is_its_escaped_text_without_a_paragraph() -> None:
    assert to_html('a > b & "c"') == "a &gt; b &amp; &quot;c&quot;"


def test_a_single_paragraph_comes_without_its_tags_and_several_keep_them() -> None:
    assert to_html("one *two*") == "one <em>two</em>"
    assert to_html("one\n\ntwo") == "<p>one</p>\n<p>two</p>"


def test_a_single_newline_is_a_line_break() -> None:
    assert to_html("模型\n数据") == "模型<br>数据"


def test_emphasis_may_end_in_chinese_punctuation() -> None:
    assert to_html("**注意：**这") == "<strong>注意：</strong>这"


def test_tables_strikethrough_and_tasks_are_understood() -> None:
    assert '<th align="right">b</th>' in to_html("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert to_html("~~x~~") == "<del>x</del>"
    assert '<input type="checkbox" checked="" disabled=""> a' in to_html("- [x] a")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("需要3~5天，约7~8个", "需要3~5天，约7~8个"),
        ("a ~b~ c", "a ~b~ c"),
        ("~~3~5~~ 4~6", "<del>3~5</del> 4~6"),
        ("`a~b~c` $a~b~c$", r"<code>a~b~c</code> \(a~b~c\)"),
        ("[x~](http://e.com/~u/~v)", '<a href="http://e.com/~u/~v">x~</a>'),
        ("![a~](~x~.png)", '<img src="~x~.png" alt="a~">'),
        ("<b title='~'>~</b>", '<b title="~">~</b>'),
        (r"\~a\~", "~a~"),
        ("```py\n~1\n```", '<pre class="code"><code><span class="o">~</span><span class="mi">1</span></code></pre>'),
        ("~~~\na~b~\n~~~", '<pre class="code"><code>a~b~</code></pre>'),
    ],
)
def test_a_tilde_alone_is_a_tilde(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


@given(st.lists(st.text("ab1天，。 ", min_size=1).map(str.strip).filter(bool), min_size=2))
def test_a_range_is_never_struck_through(parts: list[str]) -> None:
    text = "~".join(parts)
    assert to_html(text) == text


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("$a<b$", r"\(a&lt;b\)"),
        ("$a & b$ <u>x</u>", r"\(a &amp; b\) <u>x</u>"),
        ("$$x$$", r"\[x\]"),
        (r"$$\begin{matrix}a & b\\ c & d\end{matrix}$$", r"\[\begin{matrix}a &amp; b\\ c &amp; d\end{matrix}\]"),
        ("a\n$$\nx\n$$\nb", "a\\[\nx\n\\]b"),
        ("```math\nx<1\n```", "\\[x&lt;1\n\\]"),
        ("$5 and $6", "$5 and $6"),
        ("`$x$`", "<code>$x$</code>"),
    ],
)
def test_math_stands_between_the_delimiters_that_anki_knows(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


def test_code_with_a_language_carries_classes_and_no_colours() -> None:
    html = to_html("```python\nx = 1 < 2\n```")
    assert html.startswith('<pre class="code"><code><span class="n">x</span>')
    assert html.endswith("</code></pre>")
    assert "&lt;" in html
    assert "style" not in html


@pytest.mark.parametrize("fence", ["```\na <b> c\n```", "```nolanguage\na <b> c\n```", "    a <b> c"])
def test_code_without_a_known_language_is_plain(fence: str) -> None:
    assert to_html(fence) == '<pre class="code"><code>a &lt;b&gt; c</code></pre>'


@pytest.mark.parametrize(
    ("markdown", "path"),
    [
        ("![x](a%20b.png)", "a b.png"),
        ("![x](<a b.png>)", "a b.png"),
        (r"![x](a\_b.png)", "a_b.png"),
        ("![x](图/%E4%BD%A0.png)", "图/你.png"),
        ("![x](a&amp;b.png)", "a&b.png"),
        ('<img src="a%20b.png" alt="x">', "a b.png"),
    ],
)
def test_media_are_named_by_their_path_as_the_author_meant_it(markdown: str, path: str) -> None:
    paths: list[str] = []

    def media(path: str) -> str:
        paths.append(path)
        return 'n&m "1".png'

    assert 'src="n&amp;m &quot;1&quot;.png"' in to_html(markdown, media)
    assert paths == [path]


def test_an_image_keeps_its_alt_and_its_name_is_not_percent_encoded() -> None:
    assert to_html("![a *b*](注意 力.png)") == "![a <em>b</em>](注意 力.png)"
    assert to_html("![a *b*](<注意 力.png>)") == '<img src="注意 力.png" alt="a b">'


def test_a_sound_is_anki_s_sound_tag() -> None:
    assert to_html("x ![say](a&b.mp3)") == "x [sound:a&amp;b.mp3]"
    assert to_html("![say](a.OGG)", lambda path: path.lower()) == "[sound:a.ogg]"


def test_an_address_of_the_web_is_left_alone() -> None:
    def media(path: str) -> str:
        raise AssertionError(path)

    assert to_html("![x](https://a.example/b%20c.png)", media) == '<img src="https://a.example/b%20c.png" alt="x">'


def test_a_cloze_written_into_another_kind_of_note_stays_text() -> None:
    assert to_html("{{c1::x}}") == "{{c1::x}}"


@pytest.mark.parametrize("text", ["a\x1f\0\x1b[31m\x85b", "*a\x1f\0\x1b[31m\x85b*", "a&#31;&#0;&#27;[31m&#x85;b<br>"])
def test_no_control_character_comes_through_even_as_an_entity(text: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef]", to_html(text))
    assert "[31m" in to_html(text)


def test_carriage_returns_end_lines_like_newlines() -> None:
    assert to_html("a\r\nb\rc") == "a<br>b<br>c"


def test_rendering_works_in_any_thread() -> None:
    results: list[str] = []
    thread = threading.Thread(target=lambda: results.append(to_html("*x*")))
    thread.start()
    thread.join()
    assert results == ["<em>x</em>"]


@given(st.text(st.sampled_from("ab 1.)#>+-=*\"'&|:中，\u3000\xa0\n"), max_size=12))
def test_text_recognised_as_plain_renders_like_markdown(text: str) -> None:
    assume(not re.fullmatch(r"[-+*_>#=]+|[0-9]+[.)]", text))
    short_html = render_html(text, None)
    with patch.object(markup, "_PLAIN_LINE", re.compile("(?!)")):
        assert render_html(text, None) == short_html


@pytest.mark.parametrize("answer", ["1986.", "1986.\n", "-", "+\n", "#", "*\n", "=", "3)\n", ">", "**", "##"])
def test_a_lone_sign_is_no_empty_block(answer: str) -> None:
    assert plain_text(to_html(answer)) == answer.strip()


@given(st.text(max_size=60))
def test_every_text_is_rendered(text: str) -> None:
    to_html(text)


@given(st.text(alphabet=st.sampled_from("ab中_*1.)-+># \t\n<&$!?，　`[")))
def test_text_without_markdown_is_not_rendered_but_gives_the_same_html(text: str) -> None:
    assert to_html(text) == clean_text(render_html(clean_text(text).rstrip(), None))


@pytest.mark.parametrize("written", ["![the sun]()", "![the sun](<>)", '<img alt="the sun">'])
def test_an_image_without_a_path_is_its_alt_text(written: str) -> None:
    assert to_html(f"see {written}") == "see the sun"
