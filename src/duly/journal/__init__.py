"""The journal of reviews and other learning events, in SQLite."""

from duly.journal.journal import Journal
from duly.journal.write_entries import Transaction

__all__ = ["Journal", "Transaction"]
