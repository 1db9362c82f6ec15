"""A learner with Anki and a folder of decks, between which notes go to and fro."""

from datetime import UTC, datetime
from pathlib import Path

from click.testing import Result
from tests.cli.calling import call
from tests.learner import Learner

from duly.anki.export_plan import ExportSummary
from duly.anki.package_export import export_package
from duly.deckfile.load import load

NOW = datetime(2031, 1, 1, 12, tzinfo=UTC)


class Household:
    """A learner, and the folder in which the decks of this learner are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cards = folder / "cards"
        self.learner = Learner(folder / "anki")

    def takes_over(self, *arguments: str) -> Result:
        """Exports everything from Anki and imports it into the deck files."""
        package = self.learner.packs(self.folder / "all.apkg")
        result = call("import", package, "--to", self.cards, *arguments)
        assert result.exit_code == 0, result.output
        loaded = load([self.cards])
        assert not loaded.problems
        return result

    def edits(self, name: str, old: str, new: str) -> None:
        file = self.cards / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")

    def exports(self) -> ExportSummary:
        loaded = load([self.cards])
        assert not loaded.problems
        files = self.folder / "out.apkg", self.folder / "exports.db"
        return export_package(loaded.notes, *files, NOW, paths=[self.cards])

    def brings_back(self) -> dict[str, int]:
        """Exports the deck files and imports them into the same Anki: what became of the notes."""
        self.exports()
        return dict(self.learner.imports(self.folder / "out.apkg"))
