"""The command: measures the rows, prints them as a table, and writes it where it is told."""

import argparse
import gc
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.memory import peak_row
from bench.rows import ROWS
from bench.trial import Row, Step

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
    parser.add_argument(
        "rows", nargs="*", metavar="ROW", help=f"which of {', '.join(row.name for row in ROWS)}; or all"
    )
    parser.add_argument("--largest", type=int, default=500_000, help="the most notes or entries to measure with")
    parser.add_argument("--runs", type=int, help="how often each is measured")
    parser.add_argument("--to", type=Path, help="write the table into this file, too")
    options = parser.parse_args(arguments)
    text = INTRODUCTION
    for line in _lines(options):
        print(line, flush=True)
        text += line + "\n"
    if options.to:
        options.to.write_text(text, encoding="utf-8")


def _lines(options: argparse.Namespace) -> Iterator[str]:
    for row in ROWS:
        if row.name in (options.rows or [row.name]):
            size = row.size and min(row.size, options.largest)
            with TemporaryDirectory() as folder:
                ratio = measured(row, Path(folder), size, options.runs or row.runs)
            number = f"{size:,}" if size else ""
            verdict = "" if ratio <= row.goal else f" **missed**: {row.why}"
            yield f"| {row.work} | {number} | {row.reference} | ≤ {row.goal} | {ratio:.2f}{verdict} |"
    if not options.rows:
        yield peak_row(min(100_000, options.largest))


def measured(row: Row, folder: Path, size: int, runs: int) -> float:
    """The median ratio of work to reference, after one run to warm up."""
    trial = row.prepare(folder, size)
    ratios: list[float] = []
    try:
        for _ in range(runs + 1):
            reference = _seconds(trial.reference)
            trial.reset()
            ratios.append(_seconds(trial.work) / reference)
    finally:
        trial.end()
    return median(ratios[1:])


def _seconds(step: Step) -> float:
    gc.collect()
    start = perf_counter()
    result = step()
    took = perf_counter() - start
    del result
    return took


if __name__ == "__main__":
    main()
