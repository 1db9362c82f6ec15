import ast
import subprocess
import sys
from pathlib import Path

import pytest

import duly
from duly import code_version
from duly.anki.history.note_dates import RENDERER_FOLDERS
from duly.code_version import code_stamp, library_stamp
from duly.deckfile.note_cache import PARSER_FOLDERS


def test_another_version_of_a_library_is_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "renders.py").write_text("version = 1")
    before = library_stamp("renders", "there_is_no_such_library")
    (tmp_path / "renders.py").write_text("version = 10")
    library_stamp.cache_clear()
    assert library_stamp("renders", "there_is_no_such_library") != before


def test_every_package_of_ours_is_code_of_its_own() -> None:
    assert len({code_stamp("cards"), code_stamp("markup"), code_stamp("cards", "markup")}) == 3


@pytest.mark.parametrize("room", ["anki", "deckfile", "markup"])
def test_every_file_that_decides_about_a_note_is_in_the_code_of_its_room(room: str) -> None:
    folder = Path(duly.__file__).parent / room
    assert {path for path in folder.rglob("*.*") if path.is_file() and path.suffix != ".pyc"} == {
        Path(path) for path, _size, _time in ast.literal_eval(code_stamp(room))
    }


def test_a_file_in_a_folder_below_belongs_to_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_version, "__file__", str(tmp_path / "code.py"))
    (tmp_path / "room" / "inner" / "innermost").mkdir(parents=True)
    fresh = code_stamp.__wrapped__
    stamps = {fresh("room")}
    for file in ("new.py", "inner/new.py", "inner/innermost/new.py"):
        for text in ("a = 1", "a = 10"):
            (tmp_path / "room" / file).write_text(text)
            stamps.add(fresh("room"))
    assert len(stamps) == 7
    (tmp_path / "room" / "__pycache__").mkdir()
    (tmp_path / "room" / "__pycache__" / "new.pyc").write_bytes(b"compiled")
    assert fresh("room") in stamps


def test_a_folder_that_is_not_there_has_no_code() -> None:
    with pytest.raises(FileNotFoundError):
        code_stamp("there is no such folder")


@pytest.mark.parametrize(
    ("module", "rooms"),
    [("duly.deckfile.parse_collection", PARSER_FOLDERS), ("duly.anki.notes.anki_note", RENDERER_FOLDERS)],
)
def test_all_code_that_decides_about_a_note_is_in_the_fingerprint(module: str, rooms: tuple[str, ...]) -> None:
    program = f"import sys, {module}; print(*(name for name in sys.modules if name.startswith('duly.')))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[1] for name in ran.stdout.split()}
    assert loaded & {room.name for room in Path(code_version.__file__).parent.iterdir() if room.is_dir()} <= {*rooms}
