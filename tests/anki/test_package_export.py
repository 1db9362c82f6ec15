import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duly.anki.export_plan import ExportSummary
from duly.anki.history.removed_notes import RemovedNote
from duly.anki.package_export import export_package
from duly.cards import Basic, Choice, Cloze, DeckName, Note, NoteId, Reversed, Typed, cards_of
from duly.errors import DulyError
from duly.problem import Place

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
DECK = DeckName("d")
NOTES = (
    Note(NoteId("basic"), Basic("q1", "a1"), DeckName("a::b"), tags=("t::u", "语言")),
    Note(NoteId("reversed"), Reversed("q2", "a2"), DeckName("A::c")),
    Note(NoteId("typed"), Typed("q3", "a3"), DECK),
    Note(NoteId("choice"), Choice("q4", "a4", ("w1", "w2")), DeckName("default")),
    Note(NoteId("cloze"), Cloze("{{c3::x}} {{c1::y {{c12::z}}}} {{c1,5::v}}"), DECK),
)


def exported(folder: Path, notes: tuple[Note, ...], now: datetime = NOW, is_complete: bool = True) -> ExportSummary:
    return export_package(notes, folder / "out.apkg", folder / "exports.db", now, is_complete=is_complete)


def ids(notes: Iterable[RemovedNote]) -> list[str]:
    return [note.id for note in notes]


@contextmanager
def inside(folder: Path) -> Iterator[sqlite3.Connection]:
    with zipfile.ZipFile(folder / "out.apkg") as package, closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(package.read("collection.anki2"))
        yield connection


def mods(folder: Path) -> dict[str, int]:
    with inside(folder) as collection:
        return dict(collection.execute("select guid, mod from notes").fetchall())


def test_the_same_notes_make_the_same_file_whenever_they_are_exported(tmp_path: Path) -> None:
    exported(tmp_path, NOTES)
    before = (tmp_path / "out.apkg").read_bytes()
    exported(tmp_path, NOTES, LATER)
    assert (tmp_path / "out.apkg").read_bytes() == before


def test_only_a_changed_note_gets_a_new_date(tmp_path: Path) -> None:
    first, second, *rest = NOTES
    exported(tmp_path, NOTES)
    changed = (first, second._replace(hint="new"), *rest)
    assert exported(tmp_path, changed, LATER).changed == 1
    now, later = int(NOW.timestamp()), int(LATER.timestamp())
    assert mods(tmp_path) == {note.id: later if note.id == second.id else now for note in NOTES}


def test_a_change_within_the_same_second_is_still_later(tmp_path: Path) -> None:
    exported(tmp_path, NOTES[:1])
    exported(tmp_path, (NOTES[0]._replace(kind=Basic("q1", "other")),))
    assert mods(tmp_path) == {"basic": int(NOW.timestamp()) + 1}


def test_moving_a_note_to_another_deck_is_no_change_for_anki(tmp_path: Path) -> None:
    exported(tmp_path, NOTES)
    moved = tuple(note._replace(deck=DeckName("elsewhere")) for note in NOTES)
    assert exported(tmp_path, moved, LATER).unchanged == len(NOTES)


def test_added_changed_and_unchanged_notes_are_counted(tmp_path: Path) -> None:
    result = exported(tmp_path, NOTES)
    assert (result.notes, result.cards, result.decks, result.added) == (5, 9, 4, 5)
    result = exported(tmp_path, (*NOTES[1:], Note(NoteId("new"), Basic("q", "a"), DECK)), LATER)
    assert (result.added, result.changed, result.unchanged, ids(result.removed_notes)) == (1, 0, 4, ["basic"])


def test_a_removed_note_is_reported_once_and_may_come_back(tmp_path: Path) -> None:
    exported(tmp_path, NOTES)
    assert ids(exported(tmp_path, NOTES[1:]).removed_notes) == ["basic"]
    assert exported(tmp_path, NOTES[1:]).removed_notes == ()
    assert exported(tmp_path, NOTES, LATER).unchanged == len(NOTES)


def test_no_note_counts_as_removed_if_some_notes_could_not_be_read(tmp_path: Path) -> None:
    exported(tmp_path, NOTES)
    assert exported(tmp_path, NOTES[1:], is_complete=False).removed_notes == ()
    assert ids(exported(tmp_path, NOTES[1:]).removed_notes) == ["basic"]


