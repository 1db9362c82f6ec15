"""Questions that were exported and then reworded, though they have no id in their file."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from duly.anki.history.ledger_tables import UPGRADES
from duly.anki.history.rewording_candidates import rewordings
from duly.anki.package_export import export_package
from duly.cards import derived_id
from duly.deckfile.load import load
from duly.errors import DulyError

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OLD, NEW = "What is the capital of Peru?", "What is the capital city of Peru?"
DECK = f"- {{q: '{OLD}', a: Lima}}\n- {{q: 'Which sea is salt?', a: 'The Dead Sea'}}\n"
REWORDED = DECK.replace(OLD, NEW)


class Author:
    """Writes deck files into a folder and exports them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger_file = folder / "exports.db"
        self.cards = folder / "cards"
        self.cards.mkdir()

    def writes(self, text: str, name: str = "d.yaml") -> None:
        (self.cards / name).write_text(text, encoding="utf-8")

    def exports(self, *paths: Path, to: str = "out.apkg") -> None:
        given_paths = paths or (self.cards,)
        export_package(load(given_paths).notes, self.folder / to, self.ledger_file, NOW, paths=given_paths)

    def finds(self, paths: Sequence[Path] = (), to: str = "") -> list[tuple[str, str]]:
        """The ids of the notes that seem to be reworded, each with that of the new one."""
        loaded = load(paths or (self.cards,))
        pairs = rewordings(
            loaded.notes, paths or (self.cards,), self.ledger_file, target=self.folder / to if to else None,
            excluded_ids={note.id for note in loaded.excluded_notes},
        )  # fmt: skip
        return [(old.id, note.id) for old, note in pairs]


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


def test_a_reworded_question_is_recognised_by_its_exported_text(author: Author) -> None:
    author.writes(DECK)
    author.exports()
    assert author.finds() == []
    author.writes(REWORDED)
    assert author.finds() == [(derived_id(OLD), derived_id(NEW))]


@pytest.mark.parametrize(
    ("card", "old", "new"),
    [
        ("{cloze: 'The {{c1::heart}} pumps **blood** at $p > 0$'}", "pumps", "moves"),
        ("{q: 'Who wrote *Hamlet*?', a: '- Shakespeare', reverse: true}", "Who", "Which man"),
        ("{q: 中国的首都是哪里？, a: 北京, typed: true}", "哪里", "哪座城市"),
        ("{q: 'What is `a < b & c`?', a: 'x', wrong: [y, z]}", "What is", "What, then, is"),
        ("{q: 'Q?', a: 'a telling answer of its own'}", "Q?", "Something else"),
    ],
)
def test_every_kind_of_note_is_recognised_when_reworded(author: Author, card: str, old: str, new: str) -> None:
    author.writes(f"- {card}\n")
    author.exports()
    author.writes(f"- {card.replace(old, new)}\n")
    assert len(author.finds()) == 1


def test_a_common_answer_alone_does_not_suggest_a_rewording(author: Author) -> None:
    other = "- {q: 'Other?', a: 'a telling answer of its own'}\n"
    author.writes("- {q: 'Q?', a: 'a telling answer of its own'}\n" + other)
    author.exports()
    author.writes("- {q: 'Something else', a: 'a telling answer of its own'}\n" + other)
    assert author.finds() == []


def test_a_note_with_an_id_in_its_file_is_no_rewording(author: Author) -> None:
    author.writes(DECK)
    author.exports()
    author.writes(REWORDED.replace("a: Lima", "a: Lima, id: own"))
    assert author.finds() == []


def test_a_new_note_beside_the_old_one_is_another(author: Author) -> None:
    author.writes(DECK)
    author.exports()
    author.writes(DECK + f"- {{q: '{NEW}', a: Lima}}\n")
    assert author.finds() == []


