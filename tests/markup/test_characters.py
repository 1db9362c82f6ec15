"""Which characters pass into Anki and to a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from duly.markup.characters import clean_text, escape_html, safe_for_terminal


def test_line_ends_become_newlines_and_tabs_stay() -> None:
    assert clean_text("a\r\nb\rc\td\n") == "a\nb\nc\td\n"


def test_control_characters_are_dropped() -> None:
    assert clean_text("\0a\x1f\x1b[0m\x7f\x9b") == "a[0m"


def test_a_terminal_gets_no_marks_of_writing_direction() -> None:
    assert safe_for_terminal("a\u202eb\u2066c\u200f") == "abc"
    assert clean_text("a\u202eb") == "a\u202eb"


def test_html_is_escaped_for_text_and_attributes() -> None:
    assert escape_html('<a & "b">\'') == "&lt;a &amp; &quot;b&quot;&gt;'"


@given(st.text(st.sampled_from("ab中é\n\t\r\x0b\x1f\x85\xa0\u200b\u2028\u3000\ud800\ufdd0\uffff")) | st.text())
def test_texts_of_several_lines_are_cleaned_character_by_character(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    allowed = (each for each in lines if each in "\n\t" or not (unwanted(ord(each)) or "\ud800" <= each <= "\udfff"))
    assert clean_text(text) == "".join(allowed)


def unwanted(code: int) -> bool:
    return code < 32 or 127 <= code < 160 or 0xFDD0 <= code <= 0xFDEF or code in (0xFFFE, 0xFFFF)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.text())
def test_a_cleaned_text_has_no_control_characters(text: str) -> None:
    cleaned_text = clean_text(text)
    assert clean_text(cleaned_text) == cleaned_text
    assert not set(cleaned_text) & {
        chr(code) for code in (*range(9), *range(11, 32), 127, 0x85, 0xFDD0, 0xFFFE, 0xFFFF)
    }
