"""What a learner pastes into the search of Anki's browser, tried in a real one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.learner import Export, Learner

from duly.anki.history.dates_beside_decks import Dates
from duly.anki.history.export_ledger import open_ledger
from duly.anki.history.moved_notes import MovedNotes, moved_notes
from duly.anki.history.note_dates import ChangeTracker
from duly.anki.history.search_queries import NOTES_A_SEARCH, searches_for
from duly.anki.notes.note_builder import NoteBuilder
from duly.anki.notes.package_media import PackageMedia
from duly.anki.package_export import export_package
from duly.anki.write.package_rows import NoteRow
from duly.cards import Basic, DeckName, Note, NoteId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

IDS = ("2dy4q8hmbbwc", "we_ird*1", "weXird-1", 'a<b>&"c\\\\d', "x (y) or:z", "tag:foo -bar 'k'", "语言", "a", "ab")
"""Ids that mean something to Anki's search, and some that others could be taken for."""


def note(name: str, deck: str) -> Note:
    return Note(NoteId(name), Basic(f"q {name}", "a"), DeckName(deck))


def guids(learner: Learner, search: str) -> set[str]:
    """The ids of the notes that a search finds."""
    return {learner.collection.get_note(number).guid for number in learner.collection.find_notes(search)}


def rows(folder: Path, notes: Sequence[Note]) -> list[NoteRow]:
    with open_ledger(folder / "rows.db") as ledger:
        return list(ChangeTracker(ledger, Dates(()), NoteBuilder(PackageMedia([])), 0).rows(notes))


def test_the_search_for_a_note_finds_it_and_no_other(learner: Learner, package: Export, tmp_path: Path) -> None:
    notes = [note(name, "d") for name in IDS]
    learner.imports(package(*notes))
    for row in rows(tmp_path, notes):
        (search,) = searches_for([row])
        assert guids(learner, search) == {row.guid}
    (search,) = searches_for(rows(tmp_path, notes[:3]))
    assert guids(learner, search) == set(IDS[:3])


def test_without_its_quotes_a_search_finds_nothing(learner: Learner, package: Export) -> None:
    learner.imports(package(note("n", "d")))
    assert guids(learner, "Duly ID:n") == set()
    assert guids(learner, '"Duly ID:n"') == {"n"}


def test_more_notes_than_anki_takes_at_once_are_found_by_several_searches(
    learner: Learner, package: Export, tmp_path: Path
) -> None:
    notes = [note(f"n{number}", "d") for number in range(NOTES_A_SEARCH + 1)]
    learner.imports(package(*notes))
    first, second = searches_for(rows(tmp_path, notes))
    assert (len(guids(learner, first)), guids(learner, second)) == (NOTES_A_SEARCH, {f"n{NOTES_A_SEARCH}"})


def test_a_note_whose_type_came_from_anki_has_no_search(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, [note("n", "d")])
    assert searches_for([row._replace(type=1)]) == ()


def moved(folder: Path, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> tuple[MovedNotes, ...]:
    """What is told of notes, each with its deck, when they are in other decks after the first export."""
    decks = {name: DeckName(deck) for name, deck in before}
    return moved_notes(
        rows(folder, [note(*place) for place in after]),
        {name: decks[name] for name, deck in after if name in decks and decks[name] != deck},
    )


def test_an_import_leaves_cards_in_their_deck_and_the_search_finds_them_there(learner: Learner, tmp_path: Path) -> None:
    before = [
        ("1", "my_deck"),
        ("2", "my_deck"),
        ("3", "my_deck::within"),
        ("4", "myXdeck"),
        ("5", "half"),
        ("6", "half"),
    ]
    after = [("1", "new"), ("2", "new"), ("3", "my_deck::within"), ("4", "myXdeck"), ("5", "half"), ("6", "new")]
    for decks in (before, after):
        summary = export_package(
            [note(*place) for place in decks], tmp_path / "out.apkg", tmp_path / "exports.db", NOW, paths=()
        )
        learner.imports(tmp_path / "out.apkg")
    assert [learner.deck(name) for name, _ in after] == [deck for _, deck in before]
    assert [(move.notes, move.old_deck, move.new_deck) for move in summary.moves] == [
        (2, "my_deck", "new"),
        (1, "half", "new"),
    ]
    assert [guids(learner, search) for move in summary.moves for search in move.searches] == [{"1", "2"}, {"6"}]


def test_a_deck_whose_notes_moved_to_several_decks_is_not_searched_as_a_whole(tmp_path: Path) -> None:
    moves = moved(tmp_path, [("1", "d"), ("2", "d")], [("1", "new"), ("2", "other")])
    assert [move.searches for move in moves] == [('"Duly ID:1"',), ('"Duly ID:2"',)]


def test_another_spelling_of_the_same_deck_for_anki_is_no_move(tmp_path: Path) -> None:
    assert moved(tmp_path, [("1", "ML::Sparse")], [("1", "ml::sparse")]) == ()
