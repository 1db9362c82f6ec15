"""The journal of answers, kept in SQLite."""

from duly.journal.journal import Journal
from duly.journal.transaction import Transaction

__all__ = ["Journal", "Transaction"]
