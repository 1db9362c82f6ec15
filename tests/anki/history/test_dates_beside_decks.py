"""The dates that stand beside the decks: two machines and a fresh one in turn, with a real Anki."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.anki.machine import DECK, Machine
from tests.learner import Learner

from duly.anki.history.date_file import NoteDate, read_dates, write_dates
from duly.anki.notes import content_hash
from duly.errors import DulyError


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    first = Machine(tmp_path / "first")
    first.cards.mkdir(parents=True)
    (first.cards / "deck.yaml").write_text(DECK, encoding="utf-8")
    (first.cards / "cat.png").write_bytes(b"cat")
    first.git("init", "-q", "-b", "main")
    return first


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    learner = Learner(tmp_path / "anki")
    yield learner
    learner.close()


def test_the_same_repository_gives_the_same_package_on_any_machine(machine: Machine, tmp_path: Path) -> None:
    machine.exports(0)
    machine.commits()
    second = machine.clones(tmp_path / "second")
    summary = second.exports(5)
    assert (summary.added, summary.changed, summary.unchanged) == (0, 0, 3)
    assert second.package.read_bytes() == machine.package.read_bytes()
    assert second.git("status", "--porcelain") == ""
    machine.edits("eins", "ein")
    machine.exports(6)
    machine.commits()
    second.pulls(machine)
    second.exports(9)
    ci = machine.clones(tmp_path / "ci")
    ci.exports(12)
    assert ci.package.read_bytes() == second.package.read_bytes() == machine.package.read_bytes()


def test_what_a_learner_did_in_anki_stays_while_machines_export_in_turn(
    machine: Machine, learner: Learner, tmp_path: Path
) -> None:
    machine.exports(0)
    learner.imports(machine.package)
    learner.reviews("a")
    learner.edits("b", Hint="my own")
    note = learner.note("c")
    note.tags = ["leech", "mine"]
    learner.collection.update_note(note)
    schedule = [(card.due, card.ivl, card.reps) for card in learner.note("a").cards()]
    machine.commits()
    second = machine.clones(tmp_path / "second")
    for day, exporter in enumerate((second, machine, machine.clones(tmp_path / "ci"), second), 1):
        exporter.exports(day)
        assert learner.imports(exporter.package) == {"duplicate": 3}
    second.edits("eins", "uno")
    second.exports(10)
    second.commits()
    machine.pulls(second)
    machine.exports(11)
    assert learner.imports(machine.package) == {"updated": 1, "duplicate": 2}
    assert learner.imports(second.package) == {"duplicate": 3}
    assert (learner.note("a")["Back"], learner.note("b")["Hint"]) == ("uno", "my own")
    assert learner.note("c").tags == ["leech", "mine"]
    assert [(card.due, card.ivl, card.reps) for card in learner.note("a").cards()] == schedule
    learner.assert_sound()


def test_the_export_of_a_stale_clone_does_not_block_newer_text(
    machine: Machine, learner: Learner, tmp_path: Path
) -> None:
    machine.exports(0)
    machine.commits()
    stale = machine.clones(tmp_path / "stale")
    machine.edits("eins", "newer")
    machine.exports(10)
    learner.imports(machine.package)
    stale.exports(20)
    assert learner.imports(stale.package) == {"duplicate": 3}
    assert learner.note("a")["Back"] == "newer"


def test_two_clones_that_both_exported_merge_without_a_conflict(machine: Machine, tmp_path: Path) -> None:
    machine.exports(0)
    machine.commits()
    second = machine.clones(tmp_path / "second")
    machine.edits("eins", "ein")
    machine.exports(1)
    machine.commits()
    second.edits("three", "drei")
    second.edits("two", "zwei")
    second.exports(2)
    second.commits()
    second.pulls(machine)
    summary = second.exports(3)
    assert (summary.added, summary.changed, summary.unchanged) == (0, 0, 3)
    fresh = Machine(tmp_path / "fresh")
    shutil.copytree(second.cards, fresh.cards)
    fresh.exports(4)
    assert fresh.package.read_bytes() == second.package.read_bytes()


def test_lost_notes_are_found_for_a_package_of_any_name(machine: Machine, tmp_path: Path) -> None:
    machine.exports(0)
    machine.commits()
    second = machine.clones(tmp_path / "second")
    second.edits("- {q: one, a: eins, id: a}\n", "")
    second.package = tmp_path / "another.apkg"
    assert [(note.id, note.search) for note in second.exports(1).removed_notes] == [("a", '"Duly ID:a"')]
    assert second.exports(2).removed_notes == ()
    second.commits()
    machine.pulls(second)
    machine.package = tmp_path / "third.apkg"
    assert machine.exports(3, with_removed=True).shipped_ids == ("a",)
    assert "a\tgone\t2026-03-04T12:00:00Z\n" in (machine.cards / ".duly/exports/deck.txt").read_text()
    machine.git("checkout", "-q", "HEAD~1", "cards/deck.yaml")
    assert machine.exports(4).changed == 1


def test_a_note_that_moves_to_another_file_keeps_its_date_and_is_not_removed(machine: Machine) -> None:
    machine.exports(0)
    before = read_dates(machine.cards / ".duly/exports/deck.txt")
    machine.edits("- {q: one, a: eins, id: a}\n", "")
    (machine.cards / "sub").mkdir()
    (machine.cards / "sub" / "more.yaml").write_text("- {q: one, a: eins, id: a}\n")
    summary = machine.exports(1)
    assert (summary.unchanged, summary.removed_notes) == (3, ())
    assert read_dates(machine.cards / ".duly/exports/sub/more.txt") == {"a": before.pop("a")}
    assert read_dates(machine.cards / ".duly/exports/deck.txt") == before


def test_another_picture_under_the_same_name_is_a_change(machine: Machine) -> None:
    machine.exports(0)
    (machine.cards / "cat.png").write_bytes(b"another")
    assert machine.exports(1).changed == 1


def test_a_change_of_the_rendering_redates_notes_only_with_a_new_rendering_version(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.exports(0)
    machine.commits()
    with monkeypatch.context() as patched:
        patched.setattr("duly.anki.notes.field_values.to_html", lambda text, *_: f"<i>{text}</i>")
        summary = machine.clones(tmp_path / "second").exports(1)
    # The picture of the second is not asked for in this rendering.
    assert (summary.changed, summary.unchanged) == (1, 2)
    monkeypatch.setattr(content_hash, "RENDERING", content_hash.RENDERING + 1)
    assert machine.clones(tmp_path / "third").exports(1).changed == 3


def test_a_folder_that_cannot_be_written_is_a_warning(machine: Machine) -> None:
    (machine.cards / ".duly").mkdir()
    (machine.cards / ".duly" / "exports").write_text("in the way")
    summary = machine.exports(0)
    assert [str(message).partition(":")[0] for message in summary.messages] == [
        "the dates of this export could not be kept beside the decks, so another machine dates what is new in it again"
    ]
    assert machine.package.exists()


@pytest.mark.parametrize("link", [".duly", ".duly/exports", ".duly/exports/deck.txt", ".duly/.gitattributes"])
def test_nothing_is_written_through_a_link_out_of_the_folder(machine: Machine, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (machine.cards / link).parent.mkdir(parents=True, exist_ok=True)
    target = outside / "file" if "." in Path(link).name[1:] else outside
    (machine.cards / link).symlink_to(target)
    machine.exports(0)
    assert list(outside.iterdir()) == []


def test_a_line_without_a_valid_date_is_an_error_with_its_place(machine: Machine) -> None:
    machine.exports(0)
    file = machine.cards / ".duly/exports/deck.txt"
    file.write_text("<<<<<<< HEAD\n" + file.read_text())
    with pytest.raises(DulyError, match=r"deck\.txt:1: this is not the date of a note"):
        machine.exports(1)


dates = st.dictionaries(
    st.text("ab \u3000é/", min_size=1, max_size=4),
    st.builds(NoteDate, st.sampled_from(("", "ab", "gone")), st.integers(0, 4_000_000_000)),
)


@given(dates, dates)
def test_the_later_dates_of_two_branches_count(ours: dict[str, NoteDate], other: dict[str, NoteDate]) -> None:
    with TemporaryDirectory() as name:
        _check_merged(Path(name), ours, other)


def _check_merged(folder: Path, ours: dict[str, NoteDate], other: dict[str, NoteDate]) -> None:
    write_dates(folder / "one.txt", ours)
    write_dates(folder / "other.txt", other)
    assert read_dates(folder / "one.txt") == ours
    (folder / "both.txt").write_bytes((folder / "one.txt").read_bytes() + (folder / "other.txt").read_bytes())
    merged = read_dates(folder / "both.txt")
    assert merged.keys() == ours.keys() | other.keys()
    for name, note_date in merged.items():
        candidates = [each[name] for each in (ours, other) if name in each]
        assert note_date.mod == max(each.mod for each in candidates)
        latest = {each.digest for each in candidates if each.mod == note_date.mod}
        assert note_date.digest == (latest.pop() if len(latest) == 1 else "")
