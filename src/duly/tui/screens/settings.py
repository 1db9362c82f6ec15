"""Settings: shows all settings with their values, and writes changes to the learner's file."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from duly.errors import DulyError
from duly.i18n import _, set_language, translate
from duly.message import message
from duly.problem import Place
from duly.settings import CHOICES, DEFAULTS, RANGES, Settings, SettingValue, change_setting, read_settings
from duly.study.collection import Collection
from duly.study.scheduler_switch import preview_switch
from duly.text.paragraphs import paragraph
from duly.text.setting_words import NAMES, is_default, setting_help, setting_name, setting_value, value_name
from duly.text.switch_report import switch_lines
from duly.tui.editor import edit
from duly.tui.keys import bind, keymap
from duly.tui.screens.prompt import Prompt
from duly.tui.screens.select import Select
from duly.tui.screens.text_page import TextPage
from duly.tui.screens.themes import choose_theme
from duly.tui.styles import apply_theme
from duly.tui.widgets.bottom_line import BottomLine
from duly.tui.widgets.rows import Rows
from duly.tui.widgets.top_line import TopLine, fit_line

CHANGED_MARK = "•"
"""Marks settings that are not the default."""

MOST_WIDTH = 70
"""The largest width of a line in cells, which keeps a value near its name."""


class SettingsScreen(Screen[None]):
    """A line for each setting; changes take effect at once."""

    CSS_PATH = "settings.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - an instance variable of Screen
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("enter,space", "change", "Change the setting", "settings.change"),
        bind("r", "default", "Set it back to its default", "settings.default"),
        bind("e", "edit", "Open the file in your editor", "settings.edit"),
        bind("j,down", "move(1)", "Next setting", "settings.down"),
        bind("k,up", "move(-1)", "Previous setting", "settings.up"),
        bind("q,escape", "close", "Back", "settings.close"),
    ]

    def __init__(self, collection: Collection, file: Path) -> None:
        super().__init__()
        self.collection = collection
        self.file = file

    def compose(self) -> ComposeResult:
        yield TopLine(id="top")
        yield Rows()
        yield TopLine(id="help")
        yield BottomLine()

    def on_mount(self) -> None:
        self._show()

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        event.stop()
        self.query_one("#help", TopLine).left = setting_help(NAMES[event.index])

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        event.stop()
        self.action_change()

    def action_move(self, by: int) -> None:
        self.query_one(Rows).move(by)

    def action_change(self) -> None:
        name = self._setting
        value = getattr(self.collection.settings, name)
        if isinstance(value, bool):
            self._set(name, not value)
        elif name == "theme":
            choose_theme(self.app, self.collection.settings.theme, lambda theme: self._set("theme", theme))
        elif name in CHOICES:
            self._choose(name, CHOICES[name])
        elif name in RANGES:
            self._ask(name)
        else:
            self._say(setting_help(name))

    def action_default(self) -> None:
        self._set(self._setting, None)

    def action_edit(self) -> None:
        def edit_file() -> Settings:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            edit(self.app, Place(self.file))
            return read_settings(self.file)

        self._apply(edit_file)

    def action_close(self) -> None:
        self.dismiss(None)

    # Asking for a value

    def _choose(self, name: str, values: tuple[str, ...]) -> None:
        def on_choice(index: int | None) -> None:
            if index is not None and name == "scheduler":
                self._switch(values[index])
            elif index is not None:
                self._set(name, values[index])

        index = values.index(getattr(self.collection.settings, name))
        self.app.push_screen(
            Select(setting_name(name), [value_name(name, value) for value in values], index), on_choice
        )

    def _switch(self, scheduler: str) -> None:
        """Switches to another scheduler, and shows how the due days differ."""
        preview = preview_switch(self.collection, replace(self.collection.settings, scheduler=scheduler))
        self._set("scheduler", scheduler)
        if preview.before.scheduler != scheduler and preview.old_days:
            self.app.push_screen(TextPage(setting_name("scheduler"), lambda width: switch_lines(preview, width)))

    def _ask(self, name: str) -> None:
        def on_choice(text: str | None) -> None:
            if text is not None:
                self._set(name, _number(text, name))

        value = str(getattr(self.collection.settings, name))
        ask = Prompt(setting_name(name), setting_help(name), lambda text: _number(text, name), value)
        self.app.push_screen(ask, on_choice)

    # Doing it, and showing the result

    @property
    def _setting(self) -> str:
        """The highlighted setting."""
        return NAMES[self.query_one(Rows).place]

    def _set(self, name: str, value: SettingValue | None) -> None:
        self._apply(lambda: change_setting(self.file, name, None if value == getattr(DEFAULTS, name) else value))

    def _apply(self, change: Callable[[], Settings]) -> None:
        """Makes a change and applies it at once."""
        try:
            settings = change()
        except DulyError as error:
            problem = translate(error.message)
            self.app.push_screen(TextPage(_("Settings"), lambda width: paragraph(problem, width)))
            return
        self.collection.configure(settings)
        set_language(settings.language)
        self.app.set_keymap(keymap(settings.keys))
        apply_theme(self.app, settings.theme)
        self._show()
        self._say(_("Saved."))

    def _show(self) -> None:
        top = self.query_one("#top", TopLine)
        top.left, top.right = _("Settings"), str(self.file)
        self.query_one(BottomLine).keys = (
            ("⏎", _("change")),
            ("r", _("default")),
            ("e", _("edit the file")),
            ("?", _("help")),
            ("esc", _("back")),
        )
        self.query_one("#help", TopLine).left = setting_help(self._setting)
        self.query_one(Rows).show(len(NAMES), self._line)

    def _line(self, index: int, width: int) -> Content:
        name, settings = NAMES[index], self.collection.settings
        mark = " " if is_default(settings, name) else CHANGED_MARK
        return Content(fit_line(f"{mark} {setting_name(name)}", setting_value(settings, name), min(width, MOST_WIDTH)))

    def _say(self, text: str) -> None:
        self.query_one(BottomLine).show_message(text)


def _number(text: str, name: str) -> int | float:
    """The number in `text`: within the range of the setting, and an integer unless that is a share.

    Raises `DulyError` for any other text.
    """
    low, high = RANGES[name]
    number_text = text.strip()
    number = float(number_text) if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", number_text) else None  # 20, 0.9
    if number is None or not low <= number <= high or (isinstance(low, int) and "." in number_text):
        raise DulyError(
            message("{text!r} is not valid; write a number from {low} to {high}", text=number_text, low=low, high=high)
        )
    return int(number) if isinstance(low, int) else number
