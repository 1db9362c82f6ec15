"""The table of `docs/anki.md`: what is expected of importing again, and what each version of Anki was seen to do."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from tests.anki.reimport_cases import CASES

DOCUMENT = Path(__file__).parents[2] / "docs" / "anki.md"
BEGIN, END = "<!-- seen -->\n", "<!-- /seen -->\n"
AS_EXPECTED = "✓"

Seen = Mapping[str, Mapping[str, str]]
"""By version and case: as expected, or what was seen instead."""


def this_version() -> str:
    return version("anki")


def table_cells(seen: Mapping[str, str]) -> dict[str, str]:
    """What stands in the table for what was seen."""
    return {case.name: AS_EXPECTED if seen[case.name] == case.expected else seen[case.name] for case in CASES}


def table(seen: Seen) -> str:
    """The table in Markdown, a column for each version."""
    rows = [
        ["changed between the two exports", "expected of the second import", *seen],
        ["---"] * (2 + len(seen)),
        *([case.name, case.expected, *(cells[case.name] for cells in seen.values())] for case in CASES),
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def tables_in_document() -> Seen:
    """What the document says was seen."""
    lines = _parts()[1].splitlines()
    (_, _, *versions), _, *rows = ([cell.strip() for cell in line.strip("|").split(" | ")] for line in lines)
    return {name: {row[0]: row[2 + index] for row in rows} for index, name in enumerate(versions)}


def document(seen: Seen) -> None:
    """Writes the table into the document."""
    before, _, after = _parts()
    DOCUMENT.write_text("".join((before, BEGIN, table(seen), END, after)), encoding="utf-8")


def _parts() -> tuple[str, str, str]:
    before, _, text_after = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    table, _, after = text_after.partition(END)
    return before, table, after
