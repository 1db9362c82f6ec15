"""What the app tells all of its screens."""

from textual.message import Message


class DecksRead(Message, bubble=False):
    """The deck files had changed and were read again."""
