"""Wraps plain text into lines for a terminal, or cuts it to one line."""

from rich.cells import cell_len, set_cell_size

from duly.markup.terminal.line_breaking import wrap
from duly.markup.terminal.styled_lines import Line, Run, Styles, hang
from duly.markup.terminal.styled_lines import line_width as cells

NO_HEAD = Run("")


def paragraph(text: str, width: int, head: Run = NO_HEAD, styles: Styles = ()) -> list[Line]:
    """The text after `head` in lines of at most `width` cells; the lines after the first are indented by its width."""

    def inner(room: int) -> list[Line]:
        return [(Run(text[start:end], styles),) for start, end in wrap(text, room)]

    return hang(head, Run(" " * cells((head,))), inner, width)


def shorten(text: str, width: int) -> str:
    """The text in at most `width` cells; text that is cut ends in an ellipsis."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def wrap_text(text: str, width: int, most_lines: int) -> list[str]:
    """The text in at most `most_lines` lines of at most `width` cells; text that is cut ends in "…" behind a word."""
    if width < 3:
        return ["…"[:width]]
    spans = wrap(text, width)
    lines = [text[start:end] for start, end in spans[:most_lines]]
    if len(spans) > most_lines:
        last_text = text[spans[most_lines - 1][0] :]
        start, end = wrap(last_text, width - 1)[0]
        lines[-1] = last_text[start:end].rstrip() + "…"
    return lines
