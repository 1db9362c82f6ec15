"""``duly show``, and the lists of ``duly list``."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_quiz import duly

DECK = """\
deck: Maths::Sparse
tags: [sparse]
cards:
  - q: What does CSR stand for?
    a: compressed sparse row
    id: csr
    extra: three arrays
    source: lecture 4
  - cloze: 'A {{c1::graph}} has {{c2::nodes}}.'
    id: graph
  - {q: Is it fast?, a: 'Yes', wrong: ['No'], id: fast}
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "d.yaml"
    file.write_text(DECK)
    return file


def output_of(deck: Path, *arguments: str) -> str:
    run = duly("show", "--in", deck, *arguments)
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


def report(deck: Path, *arguments: str) -> Any:
    return json.loads(output_of(deck, *arguments, "--json"))


def list_lines(deck: Path, *arguments: str) -> list[str]:
    run = duly("list", "--in", deck, *arguments)
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout.splitlines()


def test_a_card_is_shown_with_its_text_its_place_and_its_past(deck: Path) -> None:
    duly("quiz", deck, typed=["", "2", "q"])
    text = output_of(deck, "csr")
    expected_texts = [
        "What does CSR stand for?",
        "compressed sparse row",
        "three arrays",
        "lecture 4",
        "Place",
        "#sparse",
    ]
    assert [text.index(words) for words in expected_texts] == sorted(text.index(words) for words in expected_texts)
    assert "2026-03-01 21:00  Hard" in text
    assert f"{deck}:4:5" in "".join(text.split())


def test_of_a_note_all_cards_are_shown_and_of_a_card_only_that(deck: Path) -> None:
    assert all(text in output_of(deck, "graph") for text in ("A [...] has nodes.", "A graph has [...]."))
    assert "A [...]" not in output_of(deck, "graph/c2")
    assert [card["face"] for card in report(deck, "graph")["cards"]] == ["c1", "c2"]


def test_advice_is_shown_with_its_source(deck: Path) -> None:
    assert "ask why, how or which (A. Matuschak 2020)" in " ".join(output_of(deck, "fast").split())
    assert [advice["kind"] for advice in report(deck, "fast")["advice"]] == ["yes-no"]


def test_programs_are_told_everything(deck: Path) -> None:
    duly("quiz", deck, typed=["", "3", "q"])
    row = report(deck, "csr")
    assert (row["kind"], row["q"], row["a"], row["tags"]) == (
        "basic", "What does CSR stand for?", "compressed sparse row", ["sparse"]
    )  # fmt: skip
    assert (row["file"], row["line"], row["stamped"], row["advice"]) == (str(deck), 4, True, [])
    (card,) = row["cards"]
    assert (card["schedule"]["interval"], [answer["grade"] for answer in card["journal"]]) == (1, [4])


def test_an_unknown_id_is_an_error(deck: Path) -> None:
    run = duly("show", "--in", deck, "gone")
    assert (run.returncode, run.stderr) == (2, "duly: there is no note with the id gone\n")


def test_a_list_may_have_a_line_for_each_note(deck: Path) -> None:
    assert [line.split()[2] for line in list_lines(deck)] == ["csr/front", "graph/c1", "graph/c2", "fast/front"]
    assert [line.split()[:2] for line in list_lines(deck, "--notes")] == [
        ["csr", "Maths::Sparse"],
        ["graph", "Maths::Sparse"],
        ["fast", "Maths::Sparse"],
    ]
    (row,) = json.loads("\n".join(list_lines(deck, "--notes", "--json", "nodes")))
    assert (row["id"], row["line"], "face" in row) == ("graph", 9, False)


def test_a_list_is_sorted_as_asked(deck: Path) -> None:
    duly("quiz", deck, typed=["", "3", "", "4", "q"])
    duly("quiz", deck, typed=["", "2"], now="2026-03-02T21:00:00+08:00")
    lines = list_lines(deck, "--sort", "easiness", "is:young")
    assert [line.split()[2] for line in lines] == ["csr/front", "graph/c1"]
    assert [line.split()[2] for line in list_lines(deck, "--sort", "due", "-is:new")] == ["graph/c1", "csr/front"]


def test_an_unknown_option_is_not_taken_for_a_query(deck: Path) -> None:
    run = duly("list", "--in", deck, "--jsn")
    assert run.returncode == 2
    assert "--jsn" in run.stderr
