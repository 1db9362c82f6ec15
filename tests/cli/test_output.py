"""What is printed may not find a place; that is no bug, and is told."""

import subprocess
import sys
from pathlib import Path

import pytest

from duly import __version__

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("words", [["due"], ["list"], ["schema"], ["tour"], ["list", "--json"], ["check"]])
def test_a_full_disk_below_the_output_is_told_in_one_line(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "x.yaml").write_text("- q: one\n  a: two\n")
    program = "import sys; from duly.cli import main; sys.argv = ['duly', *sys.argv[1:]]; main()"
    with FULL.open("w") as full:
        process = subprocess.run(
            [sys.executable, "-c", program, *words],
            cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert (process.returncode, process.stderr) == (
        2,
        "duly: what is printed cannot be written: No space left on device\n",
    )


def test_duly_runs_as_a_module() -> None:
    process = subprocess.run([sys.executable, "-m", "duly", "--version"], capture_output=True, text=True, check=True)
    assert process.stdout == f"duly {__version__}\n"


def test_ctrl_c_while_modules_are_loaded_ends_without_a_traceback() -> None:
    program = """
import sys
class Interrupted:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
from duly.cli import main
main()
"""
    process = subprocess.run([sys.executable, "-c", program, "check"], capture_output=True, text=True, check=False)
    assert (process.returncode, process.stdout, process.stderr) == (1, "", "\nAborted!\n")