def test_removed_notes_are_tracked_per_package(tmp_path: Path) -> None:
    exported(tmp_path, NOTES)
    other = export_package(NOTES[1:], tmp_path / "other.apkg", tmp_path / "exports.db", NOW)
    assert (other.removed_notes, other.unchanged) == ((), len(NOTES) - 1)


def test_empty_cards_are_counted(tmp_path: Path) -> None:
    exported(tmp_path, NOTES)
    shorter = (*NOTES[:1], NOTES[1]._replace(kind=Basic("q2", "a2")), NOTES[4]._replace(kind=Cloze("{{c3::x}}")))
    assert exported(tmp_path, shorter, LATER).empty_cards == 1 + 3


def test_a_question_that_became_a_cloze_is_reported_until_it_has_a_new_id(tmp_path: Path) -> None:
    place = Place(Path("deck.yaml"), 4, 3)
    exported(tmp_path, NOTES[:1])
    cloze = NOTES[0]._replace(kind=Cloze("{{c1::q}}"), place=place)
    for now in (NOW, LATER):
        (message,) = exported(tmp_path, (cloze,), now).messages
        assert str(message).startswith("deck.yaml:4:3: Anki cannot turn a question into a cloze")
    assert exported(tmp_path, (cloze._replace(id=NoteId("fresh")),)).messages == ()


def test_there_is_a_card_for_each_face_in_the_order_of_the_notes(tmp_path: Path) -> None:
    exported(tmp_path, NOTES)
    with inside(tmp_path) as collection:
        rows = collection.execute(
            "select guid, ord, due from cards join notes on notes.id = nid order by due, ord"
        ).fetchall()
    assert rows == [
        ("basic", 0, 1),
        ("reversed", 0, 2),
        ("reversed", 1, 2),
        ("typed", 0, 3),
        ("choice", 0, 4),
        ("cloze", 0, 5),
        ("cloze", 2, 5),
        ("cloze", 4, 5),
        ("cloze", 11, 5),
    ]
    assert len(rows) == sum(len(cards_of(note)) for note in NOTES)


def test_the_collection_has_the_settings_of_the_scheduler(tmp_path: Path) -> None:
    exported(tmp_path, NOTES)
    with inside(tmp_path) as collection:
        first_day, conf, models = collection.execute("select crt, conf, models from col").fetchone()
    settings = json.loads(conf)
    assert first_day == 1136203200
    assert {key: settings[key] for key in ("schedVer", "creationOffset", "rollover")} == {
        "schedVer": 2,
        "creationOffset": 0,
        "rollover": 4,
    }
    keys = [key for key, _ in json.loads(models, object_pairs_hook=list)]
    assert sorted(keys) == ["1722347217", "1839349764"]


def test_the_date_of_a_note_type_depends_on_its_templates_and_styles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def type_mods() -> set[int]:
        with inside(tmp_path) as collection:
            (models,) = collection.execute("select models from col").fetchone()
        return {model["mod"] for model in json.loads(models).values()}

    exported(tmp_path, NOTES)
    exported(tmp_path, NOTES, LATER)
    assert type_mods() == {int(NOW.timestamp())}
    monkeypatch.setattr("duly.anki.package_export.styles", lambda _kind: "another look")
    exported(tmp_path, NOTES, LATER)
    assert type_mods() == {int(LATER.timestamp())}


def test_a_package_that_was_not_written_is_not_remembered(tmp_path: Path) -> None:
    with pytest.raises(DulyError):
        export_package(NOTES, tmp_path / "none" / "out.apkg", tmp_path / "exports.db", NOW)
    assert exported(tmp_path, NOTES, LATER).added == len(NOTES)
    assert set(mods(tmp_path).values()) == {int(LATER.timestamp())}


def test_no_notes_make_no_package(tmp_path: Path) -> None:
    with pytest.raises(DulyError, match="no card to export"):
        exported(tmp_path, ())
    assert list(tmp_path.iterdir()) == []


def test_two_notes_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two notes with one id"):
        exported(tmp_path, (NOTES[0], NOTES[0]))
