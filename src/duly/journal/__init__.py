"""The journal of answers, kept in SQLite."""

from duly.journal.journal import Journal
from duly.journal.page import Page

__all__ = ["Journal", "Page"]
