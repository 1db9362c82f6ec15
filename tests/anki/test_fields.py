import html
import re

from hypothesis import given
from hypothesis import strategies as st

from duly.anki.fields import field_values
from duly.cards import Basic, Choice, Cloze, DeckName, Kind, Note, NoteId, Reversed, Typed


def values(kind: Kind, note_id: str = "n", **more: str) -> dict[str, str]:
    return field_values(Note(NoteId(note_id), kind, DeckName("d"), **more), str)  # type: ignore[arg-type]


def test_a_question_and_its_answer_are_html() -> None:
    assert values(Basic("Is **1 < 2**?", "yes & no")) == {
        "Front": "Is <strong>1 &lt; 2</strong>?",
        "Back": "yes &amp; no",
        "Duly ID": "n",
    }


def test_a_reversed_note_says_so() -> None:
    assert values(Reversed("H₂O", "water"))["Reverse"] == "y"


def test_a_typed_answer_is_compared_as_one_line_of_plain_text() -> None:
    made = values(Typed("q", "**a**  < b\nand `c & d`"))
    assert made["Typed"] == "a &lt; b and c &amp; d"
    assert made["Back"].startswith("<strong>a</strong>")


def test_options_stand_in_an_order_of_their_own_with_the_right_one_marked() -> None:
    orders = {
        tuple(re.findall(r"<li[^>]*>(.*?)</li>", values(Choice("q", "right", ("a", "b")), f"n{number}")["Options"]))
        for number in range(60)
    }
    assert len(orders) == 6
    made = values(Choice("q", "right", ("a", "b")))["Options"]
    assert '<li class="right">right</li>' in made
    assert made.count("class") == 1


def test_the_words_around_a_card_are_text_or_markdown() -> None:
    made = values(Basic("q", "a"), "<&>", hint="*h*", extra="`e`", source="<Book>,\n*p.* 3\x1f\0", language="zh-Hans")
    assert made["Hint"] == "<em>h</em>"
    assert made["Extra"] == "<code>e</code>"
    assert made["Source"] == "&lt;Book&gt;,<br>*p.* 3"
    assert made["Language"] == "zh-Hans"
    assert made["Duly ID"] == "&lt;&amp;&gt;"


def test_what_anki_would_obey_is_shown_as_written() -> None:
    for text in (
        "[sound:other.mp3]",
        "[latex]x[/latex]",
        "[$]x[/$]",
        "[$$]x[/$$]",
        "[anki:tts lang=en_US]x[/anki:tts]",
        "[[type:Back]]",
    ):
        made = values(Basic(f"`{text}`", "a"))["Front"]
        assert not re.search(r"\[(sound:|latex|\$|anki:|\[type:)", made)
        assert html.unescape(made) == f"<code>{text}</code>"


def test_a_sound_of_ours_is_played() -> None:
    note = Note(NoteId("n"), Basic("![hear](a.mp3)", "a"), DeckName("d"))
    assert field_values(note, lambda _: "duly-00.mp3")["Front"] == "[sound:duly-00.mp3]"


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_text_holds_what_parts_fields_or_ends_strings(one: str, other: str) -> None:
    for kind in (Basic(one, other), Typed(one, other), Choice(one, other, ("x",)), Cloze(f"{{{{c1::{one}}}}}")):
        assert not set("".join(values(kind, hint=other, extra=one, source=other).values())) & {"\x1f", "\0"}
