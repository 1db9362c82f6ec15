"""The encoding of a text is found by looking at its bytes."""

from pathlib import Path

import pytest

from duly.importers.decoding import DecodedText, decode_text, guess_encoding, read_text
from duly.problem import Problem

CHINESE = "问：什么是过拟合？\n答：模型记住了训练数据，却不能推广。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@pytest.mark.parametrize("text", [CHINESE, f"front,back\n{CHINESE}"])
def test_a_chinese_text_is_read_in_every_common_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode(encoding))
    decoded = read_text(file)
    assert isinstance(decoded, DecodedText)
    assert decoded.text == text


@pytest.mark.parametrize("data", [b"Q: a\0b?\nA: some text here that is long enough\n", b"", "é".encode()])
def test_a_stray_zero_byte_makes_no_utf_16(data: bytes) -> None:
    assert guess_encoding(data) == "utf-8"


@pytest.mark.parametrize(
    "data", ["Ein Übel, zwei Käfer; où est l'été?".encode("cp1252"), "これは日本語です。ひらがな".encode("shift_jis")]
)
def test_other_encodings_are_not_taken_for_chinese(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(data)
    problem = read_text(file)
    assert isinstance(problem, Problem)
    assert "--encoding" in str(problem.message)


def test_a_named_encoding_is_used(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("café,咖啡".encode("big5", errors="ignore") + b"\n")
    assert read_text(file, "big5") == DecodedText("caf,咖啡\n", "big5")


def test_the_first_invalid_byte_has_a_place() -> None:
    problem = decode_text(Path("a.txt"), b"Q: x\r\nA: caf\xe9!\nmore", "utf-8")
    assert isinstance(problem, Problem)
    assert (str(problem.place), problem.excerpt) == ("a.txt:2:7", "A: caf\ufffd!")


def test_a_file_that_is_too_large_or_not_there_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x" * 10_000_001)
    assert [error.kind for error in (read_text(file), read_text(tmp_path / "b")) if isinstance(error, Problem)] == [
        "too-large", "unreadable",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("\ufeffQ: a\r\nA: b\r\n\ufeffQ: c\r\nA: d\r\n", "Q: a\r\nA: b\r\nQ: c\r\nA: d\r\n"),  # two files in one
        ("\u200bQ: a\n\u200b\u2060A: b", "Q: a\nA: b"),
        ("ไทย\u200bคำ\nข\u200bค", "ไทย\u200bคำ\nข\u200bค"),  # between words it tells where a line may break
    ],
)
def test_invisible_marks_before_a_line_hide_no_sign(data: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data.encode())
    decoded = read_text(file)
    assert isinstance(decoded, DecodedText)
    assert decoded.text == text
