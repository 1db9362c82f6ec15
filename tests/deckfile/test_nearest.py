"""The decks that are meant where none are named."""

from pathlib import Path

import pytest

from duly.deckfile.find import nearest_decks

CARD = "- q: a?\n  a: b\n"


def write(root: Path, *files: str) -> None:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(CARD)


@pytest.mark.parametrize(
    ("files", "here", "expected"),
    [
        (["cards/a.yaml"], ".", ["cards"]),
        (["cards/a.yaml", "b.yaml"], ".", ["cards"]),
        (["b.yaml", "a.yml"], ".", ["a.yml", "b.yaml"]),
        (["cards/ml/a.yaml"], "cards/ml", ["cards"]),
        (["cards/a.yaml"], "src/deep", ["cards"]),
        (["cards/a.yaml", "notes/b.yaml"], "notes", ["notes/b.yaml"]),
        (["notes/b.yaml"], "src", []),
    ],
)
def test_decks_beside_or_above_are_found(files: list[str], here: str, expected: list[str], tmp_path: Path) -> None:
    write(tmp_path, *files)
    (tmp_path / here).mkdir(parents=True, exist_ok=True)
    assert nearest_decks(tmp_path / here, tmp_path) == tuple(tmp_path / path for path in expected)


def test_outside_the_home_folder_only_the_repository_is_looked_through(tmp_path: Path) -> None:
    write(tmp_path, "cards/a.yaml", "work/cards/b.yaml")
    (tmp_path / "work/.git").mkdir()
    (tmp_path / "work/src").mkdir()
    (tmp_path / "other").mkdir()
    assert nearest_decks(tmp_path / "work/src", tmp_path / "home") == (tmp_path / "work/cards",)
    assert nearest_decks(tmp_path / "other", tmp_path / "home") == ()


def test_nothing_above_the_home_folder_is_taken(tmp_path: Path) -> None:
    write(tmp_path, "cards/a.yaml")
    home = tmp_path / "home"
    (home / "work").mkdir(parents=True)
    assert nearest_decks(home / "work", home) == ()


def test_other_yaml_is_no_deck(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services:\n  - name: q\n")
    (tmp_path / "flow.yaml").write_text("- {q: a?, a: b}\n")
    (tmp_path / "later.yaml").write_text("- id: x\n  q: a?\n  a: b\n")
    assert nearest_decks(tmp_path, tmp_path) == (tmp_path / "flow.yaml", tmp_path / "later.yaml")
