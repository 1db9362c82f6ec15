"""Notes that are as they were are not made again, and the package is the same to the byte as if they were."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.anki.history import note_dates
from duly.anki.history.dates_beside_decks import Dates
from duly.anki.history.export_ledger import open_ledger
from duly.anki.history.note_dates import ChangeTracker
from duly.anki.notes.note_builder import BuiltNote, NoteBuilder
from duly.anki.notes.package_media import PackageMedia
from duly.anki.package_export import export_package
from duly.anki.raw_rows import RawType
from duly.anki.write.package_rows import NoteRow
from duly.cards import BACK, FRONT, Basic, Choice, Cloze, DeckName, Kind, Note, NoteId, Reversed, Typed
from duly.problem import Place

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TEXTS = st.sampled_from(["one", "**二**", "`code` & more", "$x^2$", "![a cat](cat.png)", "a <b>tag</b>", "- a\n- b"])
KINDS = st.one_of(
    st.builds(Basic, TEXTS, TEXTS),
    st.builds(Reversed, TEXTS, TEXTS),
    st.builds(Typed, TEXTS, TEXTS),
    st.builds(Choice, TEXTS, TEXTS, st.lists(TEXTS, min_size=1, max_size=3).map(tuple)),
    TEXTS.map(lambda text: Cloze(f"{{{{c1::{text}}}}} and {{{{c2::more}}}}")),
)
COLLECTIONS = st.lists(st.tuples(KINDS, TEXTS, st.sampled_from(["a", "b"])), min_size=1, max_size=6)


def note(kind: Kind, hint: str = "", name: str = "a", number: int = 1, folder: Path = Path()) -> Note:
    place = Place(folder / f"{name}.yaml", number)
    return Note(NoteId(f"n{number}"), kind, DeckName("d"), hint=hint, place=place, is_stamped=True)


@settings(deadline=None, max_examples=25)
@given(st.lists(COLLECTIONS, min_size=2, max_size=4))
def test_a_package_made_from_rows_of_the_ledger_equals_a_newly_rendered_one(
    versions: list[list[tuple[Kind, str, str]]],
) -> None:
    with TemporaryDirectory() as name:
        for index, version in enumerate(versions):
            results = []
            for folder in (Path(name, "with"), Path(name, "without")):
                folder.mkdir(exist_ok=True)
                (folder / "cat.png").write_bytes(b"cat" * (index + 1))
                notes = [note(kind, hint, file, index, folder) for index, (kind, hint, file) in enumerate(version, 1)]
                target = folder / "o.apkg"
                summary = export_package(notes, target, folder / "o.db", NOW + index * DAY, paths=[folder])
                messages = [str(message).replace(str(folder), "") for message in summary.messages]
                results.append((target.read_bytes(), replace(summary, messages=()), messages))
            assert results[0] == results[1]
            with closing(sqlite3.connect(Path(name, "without", "o.db"))) as connection, connection:
                connection.execute("update notes set source = null")


def rendered_ids(folder: Path, monkeypatch: pytest.MonkeyPatch, *notes: Note, force: bool = False) -> list[str]:
    """Exports the notes, and tells which of them were made anew."""
    ids: list[str] = []
    build = NoteBuilder.build

    def build_and_count(builder: NoteBuilder, note: Note) -> BuiltNote:
        ids.append(note.id)
        return build(builder, note)

    with monkeypatch.context() as patch:
        patch.setattr(NoteBuilder, "build", build_and_count)
        export_package(notes, folder / "o.apkg", folder / "o.db", NOW, paths=[folder], force=force)
    return ids


def test_unchanged_notes_are_not_rendered_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, two = note(Basic("**a**", "b")), note(Basic("c", "d"), name="b", number=2)
    assert rendered_ids(tmp_path, monkeypatch, first, two) == ["n1", "n2"]
    assert rendered_ids(tmp_path, monkeypatch, first, two) == []
    assert rendered_ids(tmp_path, monkeypatch, two, first) == []
    assert rendered_ids(tmp_path, monkeypatch, first, two._replace(kind=Basic("c", "edited"))) == ["n2"]
    assert rendered_ids(tmp_path, monkeypatch, first, two._replace(tags=("t",))) == ["n2"]
    assert rendered_ids(tmp_path, monkeypatch, first, two._replace(deck=DeckName("e"))) == ["n2"]
    assert rendered_ids(tmp_path, monkeypatch, first, force=True) == ["n1"]


def test_notes_with_media_are_rendered_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [note(Basic("$a<b$", "b"), hint, number=index) for index, hint in enumerate(("![](a.png)", "<b>", "a"))]
    assert rendered_ids(tmp_path, monkeypatch, *notes) == ["n0", "n1", "n2"]
    assert rendered_ids(tmp_path, monkeypatch, *notes) == ["n0"]


def test_texts_joined_at_another_place_have_another_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = Choice("a", "b", ("c\x1ed", "e")), Choice("a", "b", ("c", "d\x1ee"))
    assert rendered_ids(tmp_path, monkeypatch, note(before)) == ["n1"]
    assert rendered_ids(tmp_path, monkeypatch, note(after)) == ["n1"]


@pytest.mark.parametrize("code", ["code_stamp", "library_stamp"])
def test_a_change_of_the_code_renders_all_notes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    only = note(Basic("a", "b"))
    assert rendered_ids(tmp_path, monkeypatch, only) == ["n1"]
    monkeypatch.setattr(note_dates, code, lambda *_: "another")
    assert rendered_ids(tmp_path, monkeypatch, only) == ["n1"]
    assert rendered_ids(tmp_path, monkeypatch, only) == []


def test_a_note_that_was_changed_and_reverted_is_rendered_and_dated_again(tmp_path: Path) -> None:
    question, cloze = note(Basic("a", "b")), note(Cloze("{{c1::a}}"))
    summaries = [
        export_package([version], tmp_path / "o.apkg", tmp_path / "o.db", NOW + index * DAY)
        for index, version in enumerate((question, cloze, question, question))
    ]
    assert [summary.changed for summary in summaries] == [0, 1, 1, 0]
    assert [len(summary.messages) for summary in summaries] == [0, 1, 0, 0]


def test_a_removed_note_may_have_cards_that_duly_never_asks(tmp_path: Path) -> None:
    kind = RawType(7, "three ways", 0, is_cloze=False, css="", fields=(), templates=())
    with open_ledger(tmp_path / "o.db") as ledger:
        cards = ChangeTracker(ledger, Dates(()), NoteBuilder(PackageMedia([])), 0, note_types={7: kind}).card_ids_of(
            NoteRow("x", 7, 0, DeckName("d"), "a", "", "0 1 2")
        )
    assert [card.face for card in cards] == [FRONT, BACK, ""]
