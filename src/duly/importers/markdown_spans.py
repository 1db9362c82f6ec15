"""The spans of a Markdown text in which markup has no meaning: code, math, the address of a link, escapes."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duly.importers.text_lines import Line

TOKEN = re.compile(
    r"(?P<ticks>`+)"
    r"|(?P<latex>\\\([^\n]{1,2000}?\\\)|\\\[[^\0]{1,2000}?\\\])"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<math>\$\$[^$]+\$\$|\$(?=[^\s$])(?:[^$\\\n]|\\.)++(?<!\s)\$(?![0-9$]))"
    r"|(?P<wiki>!?\[\[[^\[\]\n]++\]\])"
    r"|(?P<address>(?<=\])\((?:[^()\\\n]|\\.|\([^()\n]*\))*+\))"
    r"|(?P<auto><[a-z][a-z0-9+.-]*:[^<>\s]++>)"
    r"|(?P<bare>\bhttps?://[^\s<>\])]++)"
)
FILLER = "\0"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, by its indexes, and what it is: the name of a group of `TOKEN`, or ``code``."""

    start: int
    end: int
    what: str


def masked(text: str, code: Sequence[Span] = ()) -> str:
    """The text with these spans replaced by filler characters, so that markup is found at its index."""
    parts: list[str] = []
    at = 0
    for span in spans(text, code):
        parts.append(text[at : span.start])
        parts.append(re.sub(r"[^\n]", FILLER, text[span.start : span.end]))
        at = span.end
    return "".join([*parts, text[at:]])


def spans(text: str, code: Sequence[Span] = ()) -> Iterator[Span]:
    """The spans in which markup has no meaning, in order; `code` are known spans of fenced code."""
    runs = _tick_runs(text)
    at = 0
    for fenced in (*code, Span(len(text), len(text), "code")):
        while at < fenced.start and (token := TOKEN.search(text, at, fenced.start)):
            at = token.end()
            if token["ticks"]:
                same = runs.get(at - token.start(), [])  # a backslash may have taken the first of a run
                following = bisect_right(same, token.start())
                if following == len(same) or same[following] >= fenced.start:
                    continue
                at += same[following] - token.start()
            yield Span(token.start(), at, token.lastgroup or "")
        if fenced.start < fenced.end:
            yield fenced
        at = max(at, fenced.end)


def code_spans(lines: Sequence[Line]) -> tuple[Span, ...]:
    """Where the lines of fenced code stand in the text that the lines make."""
    spans: list[Span] = []
    at = 0
    for line in lines:
        if line.code:
            spans.append(Span(at, at + len(line.text), "code"))
        at += len(line.text) + 1
    return tuple(spans)


def _tick_runs(text: str) -> dict[int, list[int]]:
    """Where the runs of backticks of each length begin, in order."""
    runs: dict[int, list[int]] = {}
    for run in re.finditer("`+", text):
        runs.setdefault(len(run[0]), []).append(run.start())
    return runs
