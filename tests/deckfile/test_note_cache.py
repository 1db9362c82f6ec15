"""Files that were read before are read the same again, whatever became of them or of the cache."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.deckfile import note_cache
from duly.deckfile.load import LoadedDecks, load
from duly.deckfile.yaml.source import Source, decode
from duly.problem import Problem

DECK = """\
language: zh-Hans
tags: [全部]
cards:
- q: 什么是缓存？
  a: 记住的结果
  id: cache
  hint: 快
  extra: 更多
  source: page 3
  tags: [a::b]
- q: one
  a: two
  reverse: true
- q: Capital of Peru?
  a: Lima
  typed: true
- q: Which?
  a: this
  wrong: [that, those]
- cloze: '{{c1::a}} and {{c2::b}}'
"""


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    (folder / "inner").mkdir(parents=True)
    (folder / "one.yaml").write_text(DECK)
    (folder / "inner" / "two.yaml").write_text("- q: other\n  a: more\n")
    return folder


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "cache.db"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose text is looked at."""
    names: list[str] = []
    real = decode

    def noted(file: Path, data: bytes) -> Source | Problem:
        names.append(file.name)
        return real(file, data)

    monkeypatch.setattr("duly.deckfile.parse_collection.decode", noted)
    return names


def same(first: LoadedDecks, other: LoadedDecks) -> bool:
    return (first.notes, first.problems, first.files) == (other.notes, other.problems, other.files)


def test_unchanged_files_are_not_parsed_again(decks: Path, memory: Path, parsed: list[str]) -> None:
    first = load([decks], memory)
    parsed.clear()
    second = load([decks], memory)
    assert same(first, second)
    assert same(second, load([decks]))
    assert parsed == ["two.yaml", "one.yaml"], "only without the cache"


def test_only_what_has_changed_is_parsed_again(decks: Path, memory: Path, parsed: list[str]) -> None:
    load([decks], memory)
    parsed.clear()
    (decks / "one.yaml").write_text(DECK.replace("Lima", "Cuzco"))
    changed = load([decks], memory)
    assert parsed == ["one.yaml"]
    assert same(changed, load([decks]))


def test_a_change_is_seen_even_where_size_and_time_are_the_same(decks: Path, memory: Path) -> None:
    load([decks], memory)
    file = decks / "one.yaml"
    before = file.stat()
    file.write_text(DECK.replace("Lima", "Rome"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert "Rome" in {getattr(note.kind, "answer", "") for note in load([decks], memory).notes}


def test_a_file_that_moved_is_another_deck(decks: Path, memory: Path) -> None:
    load([decks], memory)
    (decks / "one.yaml").rename(decks / "inner" / "one.yaml")
    assert {note.deck for note in load([decks], memory).notes} == {"inner::one", "inner::two"}
    assert same(load([decks / "inner"], memory), load([decks / "inner"]))


def test_problems_are_told_every_time_at_their_places(decks: Path, memory: Path) -> None:
    (decks / "three.yaml").write_text("- q: other\n  id: x\n  a: '![](gone.png)'\n")
    problems = load([decks], memory).problems
    assert [problem.kind for problem in problems] == ["same-question", "missing-media"]
    assert load([decks], memory).problems == problems
    (decks / "three.yaml").unlink()
    assert load([decks], memory).problems == ()


def test_a_picture_that_is_gone_is_missed(decks: Path, memory: Path) -> None:
    (decks / "cat.png").write_bytes(b"a cat")
    (decks / "three.yaml").write_text("- q: what is this?\n  a: '![a cat](cat.png)'\n")
    assert load([decks], memory).problems == ()
    assert load([decks], memory).problems == ()
    (decks / "cat.png").write_bytes(b"")
    assert [problem.kind for problem in load([decks], memory).problems] == ["empty-media"]
    (decks / "cat.png").unlink()
    assert [problem.kind for problem in load([decks], memory).problems] == ["missing-media"]


def test_another_version_of_the_reader_trusts_nothing(
    decks: Path, memory: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load([decks], memory)
    parsed.clear()
    monkeypatch.setattr(note_cache, "code_stamp", lambda *_packages: "a newer one")
    load([decks], memory)
    assert parsed == ["two.yaml", "one.yaml"]


@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_bytes(b"rubbish" * 1000)])
def test_a_cache_that_is_gone_or_damaged_is_made_anew(
    decks: Path, memory: Path, parsed: list[str], spoil: Callable[[Path], None]
) -> None:
    load([decks], memory)
    spoil(memory)
    assert same(load([decks], memory), load([decks]))
    parsed.clear()
    load([decks], memory)
    assert parsed == []


@pytest.mark.parametrize(
    "value",
    [b"", b"null", b"7", b"[7]", b"[[]]", b"{}", b'[["id"]]', b"\xff", b"[" * 100_000, b'"text"',
     b'[["i","basic","q",7,[],"d",[],"","","","",1,1,true]]', b'[["i","evil","q","a",[],"d",[],"","","","",1,1,true]]',
     b'[["i","basic","q","a",[],"d",[],"","","","","x",1,true]]',
     b'[["i","choice","q","a",[1],"d",[],"","","","",1,1,1]]'],
)  # fmt: skip
def test_whatever_somebody_wrote_into_the_cache_does_no_harm(decks: Path, memory: Path, value: bytes) -> None:
    load([decks], memory)
    with closing(sqlite3.connect(memory)) as connection, connection:
        connection.execute("update kept set value = ?, checksum = ?", (value, crc32(value)))
    assert same(load([decks], memory), load([decks]))


def test_notes_that_somebody_spoiled_are_read_from_their_files(decks: Path, memory: Path) -> None:
    load([decks], memory)
    with closing(sqlite3.connect(memory)) as connection, connection:
        connection.execute("update kept set value = ?, checksum = ? where kind = 'deck file'", (b"[7]", crc32(b"[7]")))
    assert same(load([decks], memory), load([decks]))


CARDS = st.sampled_from(
    ["- q: one\n  a: two\n", "- q: one\n  a: three\n  id: x\n", "- q: 二\n  a: 两\n  reverse: true\n", "- q: x\n",
     "- a: [\n", "- q: two\n  a: b\n  typed: true\n  tags: [t]\n", "- cloze: a {{c2::b}}\n",
     "- q: p\n  a: '![](p.png)'\n  id: x\n",
     "- q: r\n  a: '![](https://a.b/c.png)'\n", "- q: which\n  a: this\n  wrong: [that]\n  hint: h\n"]
)  # fmt: skip
EDITS = st.lists(st.tuples(st.sampled_from(["a", "b", "p"]), st.lists(CARDS, max_size=4)), min_size=1, max_size=6)


@settings(deadline=None, max_examples=40)
@given(edits=EDITS)
def test_after_any_edits_it_is_as_if_nothing_were_remembered(edits: list[tuple[str, list[str]]]) -> None:
    with TemporaryDirectory() as folder:
        root, memory = Path(folder) / "decks", Path(folder) / "cache.db"
        root.mkdir()
        for name, cards in edits:
            if name == "p":
                (root / "p.png").write_bytes(b"png" if cards else b"")
            else:
                (root / f"{name}.yaml").write_text("".join(cards))
            assert same(load([root], memory), load([root]))
