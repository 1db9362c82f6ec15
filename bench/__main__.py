"""The command: measures the rows, prints the table, and writes it where it is told."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import exporting, learning, memory, painting, pressing, reading, starting
from bench.harness import LARGE, Measured, Row, measured
from bench.table import document

ROWS: tuple[Row, ...] = (*reading.ROWS, *exporting.ROWS, *learning.ROWS, *starting.ROWS, *painting.ROWS, *pressing.ROWS)


FEW = 2
"""How often the largest sizes are measured."""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = ", ".join(row.name for row in ROWS)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"which to measure, of {names}; all if not given")
    parser.add_argument("--largest", type=int, default=500_000, help="leave out larger numbers of notes and entries")
    parser.add_argument("--runs", type=int, help="how often each is measured")
    parser.add_argument("--to", type=Path, help="write the table into this file, too")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        results = list(_results(options, Path(folder)))
        peak = memory.above_loaded(Path(folder), min(options.largest, LARGE)) if not options.rows else None
    text = document(results, peak)
    print(text)
    if options.to:
        options.to.write_text(text, encoding="utf-8")


def _results(options: argparse.Namespace, folder: Path) -> Iterator[Measured]:
    for row in ROWS:
        if options.rows and row.name not in options.rows:
            continue
        for size in _sizes(row, options.largest):
            runs = options.runs or (min(row.runs, FEW) if size >= LARGE else row.runs)
            result = measured(row, size, folder, runs)
            print(f"{row.name} {size}: {result.ratio:.2f} (goal {row.goal}), {result.seconds:.4f} s", flush=True)
            yield result


def _sizes(row: Row, largest: int) -> tuple[int, ...]:
    """The sizes of a row that are not too large; where all are, the largest that is allowed."""
    return tuple(size for size in row.sizes if size <= largest) or (min(largest, *row.sizes) if row.sizes else 1,)


if __name__ == "__main__":
    main()
