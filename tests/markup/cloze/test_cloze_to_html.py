"""Cloze notes: what Anki itself reads from our HTML, and what it shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from anki.collection import Collection
from anki.decks import DeckId
from hypothesis import given
from hypothesis import strategies as st

from duly.cards.cloze import numbers
from duly.markup.cloze.cloze_side import cloze_side
from duly.markup.cloze.cloze_to_html import cloze_to_html


@dataclass(frozen=True, slots=True)
class Anki:
    """A collection with Anki's stock Cloze note type."""

    collection: Collection

    def cards(self, html: str) -> dict[int, tuple[str, str]]:
        """For each card of a cloze note with this text: its number, its question and its answer."""
        notetype = self.collection.models.by_name("Cloze")
        assert notetype
        note = self.collection.new_note(notetype)
        note["Text"] = html
        self.collection.add_note(note, DeckId(1))
        shown = {card.ord + 1: card.render_output() for card in note.cards()}
        self.collection.remove_notes([note.id])
        return {number: (bare(side.question_text), bare(side.answer_text)) for number, side in shown.items()}


def bare(side: str) -> str:
    """A side without what Anki adds for its editor, and without the empty field below the text."""
    return re.sub(r' data-[a-z]+="[^"]*"', "", side).removesuffix("<br>\n").rstrip()


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anki]:
    collection = Collection(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    yield Anki(collection)
    collection.close()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("{{c1::a}} and {{c2::b::hint}}", "{{c1::a}} and {{c2::b::hint}}"),
        ("{{C3::a}} {{c1,2::b}}", "{{c3::a}} {{c1::{{c2::b}}}}"),
        ("{{c1::a {{c2::b::h}} c}}", "{{c1::a {{c2::b::h}} c}}"),
        ("**{{c1::注意：}}**这", "<strong>{{c1::注意：}}</strong>这"),
        ("{{c1::**注意：**}}这", "{{c1::<strong>注意：</strong>}}这"),
        ("un**{{c1::believ}}**able", "un<strong>{{c1::believ}}</strong>able"),
        ("{{c1::**un**}}able", "{{c1::<strong>un</strong>}}able"),
        ("{{c1::a}}\nb", "{{c1::a}}<br>b"),
        ("{{c1::a}} &lt; {{c2::b::*h* $x$}}", r"{{c1::a}} &lt; {{c2::b::<em>h</em> \(x\)}}"),
        ("`{{c1::x}}` {{c2::`y`}}", "<code>{{c1::x}}</code> {{c2::<code>y</code>}}"),
        ("![{{c1::alt}}](x.png)", '{{c1::<img src="x.png" alt="alt">}}'),
        ("![alt]({{c1::a b.png}})", "![alt]({{c1::a b.png}})"),
        ("![alt]({{c1::a%20b.png}})", '{{c1::<img src="a b.png" alt="alt">}}'),
        ("{{c1::![say](a.mp3)}}", "{{c1::[sound:a.mp3]}}"),
        ("[t]({{c1::https://a.example}})", '{{c1::}}<a href="https://a.example">t</a>'),
        ("a {{c1::b}} {{c2::not closed", "a {{c1::b}} {&#123;c2::not closed"),
        ("&#123;{c2::x}} {{c1::y}}", "{&#123;c2::x}} {{c1::y}}"),
    ],
)
def test_deletions_stand_where_the_author_put_them(text: str, html: str) -> None:
    assert cloze_to_html(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (r"{{c1::$\frac{1}{\sqrt{d}}$}}", r"{{c1::\(\frac{1}{\sqrt{d} }\)}}"),
        (r"$a + {{c1::\frac{1}{\sqrt{d}}}}$", r"\(a + {{c1::\frac{1}{\sqrt{d} } }}\)"),
        ("{{c1::`{{}}`}}", "{{c1::<code>{{}&#125;</code>}}"),
        ("{{c1::{x}}}", "{{c1::{x&#125;}}"),
        ("{{c1::a::`std::x`}}", "{{c1::a::<code>std:&#58;x</code>}}"),
        ("{{c1::a {{c2::b}}::c::d}}", "{{c1::a {{c2::b}}::c:&#58;d}}"),
        ("{{c1::a&#58;:b}}", "{{c1::a:&#58;b}}"),
        ("{{c1::a&#58;::h}}", "{{c1::a&#58;::h}}"),
        ("{{c1::a::{h}}}", "{{c1::a::{h&#125;}}"),
        (r"$\frac{\sqrt{x}}{y}$ {{c1::z}}", r"\(\frac{\sqrt{x}}{y}\) {{c1::z}}"),
    ],
)
def test_nothing_inside_a_deletion_reads_as_its_end_or_its_hint(text: str, html: str) -> None:
    assert cloze_to_html(text) == html


