"""Code on its lines: behind a gutter, spaces kept, and a line too long going on in the next, never cut."""

from collections.abc import Iterator, Sequence

from duly.markup.breaking import cut
from duly.markup.hanging import NARROWEST
from duly.markup.inline import sliced
from duly.markup.lines import Line, Run, Styles
from duly.markup.lines import width as line_width

_GUTTER = Run("  ", ("code",))
_CONTINUED = Run("↪ ", ("dim",))


def code_lines(pieces: Sequence[tuple[str, Styles]], width: int) -> Iterator[Line]:
    """The lines of code given in pieces with their styles. The gutter, if there is room, marks continued lines."""
    text = "".join(text for text, _ in pieces)
    has_gutter = width - line_width((_GUTTER,)) >= NARROWEST
    room = width - line_width((_GUTTER,)) if has_gutter else width
    spans: list[tuple[int, int]] = []
    continued: list[bool] = []
    at = len(text) - len(text.lstrip("\n"))
    for line in text.strip("\n").split("\n"):
        parts = cut(text, at, at + len(line), room)
        spans += parts
        continued += [False] + [True] * (len(parts) - 1)
        at += len(line) + 1
    for is_continued, runs in zip(continued, sliced(pieces, spans), strict=True):
        yield ((_CONTINUED if is_continued else _GUTTER), *runs) if has_gutter else runs
