"""A few lines about something that wants attention, shown until the next card."""

from textual.content import Content
from textual.widgets import Static


class Notice(Static):
    """Takes no room while it says nothing."""

    DEFAULT_CSS = "Notice { width: 1fr; height: auto; max-height: 4; display: none; color: $text-warning; }"

    def say(self, words: str) -> None:
        self.display = bool(words)
        self.update(Content(f"⚠ {words}" if words else ""))
