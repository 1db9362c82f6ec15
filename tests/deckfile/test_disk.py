"""The imprint of deck files is another one as soon as anything is that is read of them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from duly.deckfile.disk import imprint


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    for file in (folder / "in" / "deck.yaml", tmp_path / "here.yaml", tmp_path / "elsewhere.yaml"):
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text("- {q: one, a: two}\n")
    (folder / "link.yml").symlink_to(tmp_path / "here.yaml")
    return folder


CHANGES: dict[str, Callable[[Path], object]] = {
    "a byte": lambda cards: (cards / "in" / "deck.yaml").write_text("- {q: one, a: twa}\n"),
    "a name": lambda cards: (cards / "in" / "deck.yaml").rename(cards / "in" / "other.yaml"),
    "a folder's name": lambda cards: (cards / "in").rename(cards / "inner"),
    "where a link leads": lambda cards: _led(cards / "link.yml", cards.parent / "elsewhere.yaml"),
    "another file": lambda cards: (cards / "empty.yaml").touch(),
    "one file less": lambda cards: (cards / "link.yml").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_changes_with(cards: Path, change: str) -> None:
    before = imprint([str(cards)])
    assert imprint([str(cards)]) == before
    CHANGES[change](cards)
    assert imprint([str(cards)]) != before


def test_what_is_no_deck_file_is_not_looked_at(cards: Path) -> None:
    before = imprint([str(cards)])
    (cards / "notes.txt").write_text("- {q: one, a: two}\n")
    (cards / ".hidden.yaml").write_text("- {q: one, a: two}\n")
    assert imprint([str(cards)]) == before


def test_of_a_file_beyond_the_limit_no_more_is_read_than_shows_that(cards: Path) -> None:
    with (cards / "large.yaml").open("wb") as stream:
        stream.truncate(1 << 40)  # a terabyte with nothing in it, which takes no room on the disk
    with pytest.raises(OSError, match="is too large"):
        imprint([str(cards)])


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: Path(path).symlink_to("nowhere"), lambda _path: None])
def test_what_is_no_file_is_not_read(cards: Path, make: Callable[[Path], object]) -> None:
    make(cards.parent / "no.yaml")
    with pytest.raises(OSError, match=r"no\.yaml"):
        imprint([str(cards), str(cards.parent / "no.yaml")])


def _led(link: Path, target: Path) -> None:
    link.unlink()
    link.symlink_to(target)
