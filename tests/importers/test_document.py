"""Every example in the document about importing gives what the document says it gives."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from duly.cli.import_ import command
from duly.importers.recognise_format import IMPORTERS, OTHER_NAMES

DOCUMENT = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"```text (?P<name>\S+)\n(?P<text>.*?)```\n\n```yaml\n(?P<yaml>.*?)```\n(?:\n```text\n(?P<said>.*?)```\n)?",
    re.DOTALL,
)
EXAMPLES = tuple(EXAMPLE.finditer(DOCUMENT))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_an_example_becomes_the_deck_that_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: re.Match[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path(example["name"])
    file.parent.mkdir(exist_ok=True)
    file.write_text(example["text"], encoding="utf-8")
    result = CliRunner().invoke(command, [str(file), "--to", "cards"])
    (deck,) = Path("cards").rglob("*.yaml")
    assert (result.exit_code, deck.read_text(encoding="utf-8")) == (0, example["yaml"])
    warnings = [line for line in result.stderr.splitlines() if "warning:" in line]
    assert warnings == (example["said"] or "").splitlines()


def test_every_format_has_a_section_and_an_example() -> None:
    headings = (line for line in DOCUMENT.splitlines() if line.startswith("## "))
    sections = [name for line in headings for name in re.findall(r"`([\w-]+)`", line.partition(":")[2])]
    assert sorted(sections) == sorted([*(importer.name for importer in IMPORTERS), *OTHER_NAMES])
    assert len(EXAMPLES) == len(IMPORTERS)
