"""The ids of notes and cards."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from duly.cards import CardId, Face, NoteId, derived_id


def test_a_derived_id_is_twelve_lower_case_crockford_characters() -> None:
    assert re.fullmatch("[0-9abcdefghjkmnpqrstvwxyz]{12}", derived_id("什么是泛化能力？"))


def test_a_derived_id_is_the_same_on_every_machine_and_for_ever() -> None:
    assert derived_id("什么是泛化能力？") == "dz4gh9a43gf4"


def test_white_space_and_the_spelling_of_accents_do_not_change_an_id() -> None:
    assert derived_id("  Was ist\n\teine Größe? ") == derived_id("Was ist eine Gro\u0308ße?")


def test_another_question_has_another_id() -> None:
    assert derived_id("What is a note?") != derived_id("What is a Note?")


@given(st.text(min_size=1))
def test_an_id_depends_on_the_composed_text_alone(question: str) -> None:
    assert derived_id(unicodedata.normalize("NFD", question)) == derived_id(question)


@given(st.text(min_size=1), st.sampled_from(["front", "back", "c1", "c500"]))
def test_a_card_id_is_read_back_from_its_text(note: str, face: str) -> None:
    card = CardId(NoteId(note), Face(face))
    assert CardId.parse(str(card)) == card
