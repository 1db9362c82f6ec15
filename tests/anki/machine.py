"""Computers with clones of one repository of decks."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from duly.anki.export_plan import ExportSummary
from duly.anki.package_export import export_package
from duly.deckfile.load import load

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DECK = """\
- {q: one, a: eins, id: a}

- {q: two, a: '![](cat.png)', id: b, tags: [t]}

- {cloze: '{{c1::three}}', id: c}
"""


class Machine:
    """A computer with a clone of a repository. What it remembers itself is in a file beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cards = folder / "clone" / "cards"
        self.package = folder / "out.apkg"

    def exports(self, day: int, *, with_removed: bool = False) -> ExportSummary:
        loaded = load([self.cards])
        assert not loaded.problems
        now = NOW + timedelta(days=day)
        return export_package(
            loaded.notes, self.package, self.folder / "exports.db", now, paths=[self.cards], with_removed=with_removed
        )

    def edits(self, old: str, new: str, name: str = "deck.yaml") -> None:
        file = self.cards / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=self.cards.parent, check=True, capture_output=True, text=True
        )
        return done.stdout

    def commits(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")

    def pulls(self, other: "Machine") -> None:
        self.git("pull", "-q", "--no-rebase", "--no-edit", str(other.cards.parent), "main")

    def clones(self, folder: Path) -> "Machine":
        folder.mkdir()
        self.git("clone", "-q", str(self.cards.parent), str(folder / "clone"))
        return Machine(folder)
