"""HTML as plain text."""

import pytest

from duly.markup.html.plain_text import plain_text
from duly.markup.html.to_html import to_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a <b>b</b> &amp; c", "a b & c"),
        ("a<br>b<div>c</div><div>d</div>", "a\nb\nc\nd"),
        ("<p>one</p>\n<p>two</p>", "one\ntwo"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        (r"\(a&lt;b\) and \[\frac{a}{b}\]", r"a<b and \frac{a}{b}"),
        ("H<sub>2</sub>O", "H2O"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt></ruby>", "漢(かん)"),
        ("a&nbsp; b\x1b", "a\xa0 b"),
        ("<script>x</script>y<!-- z -->", "y"),
        ("<code>\\(x\\)</code>", "\\(x\\)"),
    ],
)
def test_tags_are_removed_and_blocks_are_lines(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_code_keeps_its_lines() -> None:
    assert plain_text(to_html("```python\na = 1\nb\n```")) == "a = 1\nb"


def test_images_and_sounds_are_left_out_of_what_a_learner_types() -> None:
    assert plain_text(to_html("猫 ![cat](cat.png) ![](neko.mp3)")) == "猫"


def test_images_and_sounds_are_named_if_there_is_nothing_else() -> None:
    assert plain_text(to_html("![cat](cat.png)")) == "cat"
    assert plain_text(to_html("![](cat.png) ![](neko.mp3)")) == "cat.png neko.mp3"
