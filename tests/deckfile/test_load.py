"""The one door in."""

import subprocess
import sys
from pathlib import Path

from duly.deckfile.load import load


def test_notes_come_in_the_order_of_files_and_in_each_in_document_order(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("- {q: three, a: x}\n")
    (tmp_path / "a.yaml").write_text("- {q: two, a: x}\n- {q: one, a: x}\n")
    loaded = load([tmp_path / "b.yaml", tmp_path, tmp_path / "a.yaml"])
    assert [note.question for note in loaded.notes] == ["two", "one", "three"]
    assert loaded.files == (tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert not loaded.problems


def test_all_problems_of_all_files_come_in_one_run_by_place(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- {q: one, a: x}\n- {q: one, a: y}\n- q: '![](gone.png)'\n  b: x\n- q: @\n")
    (tmp_path / "b.yaml").write_bytes(b"- q: \xff")
    (tmp_path / "c.yaml").mkdir()
    loaded = load([tmp_path, tmp_path / "gone.yaml"])
    assert [f"{p.place.file.name}:{p.place.line} {p.kind}" for p in loaded.problems] == [
        "a.yaml:2 same-question",
        "a.yaml:4 unknown-key",
        "a.yaml:5 syntax",
        "b.yaml:1 not-utf8",
        "gone.yaml:1 unreadable",
    ]
    assert [note.question for note in loaded.notes] == ["one"]


def test_reading_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbf- q: one\r\n  a: x")
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    load([tmp_path])
    assert (file.read_bytes(), file.stat().st_mtime_ns, list(tmp_path.iterdir())) == (*before, [file])


def test_loading_needs_no_screen() -> None:
    heavy = ["rich", "textual", "click", "difflib"]
    code = f"import sys, duly.deckfile.load; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
