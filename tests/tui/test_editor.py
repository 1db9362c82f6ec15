"""Which editor is opened, and how it is told the line."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from duly.errors import DulyError
from duly.problem import Place
from duly.tui.editor import editor_command

FILE = Path("/cards/deck.yaml")


def command(environment: Mapping[str, str], *installed: str) -> list[str]:
    return editor_command(Place(FILE, 42, 3), environment, lambda name: name if name in installed else None)


def on_windows(editor: str, installed: Mapping[str, str], file: Path = FILE) -> list[str]:
    return editor_command(Place(file, 42, 3), {"EDITOR": editor}, installed.get, windows=True)


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
    assert command({"EDITOR": editor}, words[0]) == words


def test_visual_comes_before_editor_and_both_before_what_is_installed() -> None:
    assert command({"VISUAL": "hx", "EDITOR": "vim"}, "nano", "hx", "vim")[0] == "hx"
    assert command({"VISUAL": "", "EDITOR": "vim"}, "nano", "vim")[0] == "vim"
    assert command({}, "vi", "nano")[0] == "nano"


def test_without_an_editor_the_message_says_how_to_set_one() -> None:
    with pytest.raises(DulyError, match="no editor was found; set EDITOR"):
        command({})


def test_a_file_whose_name_looks_like_an_option_is_still_a_file() -> None:
    words = editor_command(Place(Path("-c.yaml"), 1), {"EDITOR": "vim"}, lambda name: name)
    assert words[-1] == str(Path.cwd() / "-c.yaml")


def test_a_path_with_spaces_needs_no_quotes() -> None:
    assert command({"EDITOR": "/my tools/kate"}, "/my tools/kate")[:2] == ["/my tools/kate", "--block"]


def test_an_editor_that_is_not_installed_is_named() -> None:
    with pytest.raises(DulyError, match="the editor nope was not found; set EDITOR, to nano for example"):
        command({"EDITOR": "nope --wait"}, "nano")


NOTEPAD = r"C:\Program Files\Notepad++\notepad++.exe"
CODE = r"C:\Users\wei\AppData\Local\Programs\Microsoft VS Code\bin\code.CMD"


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        (f'"{NOTEPAD}" -multiInst', [NOTEPAD, "-multiInst", "-n42", str(FILE)]),
        (f'"{NOTEPAD}"', [NOTEPAD, "-n42", str(FILE)]),
        (NOTEPAD, [NOTEPAD, "-n42", str(FILE)]),
        ("code", [CODE, "--wait", "--goto", f"{FILE}:42"]),
        (f'"{CODE}" -n', [CODE, "-n", "--wait", "--goto", f"{FILE}:42"]),
    ],
)
def test_on_windows_quotes_go_backslashes_stay_and_programs_are_started_by_their_whole_name(
    editor: str, words: list[str]
) -> None:
    assert on_windows(editor, {NOTEPAD: NOTEPAD, "code": CODE, CODE: CODE}) == words


@pytest.mark.parametrize("name", ["a&calc.yaml", "%PATH%.yaml", "a^b.yaml"])
def test_a_file_whose_name_is_a_command_is_not_given_to_a_batch_file(name: str) -> None:
    with pytest.raises(DulyError, match="code cannot open a file with this name"):
        on_windows("code", {"code": CODE}, Path("/cards") / name)
    assert on_windows(NOTEPAD, {NOTEPAD: NOTEPAD}, Path("/cards") / name)[0] == NOTEPAD
