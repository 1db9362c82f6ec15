"""The hooks that this repository offers to pre-commit."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

HOOKS = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"


def hooks() -> dict[str, Any]:
    return {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8"))}


def runs(hook: dict[str, Any], folder: Path) -> int:
    """The exit status of a hook, run as pre-commit runs it."""
    program, *arguments = shlex.split(hook["entry"])
    assert program == "duly"
    command = [sys.executable, "-c", "from duly.cli import main; main()", *arguments, *hook["args"]]
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False).returncode


@pytest.mark.parametrize(
    ("deck", "check", "stamp"),
    [("- {q: one, a: x, id: one}\n", 0, 0), ("- {q: one, a: x}\n", 0, 1), ("- {q: one}\n", 1, 1)],
)
def test_the_hooks_stop_a_commit_where_they_should(deck: str, check: int, stamp: int, tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "a.yaml").write_text(deck)
    assert (runs(hooks()["duly-check"], tmp_path), runs(hooks()["duly-stamp"], tmp_path)) == (check, stamp)


def test_the_hooks_have_what_pre_commit_asks_of_them() -> None:
    for name, hook in hooks().items():
        assert hook["name"] and hook["language"] == "python" and hook["pass_filenames"] is False, name
        assert re.search(hook["files"], "cards/ml/a.yaml") and not re.search(hook["files"], "README.md")
