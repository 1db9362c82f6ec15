"""docs/cli.md says what is so: each status and each JSON it shows is that of a real call."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection
from tests.cli.calling import call

DOCUMENT = (Path(__file__).parent.parent.parent / "docs" / "cli.md").read_text(encoding="utf-8")
WORDS = """\
deck: Words
cards:
  - {q: What is 子?, a: child, id: zi, tags: [hsk1]}
  - {q: What is 木?, a: tree, id: mu}
"""
PARAMETERS = [
    *(0.3, 1.2, 2.3, 8.2, 6.4, 0.83, 3.0, 0.001, 1.8, 0.16, 0.79),
    *(1.48, 0.06, 0.26, 1.64, 0.6, 1.87, 0.54, 0.09, 0.06, 0.15),
]
LATER_REMOVED = "  - {q: What is 水?, a: water, id: shui}\n"
FILES = {
    "cards/words.yaml": WORDS + LATER_REMOVED,
    "unstamped/words.yaml": "- {q: What is 火?, a: fire}\n",
    "broken/words.yaml": "- {q: What is 土?, b: earth}\n",
    "notes.txt": "Q: What is 金?\nA: gold\n## Today\nBuy milk.\n",
    "prose.txt": "Buy milk.\n",
}
# a row of the table: | 1 | what it means | `duly check broken` finds an error |
STATUSES = [
    (row[1], words)
    for row in re.finditer(r"^\| (\d) \|(.*)\|$", DOCUMENT, re.MULTILINE)
    for words in re.findall("`duly ([^`]+)`", row[2])
]
# a heading, what stands below it, a block: ### `duly list --json` … ```json … ```
EXAMPLES = [
    (words, example)
    for words, below in re.findall(r"^### `duly ([^`]+)`$(.*?)(?=^### |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
    for example in re.findall(r"^```json\n(.*?)^```$", below, re.MULTILINE | re.DOTALL)
]


@pytest.fixture(autouse=True)
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answered three notes, removed one, and has a package of the others, and an Anki without cards."""
    monkeypatch.chdir(tmp_path)
    collection = Collection("collection.anki2")
    preset = collection.decks.get_config(1)  # type: ignore[arg-type]
    assert preset is not None
    collection.decks.update_config(preset | {"fsrsParams6": PARAMETERS, "desiredRetention": 0.85})
    collection.close()
    monkeypatch.setenv("DULY_NOW", "2026-11-24T21:30:00+08:00")
    for name, text in FILES.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    with monkeypatch.context() as clock:
        clock.setattr("time.monotonic", count(0, 4).__next__)  # each answer takes four seconds
        call("quiz", "--plain", input="\n4\n\n2\n\n4\n")
    Path("cards/words.yaml").write_text(WORDS, encoding="utf-8")
    call("export", "--progress", "-o", "words.apkg")


@pytest.mark.parametrize(("status", "words"), STATUSES)
def test_commands_exit_as_the_table_says(status: str, words: str) -> None:
    process = subprocess.run([sys.executable, "-m", "duly", *words.split()], capture_output=True, check=False)
    assert process.returncode == int(status)


@pytest.mark.parametrize(("words", "example"), EXAMPLES)
def test_a_command_prints_the_json_of_its_example(words: str, example: str) -> None:
    assert list(documents(call(*words.split()).stdout)) == list(documents(example))


def test_every_command_that_prints_json_has_an_example() -> None:
    from duly.cli.commands import COMMANDS

    printing = {name for name in COMMANDS if "--json" in call(name, "--help").output}
    assert {words.split()[0] for words, _ in EXAMPLES} == printing


def documents(text: str) -> Iterator[Any]:
    """The JSON documents that follow each other in a text, without what differs from machine to machine."""
    at = 0
    while remaining_text := text[at:].lstrip():
        at = len(text) - len(remaining_text)
        document, end = json.JSONDecoder(object_hook=comparable).raw_decode(remaining_text)
        at += end
        yield document


def comparable(value: dict[str, Any]) -> dict[str, Any]:
    if "device" in value:
        value["device"] = "a random name"
    if "file" in value:  # of orphans as a whole path
        value["file"] = value["file"].removeprefix(f"{Path.cwd()}/")
    return value
