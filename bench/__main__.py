"""Measures the rows and prints them as a table, which it can also write to a file."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.memory import peak_row
from bench.rows import ROWS

INTRODUCTION = """\
# Performance

`python -m bench --to docs/performance.md` (after `pip install -e '.[bench]'`) measured this. Every figure is a ratio:
the time of the work divided by that of a named reference, both taken in turn in the same run, the median of several.
So a slow machine and a fast one give about the same figure. The notes are mixed Chinese and English, of all kinds, and
always the same ones (`bench/corpus.py`).

| work | cards, notes or entries | reference | goal | measured |
| --- | ---: | --- | ---: | ---: |
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"{', '.join(row.name for row in ROWS)}; or all")
    parser.add_argument("--largest", type=int, default=500_000, help="the most notes or entries to measure with")
    parser.add_argument("--runs", type=int, help="how often each is measured")
    parser.add_argument("--to", type=Path, help="write the table into this file, too")
    options = parser.parse_args(arguments)
    text = INTRODUCTION
    for line in _lines(options.rows, options.largest, options.runs):
        print(line, flush=True)
        text += line + "\n"
    if options.to:
        options.to.write_text(text, encoding="utf-8")


def _lines(names: Sequence[str], largest: int, runs: int | None) -> Iterator[str]:
    for row in ROWS:
        if row.name in (names or [row.name]):
            size = min(row.size, largest)
            with TemporaryDirectory() as folder:
                ratio = row.prepare(Path(folder), size).ratio(runs or row.runs)
            verdict = "" if ratio <= row.goal else f" **missed**: {row.why}"
            number = f"{size:,}" if size else ""
            yield f"| {row.work} | {number} | {row.reference} | ≤ {row.goal} | {ratio:.2f}{verdict} |"
    if not names:
        yield peak_row(min(100_000, largest))


if __name__ == "__main__":
    main()
