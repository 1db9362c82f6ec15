"""``duly schema``."""

import json
import os
from functools import partial
from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.deckfile.load import load
from duly.deckfile.schema import schema

run = partial(call, "schema")


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(run().output) == schema()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- {q: one, a: x}\n", "# yaml-language-server: $schema=../../s.json\n- {q: one, a: x}\n"),
        ("\ufeff- {q: one, a: x}\r\n", "\ufeff# yaml-language-server: $schema=../../s.json\r\n- {q: one, a: x}\r\n"),
        ("---\n- {q: one, a: x}\n", "# yaml-language-server: $schema=../../s.json\n---\n- {q: one, a: x}\n"),
        ("# yaml-language-server: $schema=x\n- {q: one, a: x}\n", None),
    ],
)
def test_the_schema_is_written_and_named_at_the_head_of_deck_files(
    before: str, after: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "cards" / "ml" / "a.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes(before.encode())
    for _ in range(2):
        assert run("-o", tmp_path / "s.json", tmp_path / "cards").exit_code == 0
        assert file.read_bytes().decode() == (after or before)
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8")) == schema()
    assert load([file]).problems == ()


def test_a_file_that_is_no_text_is_left_to_check(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe")
    assert run("-o", tmp_path / "s.json", tmp_path).output.endswith("0 deck files name it now\n")
    assert (tmp_path / "a.yaml").read_bytes() == b"\xff\xfe"


def test_only_a_schema_that_was_written_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("[]\n")
    assert run(tmp_path).exit_code == 2
    assert os.listdir(tmp_path) == ["a.yaml"]  # noqa: PTH208
