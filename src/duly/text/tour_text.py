"""The tour: duly in three minutes, as lines."""

from collections.abc import Sequence

from duly.i18n import _
from duly.markup.terminal.styled_lines import Line, Run
from duly.text.paragraphs import paragraph


def tour(width: int) -> list[Line]:
    """The tour in lines of at most so many cells."""
    lines: list[Line] = []
    for title, texts, sample in _chapters():
        lines += [*paragraph(title, width, styles=("heading",))]
        for text in texts:
            lines += [*paragraph(text, width), ()]
        if sample:
            lines += [*((Run(row, ("code",)),) for row in sample), ()]
    return lines[:-1]


def _chapters() -> tuple[tuple[str, Sequence[str], Sequence[str]], ...]:
    """For each chapter its title, its paragraphs, and lines of an example."""
    return (
        (
            _("A card is a few lines in a file"),
            (
                _("Files ending in .yaml in a folder are decks. Write them with any editor, keep them in git."),
            ),
            (
                "  - q: " + _("What does CSR stand for?"),
                "    a: " + _("Compressed sparse row"),
            ),
        ),
        (
            _("Study"),
            (
                _("duly shows a question. You answer in your head, press space, and say how well you knew it: 1 again,"
                  " 2 hard, 3 good, 4 easy. What you know comes back later and later; what you forget comes"
                  " back soon."),
                _("Every answer is saved at once, so you can leave whenever you like. u undoes any answer."),
            ),
            (),
        ),
        (
            _("Change"),
            (
                _("Edit the files whenever you like: duly reads them again. Progress is tied to a card's id, so give"
                  " your cards one with “duly stamp” before you reword questions."),
            ),
            (),
        ),
        (
            _("Anki too"),
            (
                _("“duly export” writes a package for Anki. Import it there; later packages update the same notes."),
            ),
            (),
        ),
        (
            _("Where to look next"),
            (
                _("? shows all keys of the current screen, ctrl+p everything you can do, “duly --help” all commands."),
            ),
            (),
        ),
    )  # fmt: skip
