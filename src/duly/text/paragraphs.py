"""Plain text wrapped into lines for a terminal."""

from duly.markup.terminal.line_breaking import wrap
from duly.markup.terminal.lines import Line, Run, Styles, hang
from duly.markup.terminal.lines import width as cells

NO_HEAD = Run("")


def paragraph(text: str, width: int, head: Run = NO_HEAD, styles: Styles = ()) -> list[Line]:
    """The text behind `head`, in lines of at most `width` cells; those after the first are indented as far."""

    def inner(room: int) -> list[Line]:
        return [(Run(text[start:end], styles),) for start, end in wrap(text, room)]

    return hang(head, Run(" " * cells((head,))), inner, width)
