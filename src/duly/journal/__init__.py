"""The journal of answers, kept in SQLite."""
