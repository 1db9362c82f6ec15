"""Importing as a face sees it: events in their order, failures last, and cancelling."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from tests.learner import Learner

from duly.errors import DulyError
from duly.exchange.import_events import (
    AnkiImported,
    Failure,
    FolderRead,
    NotesDiffer,
    NotesFiled,
    TextAccount,
    TextRead,
)
from duly.exchange.import_files import check_target, import_file
from duly.exchange.import_target import ImportTarget
from duly.message import Message
from duly.problem import Problem

T = TypeVar("T")


def cancelling(items: Sequence[T], doing: Message) -> Iterable[T]:  # noqa: ARG001 - a `Watch`
    """A `Watch` that is cancelled at its last item."""
    yield from items[:-1]
    raise KeyboardInterrupt


def files(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_text_is_read_and_its_notes_are_filed(tmp_path: Path) -> None:
    text, folder = tmp_path / "notes.txt", tmp_path / "cards"
    text.write_text("Q: a\nA: b\n")
    read, account, filed = import_file(text, ImportTarget.read(folder))
    assert isinstance(read, TextRead) and (read.name, read.encoding) == ("qa", "utf-8")
    assert isinstance(account, TextAccount) and account.is_written
    assert filed == NotesFiled(folder / "notes.yaml", added_count=1, known_count=0)


def test_differing_notes_are_reported_and_left_unchanged(tmp_path: Path) -> None:
    text, folder = tmp_path / "notes.txt", tmp_path / "cards"
    text.write_text("Q: a\nA: b\n")
    list(import_file(text, ImportTarget.read(folder)))
    before = files(folder)
    text.write_text("Q: a\nA: c\n")
    *_, differ = import_file(text, ImportTarget.read(folder))
    assert isinstance(differ, NotesDiffer) and [dict(difference.changes) for difference in differ.differences] == [
        {"a": "c"}
    ]
    assert files(folder) == before


def test_failures_are_the_last_events_of_a_text(tmp_path: Path) -> None:
    text, folder = tmp_path / "notes.jsonl", tmp_path / "cards"
    folder.mkdir()
    (folder / "b.yaml").mkdir()
    text.write_text('{"q": "a", "a": "x", "deck": "b"}\n{"q": "c", "a": "x", "deck": "d"}\n')
    *_, filed, failure = import_file(text, ImportTarget.read(folder))
    assert isinstance(filed, NotesFiled) and filed.file == folder / "d.yaml"
    assert isinstance(failure, Failure)


def test_a_folder_whose_notes_cannot_all_be_read_is_refused_after_its_mistakes_are_reported(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("- {q: no answer}\n")
    seen = []
    with pytest.raises(DulyError, match="nothing was imported"):
        for event in check_target(ImportTarget.read(tmp_path)):
            seen.append(event)  # noqa: PERF402 - what was seen before the error counts
    assert [type(event) for event in seen] == [Problem]


def test_an_import_from_anki_that_is_cancelled_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    learner, folder = Learner(tmp_path / "anki"), tmp_path / "cards"
    for number in range(3):
        learner.adds("Basic", f"question {number}", "answer")
    package = learner.packs(tmp_path / "a.apkg")
    folder.mkdir()
    (folder / "own.yaml").write_text("- {q: mine, a: x}\n")
    before = files(folder)
    with pytest.raises(KeyboardInterrupt):
        list(import_file(package, ImportTarget.read(folder), watch=cancelling))
    assert files(folder) == before
    (event,) = import_file(package, ImportTarget.read(folder))
    assert isinstance(event, AnkiImported) and sum(event.added_by_file.values()) == 3


def test_a_cancelled_import_of_a_folder_keeps_the_imported_texts_and_can_continue(tmp_path: Path) -> None:
    texts, folder = tmp_path / "texts", tmp_path / "cards"
    texts.mkdir()
    for name in "abc":
        (texts / f"{name}.txt").write_text(f"Q: {name}\nA: x\n")
    with pytest.raises(KeyboardInterrupt):
        list(import_file(texts, ImportTarget.read(folder), watch=cancelling))
    assert {Path(name).name for name in files(folder)} == {"a.yaml", "b.yaml"}
    *_, last = import_file(texts, ImportTarget.read(folder))
    assert last == FolderRead(
        texts, files_with_cards=3, files_without_cards=0, left_out_passages=0, untagged_notes=0, unread_files={}
    )
    assert {Path(name).name for name in files(folder)} == {"a.yaml", "b.yaml", "c.yaml"}
