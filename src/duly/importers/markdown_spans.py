"""The spans of a Markdown text in which markup has no meaning: code, math, the address of a link, escapes."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duly.importers.text_lines import Line

TOKEN = re.compile(
    r"(?P<ticks>`+)"  # the start or the end of code
    r"|(?P<latex>\\\([^\n]{1,2000}?\\\)|\\\[[^\0]{1,2000}?\\\])"  # ``\(x^2\)``, ``\[x^2\]``
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"  # ``\*``
    r"|(?P<math>\$\$[^$]+\$\$"  # ``$$x^2$$``
    r"|\$(?=[^\s$])(?:[^$\\\n]|\\.)++(?<!\s)\$(?![0-9$]))"  # ``$x^2$``, not ``$5 and $6``
    r"|(?P<wiki>!?\[\[[^\[\]\n]++\]\])"  # ``[[page]]``, ``![[picture.png]]``
    r"|(?P<address>(?<=\])\((?:[^()\\\n]|\\.|\([^()\n]*\))*+\))"  # the ``(a.png)`` of ``![](a.png)``
    r"|(?P<auto><[a-z][a-z0-9+.-]*:[^<>\s]++>)"  # ``<https://example.org>``
    r"|(?P<bare>\bhttps?://[^\s<>\])]++)"  # ``https://example.org``
)
FILLER = "\0"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: its indexes, and its kind, the name of a group of `TOKEN` or ``code``."""

    start: int
    end: int
    kind: str


def mask_markup(text: str, fenced_spans: Sequence[Span] = ()) -> str:
    """The text with these spans replaced by filler characters, so that indexes stay the same."""
    parts: list[str] = []
    at = 0
    for span in spans(text, fenced_spans):
        parts.append(text[at : span.start])
        parts.append(re.sub(r"[^\n]", FILLER, text[span.start : span.end]))
        at = span.end
    return "".join([*parts, text[at:]])


def spans(text: str, fenced_spans: Sequence[Span] = ()) -> Iterator[Span]:
    """The spans in which markup has no meaning, in order; `fenced_spans` are those of fenced code."""
    runs = _tick_runs(text)
    at = 0
    for code_span in (*fenced_spans, Span(len(text), len(text), "code")):
        while at < code_span.start and (token := TOKEN.search(text, at, code_span.start)):
            at = token.end()
            if token["ticks"]:
                run_starts = runs.get(at - token.start(), [])  # a backslash may have escaped the first of a run
                next_run = bisect_right(run_starts, token.start())
                if next_run == len(run_starts) or run_starts[next_run] >= code_span.start:
                    continue
                at += run_starts[next_run] - token.start()
            yield Span(token.start(), at, token.lastgroup or "")
        if code_span.start < code_span.end:
            yield code_span
        at = max(at, code_span.end)


def code_spans(lines: Sequence[Line]) -> tuple[Span, ...]:
    """The spans of fenced code in the text of these lines."""
    spans: list[Span] = []
    at = 0
    for line in lines:
        if line.is_code:
            spans.append(Span(at, at + len(line.text), "code"))
        at += len(line.text) + 1
    return tuple(spans)


def _tick_runs(text: str) -> dict[int, list[int]]:
    """The indexes at which runs of backticks begin, in order, by the length of the run."""
    runs: dict[int, list[int]] = {}
    for run in re.finditer("`+", text):
        runs.setdefault(len(run[0]), []).append(run.start())
    return runs
