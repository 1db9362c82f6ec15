"""The app: a collection, its screens, and what all screens share.

It starts with the decks. Other screens are imported when they are opened, which keeps the start fast.
"""

import asyncio
import signal
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from textual.actions import SkipAction
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.screen import ModalScreen, Screen

from duly.errors import DulyError
from duly.i18n import _, translate
from duly.locations import settings_file
from duly.settings import change_setting
from duly.study.collection import Collection
from duly.study.rewording import Rewording
from duly.study.session import Session
from duly.text.paragraphs import paragraph
from duly.tui.app_events import DecksRead
from duly.tui.keys import bind, check_ids, keymap, readable_keys
from duly.tui.palette import KeyCommands
from duly.tui.picture_drawing import load_drawing
from duly.tui.screens.decks import DecksScreen
from duly.tui.styles import apply_theme
from duly.tui.widgets.bottom_line import BottomLine, show_message
from duly.work_progress import Watch

REREAD_INTERVAL = 1.5
"""Seconds between two checks whether the deck files on disk have changed."""

PLAIN_THEME = "ansi-dark"
"""The terminal's own colours, used if ``NO_COLOR`` is set."""


QUIT_KEY = "ctrl+q"

if sys.platform == "win32":
    END_SIGNALS: tuple[int, ...] = ()
else:
    END_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
"""The signals on which the app quits and restores the terminal; Windows has none that can be caught."""


