import os
from pathlib import Path

import pytest

from duly.anki.notes.package_media import PackageMedia
from duly.cards import Basic, DeckName, Note, NoteId
from duly.errors import DulyError
from duly.problem import Place


def note_in(folder: Path) -> Note:
    return Note(NoteId("n"), Basic("q", "a"), DeckName("d"), place=Place(folder / "deck.yaml", 3, 1))


def test_a_media_file_is_named_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "Ein Bild.PNG").write_bytes(b"picture")
    media = PackageMedia([tmp_path])
    name = media.name(note_in(tmp_path), "Ein Bild.PNG")
    assert name == "duly-88ec10769dab268ece2ed6b9a99e2504.png"
    assert media.files == {name: tmp_path / "Ein Bild.PNG"}


def test_media_with_the_same_content_are_packed_once(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(b"picture")
    media = PackageMedia([tmp_path])
    assert media.name(note_in(tmp_path), "a.png") == media.name(note_in(tmp_path), "./b.png")
    assert len(media.files) == 1


def test_changed_content_has_another_name(tmp_path: Path) -> None:
    names = set()
    for content in (b"one", b"two"):
        (tmp_path / "a.png").write_bytes(content)
        names.add(PackageMedia([tmp_path]).name(note_in(tmp_path), "a.png"))
    assert len(names) == 2


def test_a_path_may_lead_up_but_not_out_of_the_collection(tmp_path: Path) -> None:
    (tmp_path / "cards" / "ml").mkdir(parents=True)
    (tmp_path / "cards" / "a.png").write_bytes(b"in")
    (tmp_path / "secret.png").write_bytes(b"out")
    (tmp_path / "cards" / "link.png").symlink_to(tmp_path / "secret.png")
    media = PackageMedia([tmp_path / "cards"])
    note = note_in(tmp_path / "cards" / "ml")
    assert media.name(note, "../a.png").startswith("duly-")
    for path in ("../../secret.png", "../link.png", str(tmp_path / "secret.png")):
        assert media.name(note, path) == path
    assert list(media.files.values()) == [tmp_path / "cards" / "a.png"]
    assert len(media.messages) == 3


def test_missing_empty_or_invalid_media_stay_as_written_and_are_reported(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    (tmp_path / "folder.png").mkdir()
    media = PackageMedia([tmp_path])
    for path in ("none.png", "empty.png", "folder.png", "nul\0.png", "long" * 999):
        assert media.name(note_in(tmp_path), path) == path
    assert media.files == {}
    assert str(media.messages[0]) == (
        f"{tmp_path}/deck.yaml:3:1: none.png is not a file of the collection, so it is left out"
    )


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a file that cannot be read")
def test_a_file_that_cannot_be_read_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"picture")
    (tmp_path / "a.png").chmod(0)
    with pytest.raises(DulyError, match=r"a\.png cannot be read"):
        PackageMedia([tmp_path]).name(note_in(tmp_path), "a.png")
