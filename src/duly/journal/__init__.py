"""The journal of reviews and other learning events, in SQLite."""

from duly.journal.journal import Journal
from duly.journal.transaction import Transaction

__all__ = ["Journal", "Transaction"]
