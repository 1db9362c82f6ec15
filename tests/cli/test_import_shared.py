"""``duly import`` of a collection of hashcards: paths from its root, and its macros."""

from functools import partial
from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.deckfile.load import load

run = partial(call, "import")


@pytest.fixture(autouse=True)
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("coll/img", "coll/sub/img"):
        Path(folder).mkdir(parents=True)
    Path("coll/img/a.png").write_bytes(b"of the root")
    Path("coll/sub/img/a.png").write_bytes(b"another one")
    Path("coll/sub/deck.md").write_text("Q: What is ![](@/img/a.png)?\nA: In $\\R$.\n")


def texts(folder: str) -> list[str]:
    loaded = load([Path(folder)])
    assert loaded.problems == ()
    return [text for note in loaded.notes for text in note.texts if text and "line" not in text]


def test_a_path_from_the_root_leads_to_the_same_image_wherever_the_deck_lies() -> None:
    result = run("coll", "--to", "cards")
    assert result.stderr == ""
    assert texts("cards") == ["What is ![](../img/a.png)?", "In $\\R$."]
    assert Path("cards/img/a.png").read_bytes() == b"of the root"
    assert not Path("cards/sub/img").exists()


@pytest.mark.parametrize("named", ["coll/sub", "coll/sub/deck.md"])
def test_the_root_of_a_part_is_the_folder_with_the_database_of_hashcards(named: str) -> None:
    Path("coll/hashcards.db").touch()
    assert run(named, "--to", "cards").stderr == ""
    assert texts("cards") == ["What is ![](img/a.png)?", "In $\\R$."]
    assert Path("cards/img/a.png").read_bytes() == b"of the root"


def test_a_missing_image_is_reported() -> None:
    Path("coll/img/a.png").unlink()
    assert "no file ../img/a.png was found below" in run("coll", "--to", "cards").stderr


def test_macros_are_expanded_and_each_failure_is_reported_once() -> None:
    Path("coll/macros.tex").write_text("\\R \\mathbb{R}\n\\loop \\loop\n\\newcommand{\\Q}{q}\n")
    Path("coll/more.md").write_text("C: [$\\R$] and $\\vec{\\R}$\n\nC: [$\\loop$]\n")
    result = run("coll", "--to", "cards")
    assert [line.partition("warning: ")[2] for line in result.stderr.splitlines()] == [
        "lines that are not macros (1) were left out",
        "the macros in this card lead in a circle, so they were left as they are",
    ]
    assert texts("cards") == [
        "{{c1::$\\mathbb{R}$}} and $\\vec{\\mathbb{R}}$", "{{c1::$\\loop$}}",
        "What is ![](../img/a.png)?", "In $\\mathbb{R}$.",
    ]  # fmt: skip
    assert "0 notes added, 2 already there" in run("coll", "--to", "cards").stdout
