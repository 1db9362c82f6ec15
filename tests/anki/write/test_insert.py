import sqlite3
from contextlib import closing

import pytest

from duly.anki.write.package_rows import ROWS_A_STATEMENT, insert_rows


@pytest.mark.parametrize(
    "number",
    [
        0,
        1,
        ROWS_A_STATEMENT - 1,
        ROWS_A_STATEMENT,
        ROWS_A_STATEMENT + 1,
        2 * ROWS_A_STATEMENT,
        3 * ROWS_A_STATEMENT + 5,
    ],
)
def test_the_table_is_the_same_to_the_byte_as_if_each_row_had_its_own_statement(number: int) -> None:
    rows = [(at * 7919 % 1000, f"第 {at} 行" * at) for at in range(number)]
    images = []
    for together in (True, False):
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("create table t (a integer primary key, b text, c integer)")
            connection.execute("create index i on t (b)")
            if together:
                insert_rows(connection, "insert into t (a, b, c)", "(?, ?, 5)", rows)
            else:
                connection.executemany("insert into t (a, b, c) values (?, ?, 5)", rows)
            connection.commit()
            images.append(connection.serialize())
    assert images[0] == images[1]
