from pathlib import Path

import pytest

from duly.media_file import media_file, resolve_path


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    """A folder of decks with a picture in it, an empty file, and a picture beside it."""
    folder = tmp_path / "decks"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "cat.png").write_bytes(b"cat")
    (folder / "empty.png").touch()
    (tmp_path / "secret.png").write_bytes(b"secret")
    return folder


def test_a_path_is_relative_to_the_folder_of_the_deck_file(decks: Path) -> None:
    assert media_file(decks, "img/cat.png", [decks]) == decks / "img" / "cat.png"
    assert media_file(decks / "img", "cat.png", [decks]) == decks / "img" / "cat.png"
    assert media_file(decks / "img", "../img/cat.png", [decks]) == decks / "img" / "cat.png"


@pytest.mark.parametrize("path", ["../secret.png", "/etc/hostname", "img", "empty.png", "none.png", "a\0b", "x" * 5000])
def test_what_is_outside_or_empty_or_no_file_is_not_shown(decks: Path, path: str) -> None:
    assert media_file(decks, path, [decks]) is None


def test_a_link_that_leads_out_of_the_folder_is_not_followed(decks: Path) -> None:
    (decks / "link.png").symlink_to(decks.parent / "secret.png")
    assert media_file(decks, "link.png", [decks]) is None
    assert media_file(decks, "link.png", [decks, decks.parent]) == decks.parent / "secret.png"


def test_a_folder_that_is_itself_a_link_holds_its_files(decks: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(decks)
    assert media_file(tmp_path / "linked", "img/cat.png", [tmp_path / "linked"]) == decks / "img" / "cat.png"


def test_a_name_that_no_file_can_have_has_no_real_path() -> None:
    assert resolve_path(Path("a\0b")) is None
