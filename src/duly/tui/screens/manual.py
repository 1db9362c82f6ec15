"""The text of the help: every binding of the screens, with the keys that are in force."""

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from textual.binding import BindingType

from duly.i18n import _
from duly.markup.lines import Line, Run
from duly.tui.keys import described
from duly.tui.paragraphs import paragraph

Chapter = tuple[str, Sequence[BindingType]]
"""A title, and the bindings below it."""


def manual(chapters: Iterable[Chapter], chosen: Mapping[str, str], width: int) -> list[Line]:
    """The lines of the help. `chosen` are the learner's own keys by binding id."""
    lines: list[Line] = []
    for title, bindings in chapters:
        rows = described(bindings, chosen)
        widest = max(cell_len(keys) for keys, _words in rows)
        lines.append((Run(title, ("heading",)),))
        for keys, words in rows:
            head = Run(f"  {keys}{' ' * (widest - cell_len(keys))}  ", ("strong",))
            lines += paragraph(_(words), width, head)
        lines.append(())
    note = _("↻ on a grade: the card is asked again today. Full-width keys work like plain ones.")
    return [*lines, *paragraph(note, width)]
