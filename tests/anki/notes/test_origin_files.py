"""What leads notes back to Anki, in files beside the decks: as written, merged by git, taken over from one file."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.anki.machine import Machine
from tests.cli.calling import call
from tests.learner import Learner

from duly.anki.notes import origin_files
from duly.anki.notes.origin_files import FOLDER, JSON_KEYS, SINGLE_FILE
from duly.anki.notes.origins import Origin, OriginalHtml, Origins
from duly.anki.notes.template import Piece
from duly.anki.raw_rows import RawField, RawTemplate, RawType
from duly.errors import DulyError

TEXTS = st.text(st.sampled_from('ab\n\r\u2028"\\é食 \ud800'), max_size=4).map(lambda text: text.replace("\ud800", "x"))
KIND = RawType(7, "K", 5, is_cloze=False, css="x\ny", fields=(RawField("F"),), templates=(RawTemplate("T", "f", "b"),))
ORIGINS = st.builds(
    Origin, st.just(7), st.just("basic"), TEXTS, st.integers(1, 9), TEXTS,
    faces=st.just((0,)), cards=st.just((0, 1)), further_ords=st.dictionaries(TEXTS, st.integers(0, 3), max_size=1),
    parts=st.dictionaries(TEXTS, st.lists(TEXTS.map(Piece), min_size=1, max_size=2).map(tuple), max_size=1),
    words=st.dictionaries(TEXTS, st.lists(TEXTS, min_size=1, max_size=2).map(tuple), max_size=1),
    originals=st.dictionaries(TEXTS, st.builds(OriginalHtml, TEXTS, TEXTS), max_size=2),
)  # fmt: skip
NOTES = st.dictionaries(st.sampled_from("abcd"), ORIGINS)


@settings(max_examples=25)
@given(NOTES, st.dictionaries(TEXTS, st.tuples(TEXTS, TEXTS), max_size=2))
def test_written_origins_are_read(
    tmp_path_factory: pytest.TempPathFactory, notes: dict[str, Origin], media: dict[str, tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("cards")
    origins = Origins({7: KIND}, notes, media)
    origin_files.write(folder, origins)
    assert origin_files.read(folder) == origins


@settings(max_examples=25)
@given(NOTES, NOTES)
def test_the_latest_line_of_two_branches_counts(
    tmp_path_factory: pytest.TempPathFactory, ours: dict[str, Origin], other: dict[str, Origin]
) -> None:
    folder = tmp_path_factory.mktemp("cards")
    origin_files.write(folder, Origins({7: KIND}, other))
    second = {file: file.read_text(encoding="utf-8") for file in (folder / FOLDER).rglob("*.jsonl")}
    shutil.rmtree(folder / FOLDER)
    origin_files.write(folder, Origins({7: KIND}, ours))
    for file, text in second.items():
        file.parent.mkdir(exist_ok=True)
        with file.open("a", encoding="utf-8", newline="") as stream:
            stream.write(text)
    merged = origin_files.read(folder).notes
    assert merged.keys() == ours.keys() | other.keys()
    for key, origin in merged.items():
        candidates = [side[key] for side in (ours, other) if key in side]
        assert origin in candidates and origin.mod == max(each.mod for each in candidates)


def old_table(origin: Origin) -> dict[str, object]:
    """A note as the one file of earlier versions had it."""
    originals = {name: [original.html, original.digest] for name, original in origin.originals.items()}
    return {JSON_KEYS.get(name, name): value for name, value in asdict(origin).items()} | {"kept": originals}


def old_type(kind: RawType) -> dict[str, object]:
    return {key: value for key, value in asdict(kind).items() if key != "id"}


def test_the_one_file_of_earlier_versions_is_read_and_goes_once_its_notes_are_in_the_new_ones(tmp_path: Path) -> None:
    origin = Origin(7, "basic", mod=3, digest="d", faces=(0,), cards=(0,), originals={"F": OriginalHtml("<i>", "x")})
    content = {
        "version": 1,
        "types": {"7": old_type(KIND)},
        "media": {"m": ["n", "h"]},
        "notes": {"a": old_table(origin)},
    }
    (tmp_path / ".duly").mkdir()
    (tmp_path / SINGLE_FILE).write_text(json.dumps(content))
    origins = origin_files.read(tmp_path)
    assert origins == Origins({7: KIND}, {"a": origin}, {"m": ("n", "h")})
    origin_files.write(tmp_path, origins)
    assert not (tmp_path / SINGLE_FILE).exists()
    assert origin_files.read(tmp_path) == origins


def test_no_file_grows_with_all_notes(tmp_path: Path) -> None:
    origin = Origin(7, "basic", mod=3, digest="d", originals={"F": OriginalHtml("x" * 1000)})
    origin_files.write(tmp_path, Origins({7: KIND}, {f"note {number}": origin for number in range(5000)}))
    assert max(file.stat().st_size for file in tmp_path.rglob("*.jsonl")) < 60_000


def test_only_files_that_change_are_written(tmp_path: Path) -> None:
    origin = Origin(7, "basic", mod=3, digest="d")
    origins = Origins({7: KIND}, {f"note {number}": origin for number in range(9)})
    origin_files.write(tmp_path, origins)
    before = {file: file.stat().st_ino for file in tmp_path.rglob("*.jsonl")}
    origin_files.write(tmp_path, origins.merged_with(Origins(notes={"note 3": Origin(7, "basic", mod=4, digest="e")})))
    assert len([file for file, inode in before.items() if file.stat().st_ino != inode]) == 1


@pytest.mark.parametrize("line", ["{", '["a"]', '["a", {"type": 1}]', '["a", []]', "<<<<<<< HEAD"])
def test_an_invalid_line_is_an_error_with_its_place(tmp_path: Path, line: str) -> None:
    origin_files.write(tmp_path, Origins({7: KIND}, {"a": Origin(7, "basic", mod=3)}))
    (file,) = (tmp_path / FOLDER / "notes").iterdir()
    file.write_text(file.read_text() + line)
    with pytest.raises(DulyError, match=rf"{file.name}:2"):
        origin_files.read(tmp_path)


def test_what_a_newer_version_wrote_is_not_read(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "types.jsonl").write_text('["version", 3]\n')
    with pytest.raises(DulyError, match="newer duly"):
        origin_files.read(tmp_path)


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    learner = Learner(tmp_path / "anki")
    yield learner
    learner.close()


def test_two_clones_that_import_different_notes_merge_without_a_conflict(learner: Learner, tmp_path: Path) -> None:
    first = Machine(tmp_path / "first")
    first.cards.mkdir(parents=True)
    learner.adds("Basic", "<u>one</u>", "<b>1</b>", deck="A")
    assert call("import", learner.packs(tmp_path / "a.apkg"), "--to", first.cards).exit_code == 0
    first.git("init", "-q", "-b", "main")
    first.commits()
    second = first.clones(tmp_path / "second")
    for number in range(40):
        learner.adds("Basic", f"<u>{number}</u>", f"b{number}", deck=f"B{number % 2}")
    learner.adds("Cloze", "{{c1::<u>x</u>}}", deck="C")
    package = learner.packs(tmp_path / "b.apkg")
    for machine, decks in ((first, ("A", "B0")), (second, ("A", "B1", "C"))):
        assert call("import", package, "--to", machine.cards).exit_code == 0
        for file in machine.cards.glob("*.yaml"):
            if file.stem not in decks:
                file.unlink()
        machine.exports(1)
        machine.commits()
    first.pulls(second)
    first.exports(2)
    assert learner.imports(first.package) == {"duplicate": 42}
    first.commits()
    fresh = first.clones(tmp_path / "fresh")
    fresh.exports(3)
    assert fresh.package.read_bytes() == first.package.read_bytes()
    assert not first.git("status", "--porcelain")


def test_a_removed_note_of_an_imported_type_is_not_searched_by_an_id_that_it_never_had(
    learner: Learner, tmp_path: Path
) -> None:
    first = Machine(tmp_path / "first")
    first.cards.mkdir(parents=True)
    guid = learner.adds("Basic", "one", "1").guid
    learner.adds("Basic", "two", "2")
    assert call("import", learner.packs(tmp_path / "a.apkg"), "--to", first.cards).exit_code == 0
    first.exports(1)
    first.git("init", "-q", "-b", "main")
    first.commits()
    second = first.clones(tmp_path / "second")
    text = (second.cards / "Default.yaml").read_text(encoding="utf-8")
    (second.cards / "Default.yaml").write_text(text[text.index("- q: two") :], encoding="utf-8")
    assert [(note.id, note.search) for note in second.exports(2).removed_notes] == [(guid, "")]


def test_the_next_import_puts_the_notes_of_the_one_file_into_the_new_ones(learner: Learner, tmp_path: Path) -> None:
    learner.adds("Basic", "<u>one</u>", "1")
    package, cards = learner.packs(tmp_path / "a.apkg"), tmp_path / "cards"
    assert call("import", package, "--to", cards).exit_code == 0
    origins = origin_files.read(cards)
    kinds = {number: old_type(kind) for number, kind in origins.types.items()}
    notes = {guid: old_table(origin) for guid, origin in origins.notes.items()}
    shutil.rmtree(cards / FOLDER)
    (cards / SINGLE_FILE).write_text(json.dumps({"version": 1, "types": kinds, "media": {}, "notes": notes}))
    assert "0 notes taken over" in call("import", package, "--to", cards).output
    assert not (cards / SINGLE_FILE).exists()
    assert origin_files.read(cards) == origins
