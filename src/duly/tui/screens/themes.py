"""Asks for a theme; the highlighted theme is applied as a preview."""

from collections.abc import Callable
from typing import Any

from textual.app import App

from duly.text.setting_words import setting_name, value_name
from duly.tui.screens.select import Select
from duly.tui.styles import apply_theme


def choose_theme(app: App[Any], current: str, choose: Callable[[str], None]) -> None:
    """Asks for a theme and calls `choose` with its name, "" for the default, unless the list is closed."""
    themes = ["", *sorted(app.available_themes)]
    previous_theme = app.theme

    def on_choice(index: int | None) -> None:
        app.theme = previous_theme
        if index is not None:
            choose(themes[index])

    names = [value_name("theme", theme) for theme in themes]
    index = themes.index(current) if current in themes else 0
    app.push_screen(
        Select(setting_name("theme"), names, index, lambda index: apply_theme(app, themes[index])), on_choice
    )
