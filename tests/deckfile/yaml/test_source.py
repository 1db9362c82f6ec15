"""The text of a file and the places in it."""

import os
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.deckfile.walk import LARGEST
from duly.deckfile.yaml.source import Source, decode, read_source, with_excerpts
from duly.message import message
from duly.problem import Place, Problem

FILE = Path("x.yaml")


def problem(data: bytes) -> Problem:
    source = decode(FILE, data)
    assert isinstance(source, Problem)
    return source


def test_lines_and_columns_count_from_one_and_in_characters() -> None:
    source = Source(FILE, "中文𝕏a\r\nb\rc\n")
    assert [str(source.place(source.text.index(sign))) for sign in "中ab"] == ["x.yaml:1:1", "x.yaml:1:4", "x.yaml:2:1"]
    assert str(source.place(len(source.text))) == "x.yaml:4:1"
    assert [source.line(number) for number in (1, 2, 3, 4)] == ["中文𝕏a", "b", "c", ""]


def test_a_byte_order_mark_takes_no_column() -> None:
    source = decode(FILE, b"\xef\xbb\xbf- q: x")
    assert isinstance(source, Source)
    assert source.text == "- q: x"


def test_what_is_not_utf8_is_shown_at_its_first_bad_byte() -> None:
    error = problem("- q: 好\n  a: caf".encode() + b"\xe9 x\n")
    assert (str(error.place), error.kind, error.excerpt) == ("x.yaml:2:9", "not-utf8", "  a: caf\ufffd x")
    assert "0xe9" in str(error.message)


def test_utf16_is_not_utf8() -> None:
    assert str(problem("- q: x".encode("utf-16")).place) == "x.yaml:1:1"


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * (LARGEST + 1))
    source = read_source(file)
    assert isinstance(source, Problem)
    assert (source.kind, "10 MB" in str(source.message)) == ("too-large", True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are not on this system")
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    pipe, text = tmp_path / "pipe.yaml", "- q: 多少？\n  a: all\n" * 10_000
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(text, "utf-8"))
    writer.start()
    source = read_source(pipe)
    writer.join()
    assert isinstance(source, Source)
    assert source.text == text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are not on this system")
def test_a_pipe_to_which_nobody_writes_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duly.deckfile.yaml.source.PATIENCE", 0.1)
    os.mkfifo(tmp_path / "pipe.yaml")
    source = read_source(tmp_path / "pipe.yaml")
    assert isinstance(source, Problem)
    assert str(source.message) == "this is a pipe, and nothing is written to it"


def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    source = read_source(tmp_path / "gone.yaml")
    assert isinstance(source, Problem)
    assert (source.kind, str(source.message)) == ("unreadable", "this file cannot be read: No such file or directory")


@given(st.binary())
def test_any_bytes_are_a_text_or_a_problem(data: bytes) -> None:
    source = decode(FILE, data)
    assert isinstance(source, Problem) or source.text == data.decode().removeprefix("\ufeff")


@given(st.text(alphabet="ab\r\n中"), st.data())
def test_a_place_leads_back_to_its_character(text: str, data: st.DataObject) -> None:
    source = Source(FILE, text)
    index = data.draw(st.integers(0, len(text)))
    place = source.place(index)
    rest = source.line(place.line)[place.column - 1 :]
    assert text.startswith(rest, index)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are not on this system")
def test_the_lines_of_problems_are_not_read_from_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    problem = Problem(Place(pipe), "odd", message("odd"))
    monkeypatch.setattr("duly.deckfile.yaml.source.read_source", lambda _file: pytest.fail("it was read"))
    assert list(with_excerpts([problem])) == [problem]
