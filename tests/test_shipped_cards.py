"""The decks that ship: made from the eleven pairs of a document, in words of their own."""

import re
from pathlib import Path

import pytest

from duly.advice import advice_on_note
from duly.cards import Basic, Choice, Cloze, Note, Reversed, Typed
from duly.deckfile.load import LoadedDecks, load
from duly.importers.qa.reader import read

CARDS = Path(__file__).parents[1] / "cards"
DOCUMENT = Path(__file__).parent / "importers" / "gpt-qa.txt"
LONGEST_COMMON = 11
"""Chinese characters in a row that a card may share with the document: terms and short quotations have fewer."""


@pytest.fixture(scope="module")
def shipped() -> LoadedDecks:
    return load([CARDS])


def stretches(text: str) -> set[str]:
    """Every run of Chinese characters that is one longer than may be shared."""
    size = LONGEST_COMMON + 1
    runs = re.findall(r"[\u3400-\u9fff]+", text)
    return {run[start : start + size] for run in runs for start in range(len(run) - size + 1)}


def own_text(note: Note) -> str:
    return "\n".join(note.texts)


def test_there_is_nothing_wrong_with_them(shipped: LoadedDecks) -> None:
    assert shipped.problems == ()
    assert 45 <= len(shipped.notes) <= 80


def test_every_pair_of_the_document_has_its_cards(shipped: LoadedDecks) -> None:
    pairs = {note.source for note in read(DOCUMENT, DOCUMENT.read_text(encoding="utf-8")).notes}
    assert len(pairs) == 11
    assert {note.source for note in shipped.notes} == pairs


@pytest.mark.parametrize("kind", [Basic, Reversed, Typed, Choice, Cloze])
def test_every_kind_occurs(shipped: LoadedDecks, kind: type) -> None:
    assert sum(isinstance(note.kind, kind) for note in shipped.notes) >= 3


def test_every_note_has_an_id_of_its_own_a_tag_and_a_language(shipped: LoadedDecks) -> None:
    assert [note.id for note in shipped.notes if not (note.is_stamped and "gpt" in note.tags)] == []
    assert {note.language for note in shipped.notes} == {"zh-Hans"}
    assert {note.deck.split("::")[0] for note in shipped.notes} == {"GPT"}


def test_math_code_and_a_table_occur(shipped: LoadedDecks) -> None:
    all_texts = "\n".join(own_text(note) for note in shipped.notes)
    assert all(sign in all_texts for sign in ("$$", "```python", "| --- |"))


def test_no_sentence_of_the_document_is_copied(shipped: LoadedDecks) -> None:
    document = stretches(DOCUMENT.read_text(encoding="utf-8"))
    assert len(document) > 500
    assert {
        note.id: stretches(own_text(note)) & document for note in shipped.notes if stretches(own_text(note)) & document
    } == {}


def test_an_answer_is_short_enough_to_grade(shipped: LoadedDecks) -> None:
    long = [note.id for note in shipped.notes if isinstance(note.kind, Basic) and len(note.kind.answer) > 80]
    assert long == []


def test_options_do_not_give_the_answer_away_by_their_length(shipped: LoadedDecks) -> None:
    longest = [
        note.id
        for note in shipped.notes
        if isinstance(note.kind, Choice) and len(note.kind.answer) > 3 + max(map(len, note.kind.wrong))
    ]
    assert longest == []


def test_the_wrong_numbers_of_the_document_are_put_right(shipped: LoadedDecks) -> None:
    notes = {str(note.id): note for note in shipped.notes}
    rows = [[1, 0, 0, 1, 0, 0], [0, 0, 2, 0, 0, 1], [0, 0, 0, 2, 0, 0]]
    data = [value for row in rows for value in row if value]
    indices = [column for row in rows for column, value in enumerate(row) if value]
    indptr = [sum(bool(value) for row in rows[:count] for value in row) for count in range(len(rows) + 1)]
    stored = len(data) + len(indices) + len(indptr)
    answers = {key: note.kind.answer for key, note in notes.items() if not isinstance(note.kind, Cloze)}
    assert answers["csr-write-indices"] == f"`{indices}`"
    assert answers["csr-write-indptr"] == f"`{indptr}`"
    assert answers["csr-count"] == str(stored)
    assert answers["csr-saving"] == f"{(18 - stored) / 18:.0%}"
    assert answers["csr-read-row"] == f"`{' '.join(map(str, rows[1]))}`"
    assert f"data:    {data}" in notes["csr-read-row"].question


def test_nothing_could_be_better_about_a_note(shipped: LoadedDecks) -> None:
    assert [(advice.note.id, advice.kind) for note in shipped.notes for advice in advice_on_note(note)] == []


def test_cards_on_an_english_word_ask_for_it_to_be_typed(shipped: LoadedDecks) -> None:
    english = [note for note in shipped.notes if note.id.endswith("-english")]
    assert len(english) == 2
    assert all(isinstance(note.kind, Typed) and note.kind.answer.isascii() for note in english)
