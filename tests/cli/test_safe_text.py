"""``--json`` is JSON whatever encoding the output has."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

DECK = "deck: 词语 😀\ncards:\n  - {q: 子 means 😀?, a: child, id: one, tags: [字]}\n"
COMMANDS = ("list --json", "list --notes --json", "show one --json", "stats --json", "check --json", "schema")


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8", "utf-16"])
@pytest.mark.parametrize("words", COMMANDS)
def test_json_can_be_read_from_an_output_of_any_encoding(words: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "子.yaml").write_text(DECK, encoding="utf-8")
    process = subprocess.run(
        [sys.executable, "-c", "from duly.cli import main; main()", *words.split()],
        cwd=tmp_path, env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=True,
    )  # fmt: skip
    cards = json.loads(process.stdout.decode(encoding))
    if words == "list --json":
        assert [(card["question"], card["deck"], card["file"]) for card in cards] == [
            ("子 means 😀?", "词语 😀", "cards/子.yaml")
        ]
