"""Notes that were removed from the decks: what is told of them, and how a learner gets rid of them in Anki."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.learner import Learner

from duly.anki.export_plan import ExportSummary
from duly.anki.history.removed_notes import RemovedNote
from duly.anki.package_export import export_package
from duly.cards import Basic, Cloze, DeckName, Note, NoteId
from duly.errors import DulyError
from duly.problem import Place

DECK = DeckName("d")
KEPT = Note(NoteId("kept"), Basic("q", "a"), DECK)
LOST = Note(NoteId("lost"), Cloze("{{c1::a}} {{c3::b}}"), DeckName("d::deep"), tags=("t",), hint="h")


class Exporter:
    """Exports into `folder`, a day later each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package = folder / "out.apkg"
        self._now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(
        self,
        *notes: Note,
        to: str = "out.apkg",
        is_complete: bool = True,
        force: bool = False,
        with_removed: bool = False,
    ) -> ExportSummary:
        self._now += timedelta(days=1)
        return export_package(
            notes,
            self.folder / to,
            self.folder / "exports.db",
            self._now,
            paths=[self.folder],
            is_complete=is_complete,
            force=force,
            with_removed=with_removed,
        )


def ids(notes: Iterable[RemovedNote]) -> list[str]:
    return [note.id for note in notes]


@pytest.fixture
def exports(tmp_path: Path) -> Exporter:
    return Exporter(tmp_path)


def test_a_removed_note_is_exported_once_more_with_a_tag(learner: Learner, exports: Exporter) -> None:
    exports(KEPT, LOST)
    learner.imports(exports.package)
    learner.reviews("lost", 2)
    before = {name: learner.note("lost")[name] for name in learner.note("lost").keys()}  # noqa: SIM118 - no dict
    summary = exports(KEPT, with_removed=True)
    assert (summary.shipped_ids, ids(summary.removed_notes), summary.notes, summary.cards) == (
        ("lost",),
        ["lost"],
        1,
        1,
    )
    assert learner.imports(exports.package) == {"updated": 1, "duplicate": 1}
    note = learner.note("lost")
    assert {name: note[name] for name in note.keys()} == before  # noqa: SIM118 - no dict
    assert note.tags == ["duly::deleted", "t"]
    assert learner.card("lost", 2).reps == 1
    assert list(learner.collection.find_notes("tag:duly::deleted")) == [note.id]
    learner.collection.remove_notes([note.id])
    learner.assert_sound()


def test_a_removed_note_is_exported_only_once_so_that_it_does_not_return(learner: Learner, exports: Exporter) -> None:
    exports(KEPT, LOST)
    exports(KEPT)
    assert exports(KEPT, with_removed=True).shipped_ids == ("lost",)
    learner.imports(exports.package)
    learner.collection.remove_notes([learner.note("lost").id])
    summary = exports(KEPT, with_removed=True)
    assert (summary.shipped_ids, summary.previously_shipped_ids) == ((), ("lost",))
    assert learner.imports(exports.package) == {"duplicate": 1}
    summary = exports(KEPT, with_removed=True, force=True)
    assert (summary.shipped_ids, summary.previously_shipped_ids) == (("lost",), ())


def test_a_removed_note_that_returns_loses_the_tag(learner: Learner, exports: Exporter) -> None:
    exports(KEPT, LOST)
    exports(KEPT, with_removed=True)
    learner.imports(exports.package)
    summary = exports(KEPT, LOST)
    assert (summary.added, summary.changed, summary.unchanged) == (0, 1, 1)
    assert learner.imports(exports.package) == {"updated": 1, "duplicate": 1}
    assert learner.note("lost").tags == ["t"]
    assert exports(KEPT, with_removed=True).shipped_ids == ("lost",)


def test_no_note_is_tagged_for_deletion_if_some_notes_could_not_be_read(exports: Exporter) -> None:
    exports(KEPT, LOST)
    assert ids(exports(KEPT).removed_notes) == ["lost"]
    assert exports(KEPT, with_removed=True, is_complete=False).shipped_ids == ()
    assert exports(KEPT, with_removed=True).shipped_ids == ("lost",)


def test_a_note_that_moved_to_another_package_is_not_removed(exports: Exporter) -> None:
    exports(KEPT, LOST)
    exports(LOST, to="other.apkg")
    for with_removed in (False, True):
        summary = exports(KEPT, with_removed=with_removed)
        assert (summary.removed_notes, summary.shipped_ids) == ((), ())
        (message,) = summary.messages
        assert str(message) == f"not taken for removed, for {exports.folder / 'other.apkg'} holds them: lost"
    assert exports(KEPT, to="other.apkg", with_removed=True).shipped_ids == ("lost",)


def test_a_deleted_package_contains_no_notes(exports: Exporter) -> None:
    exports(KEPT, LOST)
    exports(KEPT, LOST, to="tried.apkg")
    (exports.folder / "tried.apkg").unlink()
    assert exports(KEPT, with_removed=True).shipped_ids == ("lost",)


def test_images_of_a_removed_note_need_not_be_there(learner: Learner, exports: Exporter) -> None:
    (exports.folder / "a.png").write_bytes(b"picture")
    note = LOST._replace(kind=Basic("![p](a.png)", "a"), place=Place(exports.folder / "d.yaml"))
    exports(KEPT, note)
    learner.imports(exports.package)
    (exports.folder / "a.png").unlink()
    summary = exports(KEPT, with_removed=True)
    assert (summary.shipped_ids, summary.media, summary.messages) == (("lost",), 0, ())
    learner.imports(exports.package)
    learner.assert_sound()


def test_when_all_are_removed_the_package_holds_only_them(learner: Learner, exports: Exporter) -> None:
    exports(LOST)
    learner.imports(exports.package)
    summary = exports(with_removed=True)
    assert (summary.notes, summary.shipped_ids) == (0, ("lost",))
    assert learner.imports(exports.package) == {"updated": 1}
    with pytest.raises(DulyError, match="no card to export"):
        exports(with_removed=True)


def test_a_question_that_anki_could_not_turn_into_a_cloze_comes_as_the_question(
    learner: Learner, exports: Exporter
) -> None:
    exports(KEPT, LOST._replace(kind=Basic("asked", "a")))
    learner.imports(exports.package)
    exports(KEPT, LOST)
    exports(KEPT, with_removed=True)
    assert learner.imports(exports.package) == {"updated": 1, "duplicate": 1}
    assert learner.note("lost")["Front"] == "asked"


def test_a_removed_note_whose_content_is_not_in_the_ledger_is_named(exports: Exporter) -> None:
    exports(KEPT, LOST)
    with closing(sqlite3.connect(exports.folder / "exports.db")) as ledger:
        ledger.execute("update notes set deck = null, fields = null, tags = null")
        ledger.commit()
    summary = exports(KEPT, with_removed=True)
    assert summary.shipped_ids == ()
    assert [str(message) for message in summary.messages] == [
        "it is not known here what stood in these notes; delete them in Anki by their Duly ID: lost"
    ]


def test_with_force_every_note_is_updated_once_and_then_keeps_its_date(learner: Learner, exports: Exporter) -> None:
    exports(KEPT, LOST)
    learner.imports(exports.package)
    summary = exports(KEPT, LOST, force=True)
    assert (summary.added, summary.changed, summary.unchanged) == (0, 0, 2)
    assert learner.imports(exports.package) == {"updated": 2}
    before = exports.package.read_bytes()
    exports(KEPT, LOST)
    assert exports.package.read_bytes() == before
