"""Many rows put into a table by few statements: to ask SQLite for each of them takes a third longer."""

import sqlite3
from collections.abc import Iterable
from itertools import chain, islice

TOGETHER = 30
"""How many rows a statement has; more save nothing, and SQLite takes no more than 999 values at once."""


def insert(
    connection: sqlite3.Connection | sqlite3.Cursor, into: str, row: str, rows: Iterable[tuple[object, ...]]
) -> None:
    """Puts the rows in, in their order: `into` is the statement before its values, `row` one of these, with marks."""
    left = iter(rows)
    while some := list(islice(left, TOGETHER)):
        connection.execute(f"{into} values {', '.join([row] * len(some))}", list(chain.from_iterable(some)))
