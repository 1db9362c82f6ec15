"""Several programs that write one deck file at once."""

import subprocess
import sys
from pathlib import Path

from duly.deckfile.load import load

WRITER = """
import sys
from pathlib import Path
from duly.cards import Basic, DeckName, Note, NoteId
from duly.deckfile.write.add import add_notes
from duly.deckfile.write.stamp import stamp
from duly.errors import DulyError

def again(act):
    while True:
        try:
            return act()
        except DulyError as error:
            assert "was changed by another program" in str(error), error

file, name = Path(sys.argv[1]), sys.argv[2]
for number in range(15):
    note = Note(NoteId(f"{name}{number}"), Basic(f"{name} {number}?", "x"), DeckName("d"))
    assert again(lambda: add_notes(file, [note])) is None
    again(lambda: stamp(file))
"""


def test_what_several_processes_add_and_stamp_is_all_there(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_text("- q: unstamped?\n  a: x\n")
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), name]) for name in ("a", "b")]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    loaded = load([file])
    assert loaded.problems == ()
    assert all(note.is_stamped for note in loaded.notes)
    assert {note.question for note in loaded.notes} == {
        "unstamped?", *(f"{name} {number}?" for name in ("a", "b") for number in range(15))
    }  # fmt: skip
    assert list(tmp_path.iterdir()) == [file]