class DulyApp(App[None]):
    """The quiz on a terminal.

    `begin` creates the session to start with instead of the decks; `sync` is passed to `DecksScreen`.
    """

    TITLE = "duly"
    CSS = "Screen { background: $background; } ModalScreen { background: $background 70%; }"
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {KeyCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("question_mark", "help", "Help", "app.help"),
        bind("ctrl+p,colon", "command_palette", "All commands", "app.palette"),
        replace(bind(QUIT_KEY, "quit", "Quit", "app.quit"), priority=True),
        replace(bind("ctrl+z", "suspend_process", "Suspend duly; fg brings it back", "app.suspend"), priority=True),
        replace(bind("ctrl+c", "help_quit", "Copy what is selected; else: how to quit", "app.copy"), priority=True),
        bind("T", "theme", "Choose a theme", "app.theme"),
    ]

    def __init__(
        self,
        collection: Collection,
        *,
        sync: Callable[[Watch], str],
        begin: Callable[[], Session] | None = None,
        colour: bool = True,
    ) -> None:
        """Raises `DulyError` if the settings give keys to a binding that does not exist."""
        if keys := collection.settings.keys:
            check_ids(keys, binding_ids(), settings_file())
        super().__init__(ansi_color=None if colour else True)
        load_drawing(collection.decks)
        self.collection = collection
        self.begin = begin
        self._sync = sync
        self.rewordings = collection.rewordings()
        apply_theme(self, collection.settings.theme)
        if not colour:
            self.theme = PLAIN_THEME

    async def on_mount(self) -> None:
        for number in END_SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, partial(self.exit, return_code=128 + number))
        self.set_keymap(keymap(self.collection.settings.keys))
        self.set_interval(REREAD_INTERVAL, self.reread_changed_files)
        self.decks = DecksScreen(self.collection, self._sync)
        await self.push_screen(self.decks)  # which may have to say that there is nothing to ask
        if self.collection.settings.sync.automatic:
            self.decks.action_sync()
        self._ask_about_rewordings(iter(self.rewordings))

    async def on_event(self, event: Event) -> None:
        """Passes every kind of space to input fields: Textual drops those that Python calls unprintable, as U+3000."""
        if isinstance(event, Key) and not event.is_forwarded and (character := event.character or "").isspace():
            from textual.widgets import Input, TextArea

            if unicodedata.category(character) == "Zs" and isinstance(self.focused, Input | TextArea):
                event = Paste(character)
        await super().on_event(event)

    def on_bottom_line_pressed(self, event: BottomLine.Pressed) -> None:
        """A click on a key in the bottom line presses it."""
        self.simulate_key(event.key)

    def reread_changed_files(self) -> None:
        """Reads the deck files again if they have changed on disk, and tells every screen."""
        try:
            if not self.collection.files_changed():
                return
            self.collection.reread()
        except DulyError:  # the folder may be missing for a moment; the next check finds it
            return
        for screen in self.screen_stack:
            screen.post_message(DecksRead())

    def _ask_about_rewordings(self, rewordings: Iterator[Rewording]) -> None:
        """Asks the learner about the reworded questions, one after another."""
        rewording = next(rewordings, None)
        if rewording is None:
            if self.begin is not None:
                self.decks.review(self.begin())
            return

        def on_decision(keep: bool | None) -> None:
            try:
                if keep is not None:
                    self.collection.decide_rewording(rewording, keep=keep)
            except DulyError as error:
                from duly.tui.screens.text_page import TextPage

                problem = translate(error.message)
                page = TextPage(_("Problems"), lambda width: paragraph(problem, width))
                self.push_screen(page, lambda _closed: self._ask_about_rewordings(rewordings))
            else:
                self._ask_about_rewordings(rewordings)

        from duly.tui.screens.rewording_question import RewordingScreen

        position = self.rewordings.index(rewording) + 1
        self.push_screen(RewordingScreen(rewording, f"{position}/{len(self.rewordings)}"), on_decision)

    def action_command_palette(self) -> None:
        """The palette, in the language in force."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Look for a command…"), id="--command-palette"))

    def action_suspend_process(self) -> None:
        """Suspends the app if the system can; else the focused widget gets the key."""
        if sys.platform == "win32" or self._driver is None or not self._driver.can_suspend:
            raise SkipAction
        super().action_suspend_process()

    def action_help_quit(self) -> None:
        """Lets the widget or screen copy its selection, if there is one; else says how to quit."""
        if getattr(self.focused, "selected_text", "") or self.screen.get_selected_text():
            raise SkipAction
        keys = readable_keys(keymap(self.collection.settings.keys).get("app.quit", QUIT_KEY))
        show_message(self.screen, _("{keys} quits duly.").format(keys=keys))

    def action_theme(self) -> None:
        """Asks for a theme, except over a modal screen."""
        from duly.tui.screens.themes import choose_theme

        def on_choice(theme: str) -> None:
            try:
                self.collection.configure(change_setting(settings_file(), "theme", theme or None))
            except DulyError as error:
                show_message(self.screen, translate(error.message))
            else:
                apply_theme(self, theme)

        if not isinstance(self.screen, ModalScreen):
            choose_theme(self, self.collection.settings.theme, on_choice)

    def action_help(self) -> None:
        """Shows help on the current screen, then on all others."""
        from duly.tui.screens.help import Help
        from duly.tui.screens.help_text import grades_chapter, keys_chapter, queries_chapter
        from duly.tui.screens.review import Review

        if isinstance(self.screen, Help):
            return
        custom_keys = self.collection.settings.keys
        current_screens = [
            (title, screen_class)
            for title, screen_class in screens_with_keys()
            if isinstance(self.screen, screen_class)
        ]
        other_screens = [
            (title, screen_class)
            for title, screen_class in screens_with_keys()
            if not isinstance(self.screen, screen_class)
        ]
        chapters = [
            *(keys_chapter(title, screen_class.BINDINGS, custom_keys) for title, screen_class in current_screens),
            *([grades_chapter(self.collection.settings.scheduler)] if isinstance(self.screen, Review) else []),
            keys_chapter(_("Everywhere"), DulyApp.BINDINGS, custom_keys),
            *(keys_chapter(title, screen_class.BINDINGS, custom_keys) for title, screen_class in other_screens),
            *([] if isinstance(self.screen, Review) else [grades_chapter(self.collection.settings.scheduler)]),
            queries_chapter(),
        ]
        self.push_screen(Help(" · ".join((_("Help"), *(title for title, _class in current_screens))), chapters))


def screens_with_keys() -> tuple[tuple[str, type[Screen[Any]]], ...]:
    """The title and class of every screen that has keys."""
    from duly.tui.screens.browse import Browse
    from duly.tui.screens.card_info import CardInfo
    from duly.tui.screens.exam import ExamScreen
    from duly.tui.screens.first_run import FirstRun
    from duly.tui.screens.review import Review
    from duly.tui.screens.rewording_question import RewordingScreen
    from duly.tui.screens.select import Select
    from duly.tui.screens.settings import SettingsScreen
    from duly.tui.screens.statistics import StatisticsScreen
    from duly.tui.screens.summary import Summary
    from duly.tui.screens.text_page import TextPage

    return (
        (_("Decks"), DecksScreen),
        (_("Review"), Review),
        (_("Summary"), Summary),
        (_("Browse"), Browse),
        (_("Card info"), CardInfo),
        (_("Statistics"), StatisticsScreen),
        (_("Exam"), ExamScreen),
        (_("Settings"), SettingsScreen),
        (_("First run"), FirstRun),
        (_("A reworded question"), RewordingScreen),
        (_("Choosing from a list"), Select),
        (_("A page of text"), TextPage),
    )


def binding_ids() -> tuple[str, ...]:
    """The ids of all bindings."""
    from duly.tui.screens.help import Help
    from duly.tui.screens.new_card import NewCard
    from duly.tui.screens.prompt import Prompt

    classes: tuple[type[DOMNode], ...] = (
        DulyApp,
        *(dom_class for _title, dom_class in screens_with_keys()),
        Help,
        NewCard,
        Prompt,
    )
    return tuple(
        binding.id or "" for dom_class in classes for binding in dom_class.BINDINGS if isinstance(binding, Binding)
    )
