"""A few lines about something that wants attention, shown until the next card."""

from duly.tui.widgets.words import Words


class Notice(Words):
    """Takes no room while it says nothing."""

    DEFAULT_CSS = "Notice { display: none; color: $text-warning; }"

    def say(self, words: str, sign: str = "⚠") -> None:
        """Shows words behind a sign; nothing for none."""
        self.display = bool(words)
        self.words = f"{sign} {words}" if words else ""
