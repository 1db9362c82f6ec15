"""The journal of answers, kept in SQLite."""

from duly.journal.journal import Journal, Page

__all__ = ["Journal", "Page"]
