"""HTML as Anki's editor writes it becomes Markdown that shows the same, or stays HTML."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from duly.cards.cloze import numbers
from duly.cards.media_references import references
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.sanitise import sanitise
from duly.markup.html.to_html import to_html
from duly.markup.html_to_markdown.from_html import ConvertedText, from_html
from duly.markup.html_to_markdown.normal_form import normal_form, trim_html, with_mathjax
from duly.markup.math.mathjax_commands import disarm_commands


def path(name: str) -> str | None:
    """Where a file would stand; those called gone are not there."""
    return None if name.startswith("gone") else f"media/{name}"


def markdown(html: str, *, cloze: bool = False) -> str:
    converted = from_html(html, path, cloze=cloze)
    assert converted.is_complete
    return converted.text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain 问", "plain 问"),
        ("", ""),
        ("<br>", ""),
        ("a&nbsp;", "a"),
        ("a<br>b", "a\nb"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("a<div>b</div>c", "a\nb\nc"),
        ("a<div><br></div><div>b</div>", "a\n\nb"),
        ("<p>a</p>\n<p>b</p>", "a\n\nb"),
        ("a<br><br><br>b", "a\n\n<br>b"),
        ("x <b>bold </b>y <i>it</i>", "x **bold** y *it*"),
        ("<b>a</b><b>b</b><b></b>", "**ab**"),
        ("<b>a<br>b</b>", "**a\nb**"),
        ("un<b>believ</b>able", "un**believ**able"),
        ("漢字<b>（重要）</b>です", "漢字**（重要）**です"),
        ("<s>a</s> <u>b</u> H<sub>2</sub>O", "~~a~~ <u>b</u> H<sub>2</sub>O"),
        ("<ruby>漢<rt>かん</rt></ruby>", "{漢|かん}"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ('<ol start="3"><li>a</li><li>b</li></ol>tail', "3. a\n4. b\n\ntail"),
        ("<h2>T</h2>text<hr>more", "## T\n\ntext\n\n---\n\nmore"),
        ("<blockquote>q<br>r</blockquote>", "> q\n> r"),
        ("<code>a`b</code>", "``a`b``"),
        ("<pre>a\n\n  b&lt;c</pre>", "```\na\n\n  b<c\n```"),
        ("a<pre><code>x<br>y</code></pre>b", "a\n\n```\nx\ny\n```\n\nb"),
        ('<a href="https://x.y/(z)">link</a>', "[link](<https://x.y/(z)>)"),
        (
            "<table><thead><tr><th>1</th></tr></thead><tbody><tr><td>x|y</td></tr></tbody></table>",
            "| 1 |\n| --- |\n| x\\|y |",
        ),
        ("2 &lt; 3 &amp; 4", "2 < 3 & 4"),
        ("std::vector&lt;int&gt;", "std::vector<int>"),
        ("x<!-- a note to oneself -->y", "xy"),
    ],
)
def test_html_that_markdown_can_express_becomes_markdown(html: str, text: str) -> None:
    assert markdown(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("1. one", r"1\. one"),
        ("- a", r"\- a"),
        ("# a", r"\# a"),
        ("*a*", r"\*a\*"),
        ("a * b", "a * b"),
        ("snake_case_name", "snake_case_name"),
        ("[a](b)", r"\[a](b)"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("&amp;lt;", "&amp;lt;"),
        ("$5 and $6", "$5 and $6"),
        ("$x$", r"\$x\$"),
        (r"C:\new\[x", r"C:\\new\\\[x"),
    ],
)
def test_only_text_that_markdown_would_misread_is_escaped(html: str, text: str) -> None:
    assert markdown(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (r"\(a&lt;b\) and \[\frac{1}{2}\] so", "$a<b$ and\n$$\\frac{1}{2}$$\nso"),
        ("[$]x^2[/$], [$$]y[/$$]", "$x^2$,\n$$y$$"),
        ("[latex]x<br>+y[/latex]", "$$x +y$$"),
        (r"\( x \)", "$x$"),
    ],
)
def test_math_is_math(html: str, text: str) -> None:
    assert markdown(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<img src="图 1.png">', "![](<media/图 1.png>)"),
        ("[sound:a.mp3] hi", "![](media/a.mp3) hi"),
        ("[Sound:a.mp3] hi", "[Sound:a.mp3] hi"),  # Anki plays it only in lower case
        ('<img alt="a cat" src="cat.png">', "![a cat](media/cat.png)"),
        ('<img src="100%.png">', "![](media/100%25.png)"),
        ('<img src="a.png" width="50">', '<img src="media/a.png" width="50">'),
        ('<img src="https://x.y/a.png">', "![](https://x.y/a.png)"),
    ],
)
def test_images_and_sounds_get_their_paths(html: str, text: str) -> None:
    assert markdown(html) == text


def test_the_tag_of_a_missing_file_stays() -> None:
    text = markdown('<img src="gone.png"> [sound:gone.mp3]')
    assert not list(references(text, html=False))
    assert to_html(text) == '<img src="gone.png"> [sound:gone.mp3]'


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<span style="color:red">red</span> *x*', r'<span style="color:red">red</span> \*x\*'),
        ('<div style="text-align:left">*x*</div>', '<div><div style="text-align:left">*x*</div></div>'),
        ("<font color=red>r</font>", '<font color="red">r</font>'),
        ("<script>f()</script>x", "<div><script>f()</script>x</div>"),
    ],
)
def test_colours_and_scripts_make_a_text_incomplete(html: str, text: str) -> None:
    assert from_html(html, path) == ConvertedText(text, is_complete=False)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        "<details><summary>*a*</summary>b</details>",
        "<center>a_b_ c</center>",
        '<pre lang="x">a\n\n\nb</pre>',
    ],
)
def test_html_that_markdown_cannot_express_stays_html(html: str) -> None:
    text = markdown(html)
    assert text.startswith("<div>")
    assert normal_form(to_html(text)) == normal_form(html)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("{{c1::<b>x</b>::h}} y<br>z", "{{c1::**x**::h}} y\nz"),
        ("<b>{{c1::x}}</b>", "**{{c1::x}}**"),
        (r"{{c1::\(\frac{a}{b}\)}}", r"{{c1::$\frac{a}{b}$}}"),
        (r"{{c1::\[\frac{a}{b} \]}}", r"{{c1::$$\frac{a}{b}$$}}"),
        ("<ul><li>{{c1::a}}</li></ul>", "- {{c1::a}}"),
        ("{{c1::one {{c2::two}}}}", "{{c1::one {{c2::two}}}}"),
        ('{{c1::<img src="a.png">}}', "{{c1::![](media/a.png)}}"),
        ("{{c1::x &lt; y}}", "{{c1::x < y}}"),
    ],
)
def test_deletions_stay_deletions(html: str, text: str) -> None:
    assert markdown(html, cloze=True) == text


@pytest.mark.parametrize("language", ["python", "rust", "sql"])
def test_code_that_duly_has_coloured_finds_its_language_again(language: str) -> None:
    code = "select x from y where z = 'a' -- fn if"
    assert to_html(markdown(to_html(f"```{language}\n{code}\n```"))) == to_html(f"```{language}\n{code}\n```")


PIECES_IN_ANKI = r"""
a 字 * _ ` $ \ \( \) \[ \] [ ]( ![ | ~~ {{c1:: {{c2:: :: }} [sound:a.mp3] [$] [/$] < <!-- --> <foo> <img>
&lt; &amp; a&nbsp;b &gt; &#39; <br> <br/> <hr> <input> <script> </script> <b> </b> <i> </i> <u> </u>
<s> </s> <sub> </sub> <div> </div> <p> </p> <ul> </ul> <ol> </ol> <li> </li> <h1> </h1> <ruby> </ruby>
<code> </code> <pre> </pre> <table> </table> <tr> </tr> <td> </td> <th> </th> <rt> </rt> </span> </a>
<blockquote> </blockquote>
"""
PIECES = (
    *PIECES_IN_ANKI.split(),
    *(" ", "\n", "\t", "1. ", "- ", "# "),
    *('<img src="a b.png">', '<span style="x">', '<a href="x">', '<div class="y">'),
)
fields = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@given(fields)
@example("<b><br>a</b>")
def test_a_complete_text_shows_the_same_and_no_text_loses_a_letter(html: str) -> None:
    converted = from_html(html, lambda name: name)
    safe_html = sanitise(with_mathjax(trim_html(html)))
    if converted.is_complete:
        assert normal_form(to_html(converted.text)) == normal_form(safe_html)
    assert letters(to_html(converted.text)) == letters(safe_html)


def letters(html: str) -> int:
    return sum(token.count("字") for token in normal_form(html) if isinstance(token, str))


@given(fields)
def test_the_same_holds_for_a_cloze_and_no_deletion_is_lost(html: str) -> None:
    converted = from_html(html, lambda name: name, cloze=True)
    assert set(numbers(html)) <= set(numbers(converted.text)) or "<script>" in html or "<!--" in html
    normal_form(cloze_to_html(converted.text))


def test_a_command_disarmed_for_anki_is_restored() -> None:
    html = disarm_commands(to_html(r"$\href{a}{b}$"))
    assert html == "\\(\\\u2060href{a}{b}\\)"
    assert from_html(html, str).text == r"$\href{a}{b}$"
