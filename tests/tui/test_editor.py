"""Which editor is opened, and how it is told the line."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from duly.errors import DulyError
from duly.place import Place
from duly.tui.editor import editor_command

FILE = Path("/cards/deck.yaml")


def command(environment: Mapping[str, str], *installed: str) -> list[str]:
    return editor_command(Place(FILE, 42, 3), environment, lambda name: name if name in installed else None)


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim", ["vim", "+42", "/cards/deck.yaml"]),
        ("/usr/bin/nvim -u NONE", ["/usr/bin/nvim", "-u", "NONE", "+42", "/cards/deck.yaml"]),
        ("nano", ["nano", "+42", "/cards/deck.yaml"]),
        ("emacsclient -t", ["emacsclient", "-t", "+42", "/cards/deck.yaml"]),
        ("hx", ["hx", "/cards/deck.yaml:42"]),
        ("code", ["code", "--wait", "--goto", "/cards/deck.yaml:42"]),
        ("subl", ["subl", "--wait", "/cards/deck.yaml:42"]),
        ("'/my tools/kate'", ["/my tools/kate", "--block", "--line", "42", "/cards/deck.yaml"]),
        ("unheard-of --flag", ["unheard-of", "--flag", "/cards/deck.yaml"]),
        ("it's", ["it's", "/cards/deck.yaml"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(editor: str, words: list[str]) -> None:
    assert command({"EDITOR": editor}) == words


def test_visual_comes_before_editor_and_both_before_what_is_installed() -> None:
    assert command({"VISUAL": "hx", "EDITOR": "vim"}, "nano")[0] == "hx"
    assert command({"VISUAL": "", "EDITOR": "vim"}, "nano")[0] == "vim"
    assert command({}, "vi", "nano")[0] == "nano"


def test_where_there_is_no_editor_it_is_said_how_to_name_one() -> None:
    with pytest.raises(DulyError, match="no editor was found; set EDITOR"):
        command({})


def test_a_file_whose_name_looks_like_an_option_is_still_a_file() -> None:
    words = editor_command(Place(Path("-c.yaml"), 1), {"EDITOR": "vim"})
    assert words[-1] == str(Path.cwd() / "-c.yaml")
