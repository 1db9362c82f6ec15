"""Plain text wrapped into lines for a terminal."""

from duly.markup.breaking import wrapped
from duly.markup.hanging import hanging
from duly.markup.lines import Line, Run, Styles
from duly.markup.lines import width as cells

NO_HEAD = Run("")


def paragraph(text: str, width: int, head: Run = NO_HEAD, styles: Styles = ()) -> list[Line]:
    """The text behind `head`, in lines of at most `width` cells; those after the first are indented as far."""

    def inner(room: int) -> list[Line]:
        return [(Run(text[start:end], styles),) for start, end in wrapped(text, room)]

    return hanging(head, Run(" " * cells((head,))), inner, width)
