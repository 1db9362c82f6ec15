"""Completion in a shell."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from duly.cli.commands import COMMANDS

pytestmark = pytest.mark.slow

BIN = Path(sys.executable).parent

DECK = """\
deck: Maths
tags: [sparse, sums]
cards:
  - {q: What does CSR stand for?, a: compressed sparse row, id: csr}
  - {q: What does CSC stand for?, a: compressed sparse column, id: csc}
  - {q: What is a sum?, a: a number, id: sum}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "d.yaml").write_text(DECK)
    return tmp_path


def completed(folder: Path, words: list[str], *, shell: str = "zsh") -> list[str]:
    """What is offered for the last of the words, by the protocol of the shell."""
    environment = {
        **os.environ,
        "_DULY_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(["duly", *words]) if shell != "bash" else "\n".join(["duly", *words]),
        "COMP_CWORD": str(len(words)),
    }
    run = subprocess.run(
        [sys.executable, "-c", "from duly.cli import main; main()"],
        env=environment, cwd=folder, text=True, encoding="utf-8", capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.stderr == ""
    lines = run.stdout.splitlines()
    return [line.partition(",")[2] for line in lines] if shell == "bash" else lines[1::3]


def test_commands_are_completed(folder: Path) -> None:
    assert completed(folder, [""]) == list(COMMANDS)
    assert completed(folder, ["sh"]) == ["show"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["show", "cs"], ["csr", "csc"]),
        (["show", "--in", "cards/d.yaml", "su"], ["sum"]),
        (["show", "--in", "gone.yaml", "su"], []),
        (["list", "tag:s"], ["tag:sparse", "tag:sums"]),
        (["list", "-is:new", "tag:su"], ["tag:sums"]),
        (["list", "deck:"], ["deck:Maths"]),
        (["list", "is:le"], ["is:leech"]),
        (["list", "ta"], ["tag:"]),
        (["quiz", "--deck", "M"], ["Maths"]),
        (["quiz", "--tag", "s"], ["sparse", "sums"]),
        (["stats", "--deck", ""], ["Maths"]),
        (["list", "prop:"], []),
        (["list", "--sort", "d"], ["due"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
    ],
)
def test_ids_and_queries_are_completed(words: list[str], expected: list[str], folder: Path) -> None:
    assert completed(folder, words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["list", "tag", ":"], ["sparse", "sums"]),
        (["list", "-tag", ":", "su"], ["sums"]),
        (["list", "is", ":", "du"], ["due"]),
    ],
)
def test_bash_which_splits_words_at_colons_gets_the_part_after_the_last_one(
    words: list[str], expected: list[str], folder: Path
) -> None:
    assert completed(folder, words, shell="bash") == expected


def test_bash_understands_the_script_and_completes_by_it(folder: Path) -> None:
    if not Path("/bin/bash").exists():
        pytest.skip("there is no bash")
    script = (
        'eval "$(duly completion bash)"; COMP_WORDS=(duly show cs); COMP_CWORD=2; '
        "_duly_completion duly show cs; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(
        ["/bin/bash", "-c", script],
        env=environment,
        cwd=folder,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (run.stdout.split(), run.stderr) == (["csr", "csc"], "")


FISH = shutil.which("fish")


@pytest.mark.skipif(FISH is None, reason="there is no fish")
def test_fish_understands_the_script_and_completes_by_it(folder: Path) -> None:
    (folder / "cards" / "more.yaml").write_text('- {q: "one, two", a: b, id: "cs,v: 1"}\n')
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(
        [str(FISH), "--no-config", "-c", 'duly completion fish | source; complete -C "duly show cs"'],
        env=environment, cwd=folder, text=True, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    offered = {"csr\tWhat does CSR stand for?", "csc\tWhat does CSC stand for?", "cs,v: 1\tone, two"}
    assert ({*run.stdout.splitlines()}, run.stderr) == (offered, "")


def test_the_scripts_of_other_shells_are_printed() -> None:
    for shell, mark in (("zsh", "#compdef duly"), ("fish", "complete --no-files --command duly"), ("fish", "--max 1")):
        run = subprocess.run(
            [sys.executable, "-c", "from duly.cli import main; main()", "completion", shell],
            text=True, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert mark in run.stdout and "_DULY_COMPLETE" in run.stdout
