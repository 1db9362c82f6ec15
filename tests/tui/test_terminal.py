"""The app in a real pseudo-terminal: killed without warning, left for an editor, on a terminal without UTF-8."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="there are no pseudo-terminals here")

import termios

from tests.tui.terminal import DULY, Terminal

from duly.journal import Journal
from duly.scheduling.journal_entries import Review

pytestmark = pytest.mark.slow

NOW = {"DULY_NOW": "2026-03-01T21:00:00+08:00"}
THREE = "- {q: First?, a: eins, id: a}\n- {q: Second?, a: zwei, id: b}\n- {q: Third?, a: drei, id: c}\n"


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "deck.yaml"
    file.write_text(THREE, encoding="utf-8")
    return file


def grades(home: Path) -> list[tuple[str, int]]:
    with Journal.open(home / "duly.db") as journal:
        reviews = (logged.entry for logged in journal.entries() if isinstance(logged.entry, Review))
        return [(str(review.card), int(review.grade)) for review in reviews]


def test_a_screen_that_is_killed_has_saved_every_graded_answer(deck: Path, own_world: Path) -> None:
    terminal = Terminal("quiz", deck, "--query", "-id:x", environment=NOW)
    terminal.shows("First?")
    terminal.press(" ")
    terminal.shows("eins")
    terminal.press("4")
    terminal.shows("Second?")
    terminal.press(" ")
    terminal.shows("zwei")
    terminal.press("1")
    terminal.shows("Third?")
    terminal.press(" ")
    terminal.shows("drei")
    terminal.kill()
    assert grades(own_world) == [("a/front", 5), ("b/front", 2)]
    terminal = Terminal("quiz", deck, "--query", "-id:x", environment=NOW)
    terminal.shows("Third?")
    terminal.leave()


def test_leaving_the_screen_prints_one_line_of_what_today_came_to(deck: Path) -> None:
    terminal = Terminal("quiz", deck, environment=NOW)
    terminal.shows("duly · ")
    terminal.press("a")
    terminal.shows("First?")
    terminal.press(" ")
    terminal.shows("eins")
    terminal.press("3")
    terminal.shows("Second?")
    terminal.press("q")
    terminal.shows("duly · ")
    terminal.press("q")
    terminal.shows("Today: done 1, left 2, tomorrow 1, 1 day running")
    assert terminal.close() == 0


def test_the_editor_opens_at_the_card_and_the_quiz_comes_back_to_it_as_it_reads_now(
    deck: Path, tmp_path: Path, own_world: Path
) -> None:
    editor = tmp_path / "vim"
    editor.write_text(
        f"#!{sys.executable}\n"
        "import json, pathlib, sys\n"
        "pathlib.Path('called.json').write_text(json.dumps(sys.argv[1:]))\n"
        "file = pathlib.Path(sys.argv[2])\n"
        "file.write_text(file.read_text().replace('Second?', 'The second one?'))\n"
    )
    editor.chmod(0o755)
    terminal = Terminal("quiz", deck, "--query", "-id:x", environment={**NOW, "VISUAL": str(editor)})
    terminal.shows("First?")
    terminal.press(" ")
    terminal.shows("eins")
    terminal.press("3")
    terminal.shows("Second?")
    terminal.press("e")
    terminal.shows("The second one?")
    terminal.press(" ")
    terminal.shows("zwei")
    terminal.press("3")
    terminal.shows("Third?")
    terminal.leave()
    assert json.loads(Path("called.json").read_text()) == ["+2", str(deck)]
    assert grades(own_world) == [("a/front", 4), ("b/front", 4)]


@pytest.mark.parametrize(
    ("editor", "words"),
    [("nope", "the editor nope was not found"), ("./broken", "cannot be started: No such file or directory")],
)
def test_an_editor_that_cannot_be_started_is_told_and_the_quiz_goes_on(
    editor: str, words: str, deck: Path, own_world: Path
) -> None:
    Path("broken").write_text("#!/no/such/interpreter\n")
    Path("broken").chmod(0o755)
    terminal = Terminal("quiz", deck, "--query", "-id:x", environment={**NOW, "VISUAL": editor})
    terminal.shows("First?")
    terminal.press("e")
    terminal.shows(words)
    terminal.press(" ")
    terminal.shows("eins")
    terminal.press("3")
    terminal.shows("Second?")
    assert terminal.leave() == 0
    assert grades(own_world) == [("a/front", 4)]


MODES = {1000: "mouse", 1003: "mouse", 1006: "mouse", 1049: "another screen", 1004: "focus", 2004: "paste"}


def left_on(output: str) -> set[str]:
    """Which of the `MODES` are on at the end of what was written; `25` is the cursor, which is to be seen."""
    switches = {int(mode): way == "h" for mode, way in re.findall(r"\x1b\[\?(\d+)([hl])", output)}  # ESC [ ? 1049 h
    return {name for mode, name in MODES.items() if switches.get(mode)} | ({"no cursor"} if not switches[25] else set())


def after_one_answer(deck: Path) -> Terminal:
    """A terminal in which the first card was answered Good, and the second is asked."""
    terminal = Terminal("quiz", deck, "--query", "-id:x", environment=NOW)
    terminal.shows("First?")
    terminal.press(" ")
    terminal.shows("eins")
    terminal.press("3")
    terminal.shows("Second?")
    return terminal


def is_cooked(terminal: Terminal) -> bool:
    """Whether lines are read whole, shown while they are typed, and ctrl+c interrupts."""
    return all(terminal.mode[3] & flag for flag in (termios.ICANON, termios.ECHO, termios.ISIG))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_the_terminal_as_it_was(number: signal.Signals, deck: Path, own_world: Path) -> None:
    terminal = after_one_answer(deck)
    os.kill(terminal.process, number)
    assert terminal.close() == 128 + number
    assert left_on(terminal.unread_output) == set() and is_cooked(terminal)
    assert grades(own_world) == [("a/front", 4)]


def test_a_window_that_is_closed_ends_it(deck: Path, own_world: Path) -> None:
    terminal = after_one_answer(deck)
    terminal.hang_up()
    assert grades(own_world) == [("a/front", 4)]


@pytest.mark.parametrize(
    ("keys", "shown"), [("", "study"), ("n", "Answer"), ("b/", "First?"), ("?", "Help"), ("a", "First?")]
)
def test_ctrl_z_suspends_it_everywhere_and_it_comes_back_as_it_was(keys: str, shown: str, deck: Path) -> None:
    terminal = Terminal("quiz", deck, environment=NOW)
    terminal.shows("study")
    terminal.press(keys)
    if keys:
        terminal.shows(shown)
    terminal.press("\x1a")
    terminal.shows("\x1b[?1049l")
    assert terminal.stopped() and is_cooked(terminal)
    os.kill(terminal.process, signal.SIGCONT)
    terminal.shows("\x1b[?2004h")  # the last thing that is switched on
    terminal.shows(shown)
    assert terminal.leave() == 0


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


LATIN: Mapping[str, str] = {**NOW, "PYTHONUTF8": "0", "PYTHONIOENCODING": "iso-8859-1"}


def test_a_terminal_without_utf_8_is_told_so_and_asked_line_by_line(deck: Path, own_world: Path) -> None:
    terminal = Terminal("quiz", deck, environment=LATIN)
    terminal.shows("This terminal takes iso8859-1, not UTF-8, so duly asks line by line.")
    terminal.shows("First?")
    terminal.press("\n")
    terminal.shows("eins")
    terminal.shows("1 Again (~ 1 day)")
    terminal.press("3\n")
    terminal.shows("Second?")
    terminal.press("quit\n")
    terminal.close()
    assert grades(own_world) == [("a/front", 4)]


def test_with_redirected_output_the_quiz_asks_line_by_line(deck: Path, own_world: Path) -> None:
    code = "import os, sys; os.dup2(os.open(os.devnull, os.O_WRONLY), 2)\n"
    terminal = Terminal("quiz", deck, environment=NOW, code=code + DULY)
    terminal.shows("First?")
    terminal.press("\n")
    terminal.shows("eins")
    terminal.press("3\n")
    terminal.shows("Second?")
    terminal.press("quit\n")
    assert terminal.close() == 0
    assert grades(own_world) == [("a/front", 4)]


def test_without_a_terminal_nothing_is_said_of_its_encoding(deck: Path) -> None:
    code = "from duly.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "quiz", str(deck)],
        input="q\n", text=True, capture_output=True, env={**os.environ, **LATIN}, timeout=60, check=True,
    )  # fmt: skip
    assert run.stderr == ""


def test_without_arguments_in_an_empty_folder_the_first_run_leads_to_a_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(environment=NOW)
    terminal.shows("Make a sample deck here")
    terminal.press("1")
    terminal.shows("Demo")
    terminal.press("a")
    terminal.shows("How is a flashcard written here?")
    terminal.leave()
    assert (tmp_path / "cards" / "demo.yaml").is_file()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("--query", "deck:nope"), "No card matches."),
        (("--ahead", "1"), "Nothing is left here for today."),
        (("--cram", "--query", "nope"), "No card matches."),
    ],
)
def test_a_session_without_cards_says_so_on_the_decks(asked: tuple[str, ...], sentence: str, deck: Path) -> None:
    terminal = Terminal("quiz", deck, *asked, environment=NOW)
    terminal.shows(sentence)
    assert terminal.leave() == 0


def test_a_deck_or_a_tag_that_there_is_not_is_told_before_the_screen_is_taken(deck: Path) -> None:
    terminal = Terminal("quiz", deck, "--deck", "nope", environment=NOW)
    terminal.shows("duly: there is no deck 'nope'")
    assert terminal.close() == 2
    terminal = Terminal("quiz", deck, "--tag", "nope", environment=NOW)
    terminal.shows("duly: there is no tag 'nope'")
    assert terminal.close() == 2


def test_a_crash_exits_with_an_error(deck: Path) -> None:
    code = "from duly.tui.screens.decks import DecksScreen; DecksScreen.action_browse = lambda self: 1 / 0\n"
    terminal = Terminal("quiz", deck, environment=NOW, code=code + DULY)
    terminal.shows("study")
    terminal.press("b")
    terminal.shows("ZeroDivisionError")
    assert terminal.close() == 1
