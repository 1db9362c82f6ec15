"""Images and sounds go where the cards go."""

from pathlib import Path

import pytest

from duly.cards import Basic, DeckName, Note, NoteId
from duly.importers.copy_media import MediaCopier
from duly.importers.file_lookup import FileLookup
from duly.problem import Place


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "notes" / "img").mkdir(parents=True)
    (tmp_path / "notes" / "img" / "a b.png").write_bytes(b"PNG")
    (tmp_path / "secret.png").write_bytes(b"secret")
    return tmp_path / "notes" / "n.md"


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return tmp_path / "cards" / "n.yaml"


def carry(source: Path, deck: Path, answer: str) -> list[str]:
    note = Note(NoteId("x"), Basic("q", answer), DeckName("d"), place=Place(source, 1, 1))
    copier = MediaCopier(source, ["q", answer], deck.parent, FileLookup())
    return [f"{problem.place.line}:{problem.place.column} {problem.message}" for problem in copier.copy([note], deck)]


def test_a_file_below_the_folder_of_the_source_keeps_its_path(source: Path, deck: Path) -> None:
    text = "![](<img/a b.png>) ![](img/a%20b.png) `![](none.png)` ![](https://example.org/x.png)"
    assert carry(source, deck, text) == []
    assert (deck.parent / "img" / "a b.png").read_bytes() == b"PNG"
    assert carry(source, deck, text) == []


def test_a_file_that_is_not_there_is_reported_at_its_place(source: Path, deck: Path) -> None:
    assert carry(source, deck, "see ![](img/none.png)") == [
        f"2:9 no file img/none.png was found below {source.parent}; the card will not show it"
    ]
    assert not deck.parent.exists()


@pytest.mark.parametrize("path", ["../secret.png", "/etc/passwd", "img/../../secret.png"])
def test_nothing_outside_of_the_folder_is_read(source: Path, deck: Path, path: str) -> None:
    (problem,) = carry(source, deck, f"![]({path})")
    assert "leads out of the folder of the decks" in problem
    assert not deck.parent.exists()


def test_a_link_that_leads_outside_is_not_followed(source: Path, deck: Path) -> None:
    (source.parent / "link.png").symlink_to(source.parent.parent / "secret.png")
    (problem,) = carry(source, deck, "![](link.png)")
    assert "no file link.png was found" in problem


def test_another_file_of_that_name_stays(source: Path, deck: Path) -> None:
    (deck.parent / "img").mkdir(parents=True)
    (deck.parent / "img" / "a b.png").write_bytes(b"mine")
    (problem,) = carry(source, deck, "![](<img/a b.png>)")
    assert "another file img/a b.png is there already" in problem
    assert (deck.parent / "img" / "a b.png").read_bytes() == b"mine"


def test_in_a_vault_a_file_is_found_by_its_name(source: Path, deck: Path) -> None:
    vault = source.parent.parent
    assert len(carry(source, deck, "![](secret.png)")) == 1
    (vault / ".obsidian").mkdir()
    assert carry(source, deck, "![](secret.png)") == []
    assert (deck.parent / "secret.png").read_bytes() == b"secret"