def test_a_deletion_around_blocks_stands_around_their_html() -> None:
    assert cloze_to_html("{{c1::- a\n- b}}") == "{{c1::<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n}}"
    assert cloze_to_html("x\n{{c1::one\n\ntwo}}\ny") == "<p>x</p>\n{{c1::<p>one</p>\n<p>two</p>\n}}<p>y</p>"
    html = cloze_to_html("{{c1::```\na\n```}}\n\n{{c2::```\nb\n```}}")
    assert html.count('<pre class="code"><code>') == 2
    assert html.startswith("{{c1::<pre")


def test_a_deletion_over_some_items_leaves_the_list_a_list() -> None:
    html = cloze_to_html("- {{c1::a\n- b}}\n- c")
    assert html == "<ul>\n<li>{{c1::a</li>\n<li>b}}</li>\n<li>c</li>\n</ul>"


def test_deletions_survive_in_highlighted_code() -> None:
    html = cloze_to_html("```python\nx = {{c1::1 +}} 2\n{{c2::- y\n- z}}\n```")
    assert '{{c1::<span class="mi">1</span> <span class="o">+</span>}}' in html
    assert re.sub("<[^>]*>", "", html) == "x = {{c1::1 +}} 2\n{{c2::- y\n- z}}"


@pytest.mark.parametrize(
    "text", ["<!-- {{c1::x}} --> y", "[x]: {{c1::a}}", "|a|\n|-|\n|b|{{c1::c}}|", "<b {{c1::x}}>y</b>"]
)
def test_no_deletion_is_lost_where_markdown_shows_nothing(text: str) -> None:
    assert "{{c1::" in cloze_to_html(text)


def test_control_characters_and_marks_never_come_through() -> None:
    html = cloze_to_html("a\x1f\ufdd0o0\ufdd1{{c1::b&#x1f;&#xfdd0;o0&#xfdd1;}}")
    assert not re.search("[\x00-\x08\x1f\ufdd0-\ufdef]", html)
    assert numbers(html) == (1,)


TEXTS = [
    "{{c1::a}} and {{c2::b::hint}}",
    "{{c1::a {{c2::b {{c3::c}} d::h2}} e::h1}} {{c1::f}}",
    "{{c1,3::a}} {{c2::b}} {{c500::z}}",
    r"$a + {{c1::\frac{1}{\sqrt{d}}}}$ {{c2::$x^{{2}}$::see $y_{{1}}$}}",
    r"$$ {{c3::\begin{matrix}a & b\\ c & d\end{matrix}}} $$ {{c4::{cat}::{{c}}}}",
    "{{c1::`{{}}`}} {{c2::{x}}} {{c3::a&#58;:b::c::d}} }} {{c",
    "{{c1::- a\n- b}}\n\n```python\nx = {{c2::[1, {2}]}}\n```\n\n| {{c3::a}} | b |\n|---|---|\n| c | {{c4::d}} |",
    "- {{c1::a\n- b}}\n- {{c2::**c**}}",
    "{{c1::![x](a.png)}} {{c2::[t](https://a.example/?a::b)}}",
    "{{c12::`x`}}{{c1::y}}{{c1::}}",
]


@pytest.mark.parametrize("text", TEXTS)
def test_anki_makes_the_cards_that_the_note_has(anki: Anki, text: str) -> None:
    assert tuple(anki.cards(cloze_to_html(text))) == numbers(text)


@pytest.mark.parametrize("text", TEXTS)
def test_a_side_is_what_anki_shows(anki: Anki, text: str) -> None:
    html = cloze_to_html(text)
    for number, (question, answer) in anki.cards(html).items():
        assert cloze_side(html, number, is_revealed=False).rstrip() == question
        assert cloze_side(html, number, is_revealed=True).rstrip() == answer


def test_the_asked_deletion_is_hidden_and_the_others_are_shown(anki: Anki) -> None:
    html = cloze_to_html(r"{{c1::the {{c2::quick}} fox::who}} ran, $\frac{{{c2::a}}}{b}$")
    question, answer = anki.cards(html)[2]
    assert re.sub("<[^>]*>", "", question) == r"the [...] fox ran, \(\frac{[...]}{b}\)"
    assert re.sub("<[^>]*>", "", answer) == r"the quick fox ran, \(\frac{a}{b}\)"
    assert '<span class="cloze">quick</span>' in answer


PIECES = (
    *("{{c1::", "{{c2::", "{{c13::", "}}", "}}", "}}", "::", "{", "}", ":", "$", "$$", "*", "**", "`", "\n", "\n- "),
    *("\n\n", "```\n", "\n```", "x", "中", "，", " ", r"\frac", "<b>", "<", "|", "![a](b)", "[a](", ")", "# "),
)


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_anki_reads_back_the_same_numbers(anki: Anki, text: str) -> None:
    html = cloze_to_html(text)
    expected = numbers(text)
    if not expected:  # Anki makes an empty card for a note without deletions
        assert "{{c" not in html
        return
    cards = anki.cards(html)
    assert tuple(cards) == expected
    for number, (question, answer) in cards.items():
        assert cloze_side(html, number, is_revealed=False).rstrip() == question
        assert cloze_side(html, number, is_revealed=True).rstrip() == answer
