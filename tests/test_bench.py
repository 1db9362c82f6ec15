"""The measurements keep working. How fast anything is, no test says."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
pytest.importorskip("markdown_it")
bench = pytest.importorskip("bench.__main__")


def test_every_row_is_measured_and_written_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--largest", "20", "--runs", "1", "--to", str(tmp_path / "table.md")])
    table = (tmp_path / "table.md").read_text(encoding="utf-8")
    for row in bench.ROWS:
        assert f"| {row.work} |" in table
    assert "| peak memory of an export |" in table
    assert table == bench.INTRODUCTION + capsys.readouterr().out


def test_a_corpus_is_the_same_every_time(tmp_path: Path) -> None:
    from bench import corpus

    first, other = corpus.decks(tmp_path / "one", 300), corpus.decks(tmp_path / "other", 300)
    assert [file.read_bytes() for file in corpus.files(first)] == [file.read_bytes() for file in corpus.files(other)]
    assert [file.name for file in corpus.files(first)] == ["deck-0000.yaml", "deck-0001.yaml"]
