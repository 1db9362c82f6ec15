"""``duly export``."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.cli.calling import call
from tests.scheduling.histories import review

from duly.cards import BACK, FRONT, CardId, derived_id
from duly.journal import Journal
from duly.scheduling.schedule import NEW

DECK = "- {q: one, a: x, reverse: true}\n- {cloze: '{{c1::two}}', id: two}\n"


export = partial(call, "export")


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "a.yaml").write_text(DECK)
    return tmp_path / "cards"


def test_the_report_names_the_content_and_how_to_import_it(cards: Path) -> None:
    result = export(cards, "-o", "out.apkg")
    assert result.exit_code == 0
    assert (
        result.stdout
        == """\
out.apkg: 2 notes, 3 cards in 1 deck; 0 images and sounds
Since the last export: 2 new, 0 changed, 0 as they were.
In Anki: File > Import, and leave “Update notes” at “If newer”.
That never deletes a note, moves a card to another deck or changes when a card comes back.
"""
    )
    assert zipfile.is_zipfile("out.apkg")


def test_a_dry_run_prints_what_an_export_would_do_and_writes_nothing(cards: Path, own_world: Path) -> None:
    export(cards)
    (cards / "a.yaml").write_text("- {q: three, a: x, id: three}\n- {cloze: '{{c1::two!}}', id: two}\n")
    before = Path("cards.apkg").read_bytes(), (own_world / "exports.db").read_bytes()
    result = export(cards, "--dry-run")
    assert result.exit_code == 0
    assert (
        result.output
        == """\
cards.apkg: 2 notes, 2 cards in 1 deck; 0 images and sounds
Since the last export: 1 new, 1 changed, 0 as they were.
New:
  three
Changed:
  two
1 note is here no more. A package cannot delete it; in Anki search for this and delete it, or export with --gone:
  "Duly ID:{id}"  one