def test_two_exported_questions_are_no_rewording(author: Author) -> None:
    both = DECK + f"- {{q: '{NEW}', a: Lima}}\n"
    author.writes(both)
    author.exports()
    author.writes(both.replace(f"- {{q: '{OLD}', a: Lima}}\n", ""))
    assert author.finds() == []


def test_notes_that_may_be_in_unreadable_files_are_not_lost(author: Author) -> None:
    author.writes(DECK)
    author.writes("- {q: more, a: x}\n", "more.yaml")
    author.exports()
    author.writes(REWORDED)
    assert author.finds([author.cards / "d.yaml"]) == []
    assert author.finds([author.cards / "d.yaml"], to="out.apkg") == []
    (author.cards / "more.yaml").unlink()
    assert len(author.finds()) == 1


def test_a_package_of_other_decks_does_not_suggest_rewordings(author: Author) -> None:
    elsewhere = author.folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "d.yaml").write_text(DECK)
    author.exports(elsewhere)
    author.writes(REWORDED)
    assert author.finds() == []


def test_a_file_that_was_renamed_is_known_by_the_package_it_goes_into(author: Author) -> None:
    file, renamed = author.cards / "d.yaml", author.cards / "other.yaml"
    author.writes("deck: d\ncards:\n" + DECK)
    author.exports(file)
    file.rename(renamed)
    author.writes("deck: d\ncards:\n" + REWORDED, "other.yaml")
    assert author.finds([renamed]) == []
    assert len(author.finds([renamed], to="out.apkg")) == 1


def test_notes_of_a_renamed_deck_are_still_recognised(author: Author) -> None:
    author.writes(DECK)
    author.writes(DECK.replace("Peru", "Chile").replace("salt", "dead"), "other.yaml")
    author.exports()
    (author.cards / "d.yaml").unlink()
    author.writes(REWORDED, "renamed.yaml")
    assert author.finds() == [(derived_id(OLD), derived_id(NEW))]


def test_a_note_excluded_because_of_a_missing_picture_is_not_removed(author: Author) -> None:
    (author.cards / "p.png").write_bytes(b"p")
    author.writes(f"- {{q: '{OLD}', a: Lima, extra: '![p](p.png)'}}\n")
    author.exports()
    (author.cards / "p.png").unlink()
    author.writes(f"- {{q: '{OLD}', a: Lima, extra: '![p](p.png)'}}\n- {{q: '{NEW}', a: Lima}}\n")
    assert author.finds() == []


def test_without_a_ledger_nothing_is_found_and_none_is_created(author: Author) -> None:
    author.writes(REWORDED)
    assert author.finds() == []
    assert not author.ledger_file.exists()


def test_the_ledger_of_an_older_version_is_unchanged_and_suggests_no_rewordings(author: Author) -> None:
    with closing(sqlite3.connect(author.ledger_file)) as connection:
        connection.executescript(f"{UPGRADES[0]} pragma user_version = 1;")
    before = author.ledger_file.read_bytes()
    author.writes(REWORDED)
    assert author.finds() == []
    assert author.ledger_file.read_bytes() == before


def test_a_damaged_ledger_is_an_error(author: Author) -> None:
    author.ledger_file.write_bytes(b"no database at all, but long enough to be taken for the head of one" * 40)
    author.writes(REWORDED)
    with pytest.raises(DulyError, match="is damaged"):
        author.finds()


def test_undecided_notes_do_not_count_as_removed(author: Author) -> None:
    author.writes(DECK)
    author.exports()
    author.writes(REWORDED)
    notes = [note for note in load([author.cards]).notes if note.id != derived_id(NEW)]
    files = author.folder / "out.apkg", author.ledger_file
    summary = export_package(notes, *files, NOW, paths=[author.cards], undecided_ids=[derived_id(OLD)])
    assert (summary.removed_notes, summary.notes) == ((), 1)
    assert author.finds() == [(derived_id(OLD), derived_id(NEW))]
    assert [note.id for note in export_package(notes, *files, NOW, paths=[author.cards]).removed_notes] == [
        derived_id(OLD)
    ]
