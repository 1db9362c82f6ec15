"""The app: a desk, its screens, and what is the same on all of them."""

from typing import ClassVar

from rich.cells import cell_len
from textual.app import App
from textual.binding import BindingType
from textual.content import Content

from duly.i18n import _
from duly.study.desk import Desk
from duly.tui.keys import bound, described, keymap
from duly.tui.screens.decks import Decks
from duly.tui.screens.reader import Reader
from duly.tui.screens.review import Review
from duly.tui.screens.summary import Summary

PLAIN_THEME = "ansi-dark"
"""The terminal's own colours: what is left when ``NO_COLOR`` asks for none of ours."""


class DulyApp(App[None]):
    """The quiz on a terminal."""

    TITLE = "duly"
    CSS = "Screen { background: $background; }"
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        bound("question_mark", "help", "Help", "app.help"),
        bound("colon", "command_palette", "All commands", "app.palette"),
        bound("ctrl+q", "quit", "Quit", "app.quit"),
    ]

    def __init__(self, desk: Desk, *, colour: bool = True) -> None:
        super().__init__(ansi_color=None if colour else True)
        self.desk = desk
        if desk.settings.theme in self.available_themes:
            self.theme = desk.settings.theme
        if not colour:
            self.theme = PLAIN_THEME

    def on_mount(self) -> None:
        self.set_keymap(keymap(self.desk.settings.keys))
        self.push_screen(Decks(self.desk))

    def action_help(self) -> None:
        if isinstance(self.screen, Reader):
            return
        chosen = self.desk.settings.keys
        text: list[Content] = []
        for title, bindings in (
            (_("Everywhere"), DulyApp.BINDINGS),
            (_("Review"), Review.BINDINGS),
            (_("Decks"), Decks.BINDINGS),
            (_("Summary"), Summary.BINDINGS),
        ):
            rows = described(bindings, chosen)
            widest = max(cell_len(keys) for keys, _words in rows)
            text.append(Content.styled(title, "bold $text-primary"))
            for keys, words in rows:
                pad = " " * (widest - cell_len(keys) + 2)
                text.append(Content.assemble("  ", (keys, "bold"), pad, _(words)))
            text.append(Content(""))
        text.append(Content(_("↻ on a grade: the card is asked again today. Full-width keys work like plain ones.")))
        self.push_screen(Reader(_("Help"), text))
