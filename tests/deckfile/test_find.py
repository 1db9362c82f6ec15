"""Finding deck files and naming decks."""

import os
import unicodedata
from pathlib import Path

import pytest

from duly.deckfile.find import DeckFile, deck_files
from duly.errors import DulyError


def written(root: Path, *names: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("- q: a\n  a: b\n")


def names(root: Path, *paths: Path) -> list[str]:
    return [deck_file.file.relative_to(root).as_posix() for deck_file in deck_files(paths)]


def test_files_are_found_at_any_depth_and_sorted_by_path(tmp_path: Path) -> None:
    written(tmp_path, "b.yml", "a/z.yaml", "a/b/c.YAML", "a.txt", "notes.md")
    assert names(tmp_path, tmp_path) == ["a/b/c.YAML", "a/z.yaml", "b.yml"]


def test_hidden_files_and_folders_are_skipped_unless_named(tmp_path: Path) -> None:
    written(tmp_path, ".a.yaml", ".git/b.yaml", "c.yaml")
    assert names(tmp_path, tmp_path) == ["c.yaml"]
    assert names(tmp_path, tmp_path / ".a.yaml", tmp_path / ".git") == [".a.yaml", ".git/b.yaml"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are not on this system")
def test_pipes_in_a_folder_are_passed_over_for_nobody_may_write_into_them(tmp_path: Path) -> None:
    written(tmp_path, "a.yaml")
    os.mkfifo(tmp_path / "b.yaml")
    assert names(tmp_path, tmp_path) == ["a.yaml"]


def test_the_deck_is_named_by_the_path_below_the_root(tmp_path: Path) -> None:
    written(tmp_path, "cards/ml/sparse.yaml")
    (deck_file,) = deck_files([tmp_path / "cards"])
    assert (deck_file.deck, deck_file.root) == ("ml::sparse", tmp_path / "cards")


def test_a_file_named_alone_is_the_deck_of_its_stem(tmp_path: Path) -> None:
    written(tmp_path, "cards/ml/sparse.rows.yaml")
    (deck_file,) = deck_files([tmp_path / "cards/ml/sparse.rows.yaml"])
    assert deck_file.deck == "sparse.rows"


def test_deck_names_are_composed_even_where_the_file_system_decomposes(tmp_path: Path) -> None:
    written(tmp_path, unicodedata.normalize("NFD", "café.yaml"))
    (deck_file,) = deck_files([tmp_path])
    assert deck_file.deck == "café"


def test_a_file_given_twice_is_found_once_below_the_outermost_folder(tmp_path: Path) -> None:
    written(tmp_path, "ml/a.yaml")
    (deck_file,) = deck_files([tmp_path / "ml/a.yaml", tmp_path / "ml", tmp_path, tmp_path])
    assert deck_file.deck == "ml::a"


def test_two_names_of_one_file_are_one_deck_and_linked_folders_are_not_entered(tmp_path: Path) -> None:
    written(tmp_path, "here/a.yaml", "elsewhere/b.yaml")
    (tmp_path / "here/z.yaml").symlink_to(tmp_path / "here/a.yaml")
    (tmp_path / "here/loop").symlink_to(tmp_path / "here")
    (tmp_path / "here/linked").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path, tmp_path / "here") == ["here/a.yaml"]


def test_bytes_of_a_name_that_are_no_utf_8_are_written_out_in_the_name_of_the_deck(tmp_path: Path) -> None:
    deck_file = DeckFile(tmp_path / os.fsdecode(b"ml/\xb5\xda.yaml"), tmp_path)
    assert deck_file.deck == r"ml::\xb5\xda"


def test_a_path_that_is_not_there_stands_for_a_file(tmp_path: Path) -> None:
    assert names(tmp_path, tmp_path / "gone.yaml") == ["gone.yaml"]


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(DulyError, match="this folder cannot be read: Permission denied"):
        deck_files([tmp_path])