Nothing was written: this is what an export would do.
""".replace("{id}", derived_id("one"))
    )
    assert (Path("cards.apkg").read_bytes(), (own_world / "exports.db").read_bytes()) == before


def test_a_dry_run_as_json_names_every_note_that_is_new_changed_moved_or_gone(cards: Path) -> None:
    (cards / "b.yaml").write_text("- {q: three, a: x, id: three}\n")
    export(cards)
    (cards / "b.yaml").rename(cards / "c.yaml")
    (cards / "a.yaml").write_text("- {q: four, a: x, id: four}\n- {cloze: '{{c1::two!}}', id: two}\n")
    result = export(cards, "--dry-run", "--json")
    assert json.loads(result.output) == {
        "file": "cards.apkg", "notes": 3, "cards": 3, "decks": 2, "media": 0, "unchanged": 1,
        "changes": [
            {"id": "four", "deck": "a", "state": "new", "moved_from": None},
            {"id": "two", "deck": "a", "state": "changed", "moved_from": None},
            {"id": "three", "deck": "c", "state": "unchanged", "moved_from": "b"},
        ],
        "gone": [{"id": derived_id("one"), "search": f'"Duly ID:{derived_id("one")}"', "question": "one"}],
        "messages": [],
    }  # fmt: skip


def test_a_dry_run_fails_where_an_export_would(cards: Path) -> None:
    (cards / "b.yaml").write_text("- {q: no answer}\n")
    result = export(cards, "--dry-run")
    assert (result.exit_code, Path("cards.apkg").exists()) == (1, False)
    assert "Cards with errors were left out" in result.stderr
    assert export(cards, "--json").exit_code == 2


@pytest.mark.usefixtures("cards")
def test_without_a_name_the_package_is_named_by_what_is_exported() -> None:
    for arguments, name in (
        ((), "cards.apkg"),
        (("cards/a.yaml",), "a.apkg"),
        ((".",), f"{Path.cwd().name}.apkg"),
        (("cards", "cards/a.yaml"), "duly.apkg"),
    ):
        assert export(*arguments).exit_code == 0
        assert Path(name).is_file()


def test_changed_and_removed_notes_are_reported(cards: Path) -> None:
    export(cards)
    (cards / "a.yaml").write_text("- {q: one, a: y}\n")
    assert export(cards).output.splitlines()[1:] == [
        "Since the last export: 0 new, 1 changed, 0 as they were.",
        "In Anki: File > Import, and leave “Update notes” at “If newer”.",
        "1 note is here no more. A package cannot delete it; in Anki search for this and delete it, or export with"
        " --gone:",
        '  "Duly ID:two"  two',
        "1 card asks nothing any more; Tools > Empty Cards in Anki removes it.",
    ]


def test_notes_of_a_renamed_file_are_reported_with_a_search_for_anki(cards: Path) -> None:
    assert "in another deck now" not in export(cards).output
    (cards / "a.yaml").rename(cards / "renamed.yaml")
    assert export(cards).output.splitlines()[1:] == [
        "Since the last export: 0 new, 0 changed, 2 as they were.",
        "In Anki: File > Import, and leave “Update notes” at “If newer”.",
        "2 notes are in another deck now. An import moves no card; in Anki search for these, then Cards > Change Deck:",
        '  "deck:a"  → renamed',
    ]
    assert "in another deck now" not in export(cards).output


def test_of_many_decks_that_were_renamed_the_first_are_told(cards: Path) -> None:
    for number in range(12):
        (cards / f"d{number}.yaml").write_text(f"- {{q: {number}, a: x}}\n")
    export(cards)
    for number in range(12):
        (cards / f"d{number}.yaml").rename(cards / f"e{number}.yaml")
    lines = export(cards).output.splitlines()[3:]
    assert lines[0].startswith("12 notes are in another deck now.")
    assert [line for line in lines if "→" in line] == [
        f'  "deck:d{number}"  → e{number}' for number in (0, 1, 10, 11, 2, 3, 4, 5, 6, 7)
    ]
    assert "  … and 2 more" in lines


def test_the_report_says_how_to_delete_a_removed_note(cards: Path) -> None:
    export(cards)
    (cards / "a.yaml").write_text("- {q: one, a: x, reverse: true}\n")
    for sentence in (
        "1 removed note is in it once more. After importing, search Anki for tag:duly::deleted and delete it.",
        "1 removed note was already exported to be deleted and was skipped; --gone --force exports it again.",
    ):
        assert export(cards, "--gone").output.splitlines()[3] == sentence
    (cards / "a.yaml").write_text(DECK)
    export(cards)
    assert export(cards, "--gone").output.splitlines()[3] == "There is no removed note to bring once more."


def test_the_report_says_that_new_dates_overwrite_changes_in_anki(cards: Path) -> None:
    export(cards)
    assert export(cards, "--force").output.splitlines()[1:3] == [
        "Since the last export: 0 new, 0 changed, 2 as they were.",
        "Every note gets a new date: importing it overwrites what you changed about it in Anki.",
    ]


def test_the_same_decks_make_the_same_file_in_another_process_on_another_day(cards: Path) -> None:
    def process(day: int, *options: str) -> bytes:
        command = [sys.executable, "-c", "from duly.cli import main; main()", "export", str(cards), "-o", "a.apkg"]
        environment = {**os.environ, "DULY_NOW": f"2026-03-{day:02}T12:00:00+08:00"}
        subprocess.run([*command, *options], env=environment, check=True, capture_output=True)
        return Path("a.apkg").read_bytes()

    first = process(1)
    assert process(2) == first
    forced = process(3, "--force")
    assert forced != first
    assert process(4) == forced


def test_good_cards_are_exported_beside_bad_ones_and_none_counts_as_gone(cards: Path) -> None:
    export(cards)
    (cards / "a.yaml").write_text("- {q: one, a: x, reverse: true}\n- {cloze: nothing, id: two}\n")
    result = export(cards)
    assert result.exit_code == 1
    assert "a.yaml:2:11: error: this cloze hides nothing" in result.stderr
    assert "Cards with errors were left out; correct them and export again." in result.stderr
    assert result.stdout.startswith("cards.apkg: 1 note, 2 cards")
    assert "no more" not in result.output


def test_without_a_good_card_nothing_is_written(cards: Path) -> None:
    (cards / "a.yaml").write_text("- {q: one}\n")
    result = export(cards)
    assert result.exit_code == 1
    assert "there is no card to export; nothing was written" in result.stderr
    assert not Path("cards.apkg").exists()


@pytest.mark.parametrize("name", ["out.colpkg", "cards/a.yaml", "out"])
def test_only_packages_are_written(cards: Path, name: str) -> None:
    result = export(cards, "-o", name)
    assert result.exit_code == 2
    assert f"{name}: the name of a package for Anki ends in .apkg" in result.stderr
    assert (cards / "a.yaml").read_text() == DECK


def test_media_of_the_collection_come_along_from_wherever_a_deck_lies_in_it(cards: Path) -> None:
    (cards / "deep").mkdir()
    (cards / "a.png").write_bytes(b"picture")
    (cards / "deep" / "b.yaml").write_text("- {q: '![p](../a.png)', a: x}\n")
    assert "1 image or sound" in export(cards).output


def learned(file: Path) -> None:
    """Answers both cards of the first note in the journal at `file`."""
    with Journal.open(file) as journal, journal.transaction() as transaction:
        for face in (FRONT, BACK):
            transaction.append(review(CardId(derived_id("one"), face), 20_000), NEW)


def revlog(package: str) -> int:
    with zipfile.ZipFile(package) as archive, closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(archive.read("collection.anki2"))
        return int(connection.execute("select count(*) from revlog").fetchone()[0])


def test_progress_goes_along_only_when_asked_and_what_to_do_in_anki_is_told(cards: Path, own_world: Path) -> None:
    learned(own_world / "duly.db")
    assert "progress" not in export(cards).output
    assert revlog("cards.apkg") == 0
    result = export(cards, "--progress")
    assert result.output.splitlines()[-3:] == [
        "With the progress of 2 cards: 2 answers.",
        "Anki takes progress only for cards it does not have yet: tick “Import any learning progress”.",
        "Cards that were imported without it keep what Anki knows of them; no package changes that later.",
    ]
    assert revlog("cards.apkg") == 2


def test_progress_comes_from_the_database_that_is_named_and_none_is_made(cards: Path, own_world: Path) -> None:
    learned(cards.parent / "other.db")
    assert "With the progress of 2 cards" in export(cards, "--progress", "--db", cards.parent / "other.db").output
    assert export(cards, "--progress").output.splitlines()[-1] == (
        "None of these cards has been answered yet, so there is no progress to export."
    )
    assert not (own_world / "duly.db").exists()


def test_a_part_of_the_decks_removes_no_note_of_the_others(cards: Path) -> None:
    (cards / "other.yaml").write_text("- q: kept\n  a: yes\n  id: kept\n")
    export(cards, "-o", "p.apkg")
    run = export(cards / "a.yaml", "-o", "p.apkg", "--gone")
    assert "no note of it counts as removed" in run.stderr
    assert "There is no removed note to bring once more." in run.output
    (cards / "other.yaml").unlink()
    assert "1 removed note is in it once more" in export(cards, "-o", "p.apkg", "--gone").output


def test_where_no_earlier_export_is_known_that_is_said_before_anything_is_dated(
    cards: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unknown = "Nothing is known of an earlier export of 2 notes."
    assert unknown in export(cards, "--dry-run").stderr
    assert unknown not in export(cards, "--dry-run", "--yes").stderr
    assert unknown in export(cards).stderr
    assert unknown not in export(cards).stderr
    monkeypatch.setenv("DULY_HOME", str(tmp_path / "another machine"))
    result = export(cards)
    assert "Since the last export: 0 new, 0 changed, 2 as they were." in result.stdout
    assert "Nothing is known" not in result.stderr


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1), ("是", 0), ("", 1)])
def test_at_a_terminal_the_author_decides_whether_to_date_notes(
    cards: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("duly.cli.export.sys", terminal)
    monkeypatch.setattr("duly.cli.export.prompt_line", lambda _question: answer)
    assert export(cards, "-o", "out.apkg").exit_code == code
    assert (Path("out.apkg").exists(), (cards / ".duly").exists()) == (not code, not code)
