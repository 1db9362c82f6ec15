"""No command lets a terminal act on a name or a text from a file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TITLE = "\x1b]0;owned\x07"
CLEAR = "\x1b[2J"

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="no file of this system has such a name")]


def output_of(*words: str | Path, typed: str = "") -> str:
    """Everything that a command prints, on standard output and on standard error."""
    run = subprocess.run(
        [sys.executable, "-c", "from duly.cli import main; main()", *map(str, words)],
        input=typed, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
        check=False, env={**os.environ, "DULY_NOW": "2026-03-01T21:00:00+08:00", "PYTHONUTF8": "1"},
    )  # fmt: skip
    return run.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder and a deck file that are named by somebody who means no good, and a file beside it that is broken."""
    folder = tmp_path / f"cards{CLEAR}"
    folder.mkdir()
    (folder / f"deck{TITLE}.yaml").write_text("deck: d\ncards:\n- {q: one, a: two, id: one}\n")
    (folder / f"broken{CLEAR}.yaml").write_text('- {q: "a" "b"}\n')
    return folder


COMMANDS: dict[str, tuple[str, ...]] = {
    "a quiz": ("quiz", "--plain", "FOLDER"),
    "a check": ("check", "FOLDER"),
    "a check for GitHub": ("check", "--format", "github", "FOLDER"),
    "a list": ("list", "--in", "FOLDER"),
    "a list of notes": ("list", "--notes", "--in", "FOLDER"),
    "a card": ("show", "one", "--in", "FOLDER"),
    "a card that there is not": ("show", "x\x1b[2J", "--in", "FOLDER"),
    "what is due": ("due", "FOLDER"),
    "statistics": ("stats", "FOLDER"),
    "an unknown deck": ("stats", "FOLDER", "--deck", "x\x1b[2J"),
    "orphans": ("orphans", "FOLDER"),
    "a journal": ("journal",),
    "a package": ("export", "FOLDER", "-o", "FOLDER/x.apkg"),
    "ids": ("stamp", "FOLDER"),
    "a backup": ("backup", "FOLDER/x.db"),
    "a schema": ("schema", "-o", "FOLDER/schema.json"),
    "a new card": ("add", "FOLDER/new.yaml", "--q", "a", "--a", "b"),
    "an import": ("import", "FOLDER/text.txt"),
    "a file that is missing": ("check", "FOLDER/missing"),
    "a command that there is not": ("x\x1b[2J",),
    "an option that there is not": ("check", "--x\x1b[2J"),
    "a number that is none": ("quiz", "--ahead", "x\x1b[2J"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_output_has_no_control_character(command: str, folder: Path) -> None:
    output_of("quiz", "--plain", folder, typed="\n3\n")
    printed = output_of(*(word.replace("FOLDER", str(folder)) for word in COMMANDS[command]), typed="\n3\n")
    assert printed
    assert not {"\x1b", "\x07"} & set(printed), printed


def test_names_that_a_shell_would_print_while_it_completes_are_not_offered(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from duly.cli import main; main()"], cwd=folder.parent, text=True, capture_output=True,
        env={**os.environ, "_DULY_COMPLETE": "fish_complete", "COMP_WORDS": f"duly quiz {str(folder)!r} --deck ",
             "COMP_CWORD": ""}, timeout=60, check=False,
    )  # fmt: skip
    assert "\x1b" not in run.stdout + run.stderr
