"""Ids and questions that stand twice."""

from pathlib import Path

from duly.deckfile.load import load
from duly.problem import Problem


def show(problem: Problem, root: Path) -> str:
    place = problem.place
    return f"{place.file.relative_to(root).as_posix()}:{place.line}:{place.column} {problem.severity} {problem.kind}"


def problems(root: Path, **files: str) -> list[str]:
    """The problems of a collection of files, each given by its name without ending."""
    for name, text in files.items():
        (root / f"{name}.yaml").write_text(text)
    return [show(problem, root) for problem in load([root]).problems]


def test_an_id_may_stand_once_in_a_collection(tmp_path: Path) -> None:
    first, second = "- {q: one, a: 1, id: same}\n", "- q: two\n  a: 2\n  id: same\n- {q: three, a: 3}\n"
    assert problems(tmp_path, a=first, b=second) == ["b.yaml:3:7 error duplicate-id"]
    loaded = load([tmp_path])
    assert [note.question for note in loaded.notes] == ["one", "three"]
    assert str(tmp_path / "a.yaml") in str(loaded.problems[0].message)


def test_the_same_question_twice_is_an_error_however_it_is_spaced(tmp_path: Path) -> None:
    text = "- {q: What now?, a: 1}\n- q: |\n    What\n    now?\n  a: 2\n"
    assert problems(tmp_path, a=text) == ["a.yaml:2:6 error same-question"]


def test_the_same_question_under_another_id_is_a_warning(tmp_path: Path) -> None:
    assert problems(tmp_path, a="- {q: one, a: 1}\n- {q: one, a: 2, id: b}\n") == ["a.yaml:2:7 warning same-question"]
    assert len(load([tmp_path]).notes) == 2


def test_a_note_that_is_an_alias_is_the_same_question_twice(tmp_path: Path) -> None:
    assert problems(tmp_path, a="- &x {q: one, a: 1}\n- *x\n") == ["a.yaml:2:3 error same-question"]
