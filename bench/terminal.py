"""Duly in a pseudo-terminal, compared with a minimal Textual app."""

from itertools import count
from pathlib import Path

from tests.tui.terminal import DULY, Terminal

from bench import corpus
from bench.trial import Trial, environment

PRESSES = 200
BARE_APP_CODE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    CSS = "Static { height: 1fr; }"
    at = 0
    def compose(self):
        yield Static("shown000")
    def on_key(self, event):
        self.at += 1
        self.query_one(Static).update(f"shown{self.at:03}")
Bare().run()
"""


def start(folder: Path, cards: int) -> Trial:
    """From exec to the first row of the decks table, and to the first text of a bare app."""
    decks, terminals = corpus.decks(folder, cards), list[Terminal]()

    def show(words: str, code: str, *arguments: str) -> None:
        terminals.append(Terminal(*arguments, environment=environment(folder / "home"), code=code))
        terminals[-1].shows(words)

    def end() -> None:
        while terminals:
            terminals.pop().kill()

    return Trial(lambda: show("folder-0", DULY, "quiz", str(decks)), lambda: show("shown000", BARE_APP_CODE), end, end)


def press(folder: Path, _size: int) -> Trial:
    """A key that shows an answer; the key that grades it and brings the next question is not timed."""
    home, deck = folder / "home", folder / "deck.yaml"
    home.mkdir()
    deck.write_text("".join(f"- q: 'asked{n:03}: **CSR**?'\n  a: 'shown{n:03}: $x^2$'\n" for n in range(PRESSES + 2)))
    (home / "config.toml").write_text(f"new_per_day = {PRESSES + 2}\n")
    duly = Terminal("quiz", deck, environment=environment(home))
    bare = Terminal(environment=environment(home), code=BARE_APP_CODE)
    answers, bare_counts, questions = count(), count(1), count()

    def press_and_wait(terminal: Terminal, key: str, words: str) -> None:
        terminal.press(key)
        terminal.shows(words)

    def reset() -> None:
        number = next(questions)
        press_and_wait(duly, "4" if number else "a", f"asked{number:03}")
        duly.settle()
        bare.settle()

    def end() -> None:
        duly.kill()
        bare.kill()

    duly.shows("deck")
    bare.shows("shown000")
    return Trial(
        lambda: press_and_wait(duly, " ", f"shown{next(answers):03}"),
        lambda: press_and_wait(bare, "x", f"shown{next(bare_counts):03}"),
        reset,
        end,
    )
