"""Reading HTML, also such as people write."""

import pytest

from duly.markup.html.html_tree import DEEPEST, Element, Node, holds_block, parse_html


def outline(nodes: list[Node]) -> str:
    """The nodes as HTML in which every element is closed."""
    return "".join(
        node if isinstance(node, str) else f"<{node.name}>{outline(node.children)}</{node.name}>" for node in nodes
    )


@pytest.mark.parametrize(
    ("html", "tree"),
    [
        ("a<br>b<br/>c", "a<br></br>b<br></br>c"),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>"),
        ("<p>a<p>b<div>c</div>", "<p>a</p><p>b</p><div>c</div>"),
        ("<table><tr><td>a<td>b<tr><th>c</table>d", "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>d"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
        ("<ruby>a<rt>b<rp>)</ruby>", "<ruby>a<rt>b</rt><rp>)</rp></ruby>"),
        ("<b>a<i>b</b>c</i>d", "<b>a<i>b</i></b>cd"),
        ("<span><ul><li>a</span>b</li></ul></span>c", "<span><ul><li>ab</li></ul></span>c"),
        ("a</p></div>b", "ab"),
        ("<!-- x --><script>y</script>z", "<script></script>z"),
        ("a &lt; b < c &amp", "a < b < c &"),
        ("a<![x<td>b<![CDATA[c]]>d", "abd"),
    ],
)
def test_missing_end_tags_are_found(html: str, tree: str) -> None:
    assert outline(parse_html(html)) == tree


def test_attributes_are_read() -> None:
    (node,) = parse_html('<span class="a b" lang=ja hidden>')
    assert isinstance(node, Element)
    assert node.classes == ["a", "b"]
    assert node.attributes == {"class": "a b", "lang": "ja", "hidden": ""}


def test_a_block_is_found_inside_inline_elements() -> None:
    (node,) = parse_html("<span><b><ul></ul></b></span>")
    assert holds_block(node)
    assert not holds_block(parse_html("<b>x</b>")[0])


def test_tags_deeper_than_the_maximum_are_ignored() -> None:
    tree = outline(parse_html("<i>" * (DEEPEST + 40) + "x"))
    assert tree.count("<i>") == DEEPEST
    assert "x" in tree


@pytest.mark.parametrize("begun", ['<b a="', "<b a='", "<a", "<!--", '<img src="x" '])
def test_tags_that_never_end_are_text_and_take_no_longer_than_other_text(begun: str) -> None:
    html = begun * (300_000 // len(begun))
    assert outline(parse_html(f"<p>a &amp; </p>{html} &lt;")) == f"<p>a & </p>{html} <"
