"""The table, as Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bench.harness import Measured
from bench.memory import GOAL, MEGABYTE, WHY

INTRODUCTION = """\
# Performance

`python -m bench --to docs/performance.md` (after `pip install -e '.[bench]'`) measured this. Every figure is a ratio:
the time of the work divided by that of a named reference, both taken in turn in the same process of the same run, the
median of several. So a slow machine and a fast one give the same figure. The notes are mixed Chinese and English, of
all kinds, 200 per file, and always the same ones (`bench/corpus.py`).
"""


def document(results: Sequence[Measured], peak: int | None) -> str:
    return "\n".join(
        (INTRODUCTION, *_goals(results), *_memory(peak), "", *_missed(results, peak), *_growth(results), "")
    )


def _goals(results: Iterable[Measured]) -> Iterator[str]:
    yield "| work | notes, cards or entries | reference | goal | measured | |"
    yield "| --- | ---: | --- | ---: | ---: | --- |"
    for one in results:
        row = one.row
        size = f"{one.size:,}" if row.sizes else ""
        verdict = "met" if one.is_met else "**missed**"
        tail = f" (p99 {one.tail:.2f})" if one.tail else ""
        yield f"| {row.work} | {size} | {row.reference} | ≤ {row.goal:.2g} | {one.ratio:.2f}{tail} | {verdict} |"


def _memory(peak: int | None) -> Iterator[str]:
    if peak is not None:
        verdict = "met" if peak <= GOAL * MEGABYTE else "**missed**"
        measured = f"{peak / MEGABYTE:.0f} MB"
        yield f"| peak memory of an export | 100,000 | the notes, loaded | ≤ {GOAL} MB | {measured} | {verdict} |"


def _missed(results: Iterable[Measured], peak: int | None) -> Iterator[str]:
    """Why goals are missed, a row once however often it misses."""
    missed = {one.row.work: one.row.why for one in results if not one.is_met and one.row.why}
    if peak is not None and peak > GOAL * MEGABYTE:
        missed["peak memory of an export"] = WHY
    if missed:
        yield "## Where a goal is missed"
        yield ""
        yield from (f"- **{work}**: {why}" for work, why in missed.items())
        yield ""


def _growth(results: Iterable[Measured]) -> Iterator[str]:
    """How the time for each note changes as they become more: 1 is linear growth."""
    yield "## Growth"
    yield ""
    yield "The time per note (card, entry), relative to the smallest size: 1 is linear, less is better."
    yield ""
    yield "| work | from | to | time each |"
    yield "| --- | ---: | ---: | ---: |"
    for _, group in groupby(results, key=lambda one: one.row):
        first, *others = group
        for one in others:
            each = (one.seconds / one.size) / (first.seconds / first.size)
            yield f"| {one.row.work} | {first.size:,} | {one.size:,} | {each:.2f} |"
