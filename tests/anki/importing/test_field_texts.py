"""Whatever stands in the fields of a note: its deck file can be read, and exported it is to the letter what it was."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.markup.html_to_markdown.test_from_html import PIECES

from duly.anki.importing.field_texts import FieldTexts
from duly.anki.importing.foreign_note import foreign_note
from duly.anki.notes.restore_original_type import restore_original_type
from duly.anki.raw_rows import RawField, RawTemplate, RawType
from duly.cards import Basic, DeckName, Note, NoteId
from duly.cards.media_references import references
from duly.deckfile.parse_file import parse
from duly.deckfile.write.yaml_text import deck_text
from duly.deckfile.yaml.source import Source
from duly.markup.characters import clean_text

NAMES = ("Word", "Second *one*", "Back", "Extra", "Kept")
FRONT = "{{Word}} {{Second *one*}} {{hint:Extra}}"
PAIR = (RawTemplate("1", FRONT, "{{FrontSide}} {{Back}} {{Extra}}"), RawTemplate("2", "{{Back}}", "{{Word}}"))
FIELDS = tuple(map(RawField, NAMES))
PLAIN = RawType(1, "Plain", 0, is_cloze=False, css="", fields=FIELDS, templates=PAIR)
TYPING = replace(PLAIN, templates=(RawTemplate("1", "{{Word}} {{type:Back}}", "{{Word}} {{type:Back}} {{Extra}}"),))
CLOZE = replace(
    PLAIN, is_cloze=True, templates=(RawTemplate("1", "{{cloze:Word}}", "{{cloze:Word}} {{Back}} {{Extra}}"),)
)
SEVERAL = replace(
    PLAIN,
    templates=(
        RawTemplate("Front", "What <b>is</b> {{kanji:Word}}<br>of {{Back}}?", "{{furigana:Word}} {{Extra}} {{Kept}}"),
        RawTemplate("a/b", "{{#Extra}}Say:{{/Extra}} {{Second *one*}}", "{{kana:Word}} {{type:Back}}"),
        RawTemplate("a b", "<p>1. {{Back}}", "{{kanji:Second *one*}} {{Word}}"),
    ),
)
BARE = Note(NoteId("guid"), Basic("", ""), DeckName("deck"), is_stamped=True)
FILE = Path("deck.yaml")

SIGNS = (*PIECES, "{{c1::", "x}}", "![x](y)", "`", "食[た]べる", "of ", "?")
contents = st.lists(st.sampled_from(SIGNS), max_size=8).map("".join) | st.just("")
values = st.fixed_dictionaries(dict.fromkeys(NAMES, contents))


@given(values, st.sampled_from((PLAIN, TYPING, CLOZE, SEVERAL)))
def test_every_note_can_be_written_read_and_brought_back(fields: dict[str, str], kind: RawType) -> None:
    rewriting = FieldTexts(fields, lambda name: f"media/{name}" if name.startswith("a") else None)
    pair = foreign_note(BARE, kind, (0, 1, 2), rewriting)
    if pair is None:
        return
    note, origin = pair
    parsed = parse(Source(FILE, deck_text([note])), BARE.deck)
    asked = ("unclosed-cloze", "same-sides", "cloze-in-basic", "unclear-hint")
    assert not [
        problem for problem in parsed.problems if problem.kind not in asked and "braces" not in problem.message.values
    ]
    (entry,) = parsed.entries
    read = entry.note._replace(place=None)
    assert read == note
    back = restore_original_type(read, origin, kind, rewriting.name)
    assert back is not None
    assert not back.messages
    assert dict(zip(NAMES, back.note.fields, strict=True)) == fields
    assert all(clean_text(text) == text for text in note.texts)
    assert {reference.path for text in note.texts for reference in references(text)} <= {"media/a b.png", "media/a.mp3"}
