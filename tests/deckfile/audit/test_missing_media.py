"""Images and sounds are files of the collection."""

from pathlib import Path

import pytest

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


@pytest.fixture
def images(tmp_path: Path) -> Path:
    (tmp_path / "cards/img").mkdir(parents=True)
    (tmp_path / "cards/img/Cat 1.png").write_bytes(b"x")
    (tmp_path / "cards/img/empty.png").write_bytes(b"")
    (tmp_path / "secret.png").write_bytes(b"x")
    (tmp_path / "cards/img/link.png").symlink_to(tmp_path / "secret.png")
    return tmp_path / "cards"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("![](<img/Cat 1.png>) ![](img/Cat%201.png)", ""),
        ("`![](gone.png)`", ""),
        ("see ![](img/cat.png)", "1:15 warning missing-media"),
        ("![](img/Cat%201.png) ![](gone.png) ![](gone.png)", "1:32 warning missing-media 1:46 warning missing-media"),
        ("![](img)", "1:11 warning missing-media"),
        (f"![]({'x' * 300}.png)", "1:11 warning missing-media"),
        ("![](%00)", "1:11 error missing-media"),
        ("![](img/empty.png)", "1:11 error empty-media"),
        ("![](../secret.png)", "1:11 error media-outside"),
        ("![](img/link.png)", "1:11 error media-outside"),
        ("![](/etc/hostname)", "1:11 error media-outside"),
        ("![](https://example.org/x.png)", "1:11 warning remote-media"),
    ],
)
def test_media_are_files_of_the_collection(images: Path, text: str, problem: str) -> None:
    reported = problems(images, a=f"- q: '{text}'\n  a: x\n")
    assert " ".join(reported) == " ".join(f"a.yaml:{part}" for part in parts(problem))
    assert len(load([images]).notes) == ("error" not in problem)


def parts(problem: str) -> list[str]:
    words = problem.split()
    return [" ".join(words[at : at + 3]) for at in range(0, len(words), 3)]


def test_a_missing_file_comes_with_the_name_that_was_meant(images: Path) -> None:
    problems(images, a="- q: '![](img/cat%201.png)'\n  a: x\n")
    (problem,) = load([images]).problems
    assert str(problem.message) == "there is no file img/cat 1.png; did you mean img/Cat 1.png?"


def test_media_are_sought_in_every_text_that_is_shown_and_beside_the_file(images: Path) -> None:
    text = "- {q: a, a: b, wrong: ['![](x.png)'], hint: '![](y.png)', extra: '![](z.png)', source: '![](s.png)'}\n"
    assert [problem.split()[-1] for problem in problems(images / "img", a=text)] == ["missing-media"] * 3
    (images / "img/x.png").write_bytes(b"x")
    assert len(problems(images / "img", a=text)) == 2


@pytest.mark.parametrize(
    "written", [r"!\x5b](gone.png)", r"\u0021[](gone.png)", "!\\\n    [](gone.png)", "!\\\u2028[](gone.png)"]
)
def test_an_image_is_found_however_it_is_written(images: Path, written: str) -> None:
    assert problems(images, a=f'- q: "{written}"\n  a: x\n') == ["a.yaml:1:6 warning missing-media"]


def test_a_path_that_is_spelt_otherwise_in_the_file_is_reported_at_its_text(images: Path) -> None:
    assert problems(images, a='- q: "a ![](\\x67one.png)"\n  a: x\n') == ["a.yaml:1:6 warning missing-media"]
    assert problems(images, a="- q: |\n    two\n    ![](gone.png)\n  a: x\n") == ["a.yaml:3:9 warning missing-media"]
