import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.anki.notes.field_values import field_values
from duly.cards import Basic, Choice, Cloze, DeckName, Kind, Note, NoteId, Reversed, Typed
from duly.markup.cloze.cloze_side import cloze_side


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
    fields_by_name = values(Typed("q", "**a**  < b\nand `c & d`"))
    assert fields_by_name["Typed"] == "a &lt; b and c &amp; d"
    assert fields_by_name["Back"].startswith("<strong>a</strong>")


def test_a_typed_answer_is_compared_without_the_readings_above_it() -> None:
    fields_by_name = values(Typed("q", "{汉字|hàn zì}"))
    assert (fields_by_name["Back"], fields_by_name["Typed"]) == ("<ruby>汉字<rt>hàn zì</rt></ruby>", "汉字")


def test_options_are_ordered_by_a_hash_and_the_right_one_is_marked() -> None:
    orders = {
        tuple(re.findall(r"<li[^>]*>(.*?)</li>", values(Choice("q", "right", ("a", "b")), f"n{number}")["Options"]))
        for number in range(60)
    }
    assert len(orders) == 6
    field_html = values(Choice("q", "right", ("a", "b")))["Options"]
    assert '<li class="right">right</li>' in field_html
    assert field_html.count("class") == 1


def test_the_words_around_a_card_are_text_or_markdown() -> None:
    fields_by_name = values(
        Basic("q", "a"), "<&>", hint="*h*", extra="`e`", source="<Book>,\n*p.* 3\x1f\0", language="zh-Hans"
    )
    assert fields_by_name["Hint"] == "<em>h</em>"
    assert fields_by_name["Extra"] == "<code>e</code>"
    assert fields_by_name["Source"] == "&lt;Book&gt;,<br>*p.* 3"
    assert fields_by_name["Language"] == "zh-Hans"
    assert fields_by_name["Duly ID"] == "&lt;&amp;&gt;"


def test_commands_of_anki_in_plain_text_are_shown_as_written() -> None:
    for text in (
        "[sound:other.mp3]",
        "[latex]x[/latex]",
        "[$]x[/$]",
        "[$$]x[/$$]",
        "[anki:tts lang=en_US]x[/anki:tts]",
        "[[type:Back]]",
    ):
        field_html = values(Basic(f"`{text}`", "a"))["Front"]
        assert not re.search(r"\[(sound:|latex|\$|anki:|\[type:)", field_html)
        assert html.unescape(field_html) == f"<code>{text}</code>"


def test_a_sound_of_ours_is_played() -> None:
    note = Note(NoteId("n"), Basic("![hear](a.mp3)", "a"), DeckName("d"))
    assert field_values(note, lambda _: "duly-00.mp3")["Front"] == "[sound:duly-00.mp3]"


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_text_contains_field_separators_or_null_characters(text: str, other: str) -> None:
    for kind in (Basic(text, other), Typed(text, other), Choice(text, other, ("x",)), Cloze(f"{{{{c1::{text}}}}}")):
        assert not set("".join(values(kind, hint=other, extra=text, source=other).values())) & {"\x1f", "\0"}


ORDERS = (
    r"\href{javascript:alert(1)}{x}",
    r"\style{position:fixed}{x}",
    r"\class{right}{x}",
    r"\cssId{qa}{x}",
    r"\data{x=y}{x}",
    r"\require{html}",
    r"\unicode[font]{65}",
    r"\mmlToken{mi}[href='javascript:alert(1)']{x}",
    r"\let\h\href",
)


@pytest.mark.parametrize("order", ORDERS)
def test_a_command_of_mathjax_is_shown_as_written(order: str) -> None:
    names = re.findall(r"\\([a-zA-Z]{4,})", order)
    raw = order.replace("\\", "\\\\")
    for text in (f"${order}$", f"$${order}$$", rf"\\({raw}\\)", f"<b>{raw}</b>"):
        fields_by_name = values(Basic(text, "a"), hint=text, extra=text, source=text)
        fields_by_name |= values(Choice("q", text, ("b",))) | values(Cloze(f"{text} {{{{c1::x}}}}"))
        for name in names:
            together = "\n".join(fields_by_name.values())
            assert together.count(f"\\\u2060{name}") >= 6
            assert f"\\{name}" not in together


@pytest.mark.parametrize(
    "text",
    [
        r"$\hr{{c1::ef}}{javascript:alert(1)}{x}$",
        r"$\{{c1::href}}{javascript:alert(1)}{x}$",
        r"$\hr{{c1::e::hint}}f{javascript:alert(1)}{x}$",
        r"\\(\\hr<b></b>ef{javascript:alert(1)}{x}\\) {{c1::x}}",
        r"{{c1::x`y}}$\href{javascript:alert(1)}{x}$ z`",
        r"\\( `\href{javascript:alert(1)}{x}` \\) {{c1::x}}",
    ],
)
def test_no_command_is_put_together_by_a_cloze_card(text: str) -> None:
    field_html = values(Cloze(text))["Text"]
    for revealed in (False, True):
        shown = re.sub("<[^<>]*>", "", cloze_side(field_html, 1, is_revealed=revealed))
        assert "\\href" not in shown


@pytest.mark.parametrize("text", [r"`\href{a}{b}`", "```latex\n\\style{x}\n```", r"{{c1::`\href{a}{b}`}}"])
def test_commands_in_code_stay_as_they_are(text: str) -> None:
    fields_by_name = values(Cloze(text) if "{{c1" in text else Basic(text, "a"))
    assert "\u2060" not in "".join(fields_by_name.values())


def test_other_commands_stay_as_they_are() -> None:
    text = r"$\frac{\hat{x}}{\mathrm{class}} \stylet \classes \alpha$ C:\users"
    assert "\u2060" not in values(Basic(text, "a"))["Front"]
    assert values(Typed(r"$\style{a}{b}$", r"$\style{a}{b}$"))["Typed"] == r"\style{a}{b}"


LETTERS = (
    "\\",
    "h",
    "r",
    "e",
    "f",
    "href",
    "\\href",
    "{{c1::",
    "}}",
    "::",
    "`",
    "<b>",
    "</b>",
    "<wbr>",
    "$",
    "\\\\(",
    " ",
)


@given(st.lists(st.sampled_from(LETTERS), max_size=14).map("".join))
def test_no_text_contains_an_active_command(text: str) -> None:
    htmls = [values(Basic(text, "a")).get("Front", ""), values(Cloze(text)).get("Text", "")]
    for html_text in htmls:
        for revealed in (False, True):
            shown = cloze_side(html_text, 1, is_revealed=revealed)
            outside = re.sub("<code[^<>]*>.*?</code>", " ", shown, flags=re.DOTALL)
            assert not re.search(r"\\href(?![A-Za-z])", re.sub("<[^<>]*>", "", outside))
