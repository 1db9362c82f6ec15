"""The text of the help: the keys of all screens as configured, the grades, and the query language."""

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from textual.binding import BindingType

from duly.i18n import _
from duly.markup.terminal.styled_lines import Line, Run
from duly.scheduling.fsrs import NAME as FSRS
from duly.study.search import search_key
from duly.text.paragraphs import paragraph
from duly.tui.keys import help_rows

Row = tuple[str, str]
"""Keys or a query term, and what it does, in the language in force."""

Chapter = tuple[str, Sequence[Row]]
"""A title, and the rows below it."""


def keys_chapter(title: str, bindings: Iterable[BindingType], custom_keys: Mapping[str, str]) -> Chapter:
    """The bindings of a screen as a chapter. `custom_keys` are the learner's own keys by binding id."""
    return title, [(keys, _(words)) for keys, words in help_rows(bindings, custom_keys)]


def queries_chapter() -> Chapter:
    """The query language."""
    return (
        _("Queries"),
        [
            (_('words "a phrase"'), _("texts with all of these in them")),
            ("deck: tag:", _("part of a deck's name; a tag, or those below it")),
            ("is:due is:new", _("waiting for a review; never answered")),
            ("is:young is:mature", _("an interval below 21 days; from there on")),
            ("is:suspended is:buried", _("set aside for good; until a day")),
            ("is:starred is:leech", _("with a star; forgotten again and again")),
            ("prop:ivl>20", _("also ease, reps, lapses, due, with < <= = != >= >")),
            ("rated:7", _("answered in the last 7 days")),
            ("note:id", _("the cards of one note")),
            ("-is:new", _("a minus excludes")),
        ],
    )


def grades_chapter(scheduler: str) -> Chapter:
    """The effects of the grades under a scheduler."""
    again_today = ("↻", _("the card is asked again today, until it is known; then after the days shown"))
    if scheduler == FSRS:
        rows = [
            (_("Again"), _("forgotten: it is asked again today, and its intervals become shorter")),
            (" ".join((_("Hard"), _("Good"), _("Easy"))), _("known: the easier it was, the longer the interval")),
        ]
    else:
        rows = [
            (_("Again"), _("forgotten: it starts over, and comes back tomorrow")),
            (_("Hard"), _("known with effort: it is asked again today, and its easiness E sinks")),
            (_("Good"), _("known: E stays")),
            (_("Easy"), _("known at once: E rises")),
            ("E", _("2.50 at first. The first intervals are the same for all grades, 1 day and 6 days; later ones are "
                    "the last one times E")),
        ]  # fmt: skip
    return _("Grades"), [again_today, *rows]


def manual(chapters: Iterable[Chapter], width: int, query: str = "") -> list[Line]:
    """The lines of the help, at most `width` cells wide; with a `query` only the rows that contain it."""
    search_text = search_key(query.strip())
    lines: list[Line] = []
    for title, rows in chapters:
        matching = [row for row in rows if search_text in search_key(f"{row[0]} {row[1]}")]
        if not matching:
            continue
        widest = max(cell_len(keys) for keys, _words in matching)
        lines.append((Run(title, ("heading",)),))
        for keys, words in matching:
            lines += paragraph(words, width, Run(f"  {keys}{' ' * (widest - cell_len(keys))}  ", ("strong",)))
        lines.append(())
    if search_text:
        return lines or paragraph(_("No key does that."), width)
    note = _("Full-width keys work like plain ones.")
    return [*lines, *paragraph(note, width)]
