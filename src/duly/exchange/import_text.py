"""Importing texts: finding the format and the encoding of each, and adding its notes to deck files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from duly.cards import CardId
from duly.cards.card import faces
from duly.exchange.events import Failure, ImportEvent, TextRead, failures_last
from duly.exchange.target import ImportTarget
from duly.importers.importer import Imported, Importer, Wishes
from duly.importers.lookup import Lookup
from duly.importers.shared import Shared
from duly.message import message
from duly.place import Place, legible
from duly.problem import Problem, Severity
from duly.scheduling.elsewhere import Planned


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How to read a text: its format and encoding, "" where they are to be guessed, and options of its format."""

    format: str = ""
    encoding: str = ""
    wishes: Wishes = field(default_factory=Wishes)


NOTHING_FOUND = ("no-questions", "no-cards")
"""The problems of a text in which no card was found."""
NOT_PLACED = "not-placed"
"""The problem of a passage that belongs to no card."""


@dataclass(slots=True)
class TextImport:
    """Imports texts: those that a person named, or those below the folder that `lookup` names.

    In a folder, passages that belong to no card are no mistake: `left_out` counts them. Nor need options fit each text.
    `planned` collects the schedules that the texts have of cards in the target.
    """

    target: ImportTarget
    options: TextOptions
    lookup: Lookup = field(default_factory=Lookup)
    left_out: int = 0
    planned: dict[CardId, Planned] = field(default_factory=dict)
    _shared: Shared = field(init=False)

    def __post_init__(self) -> None:
        self._shared = Shared(self.lookup)

    @property
    def is_named(self) -> bool:
        """Whether a person named each text itself."""
        return self.lookup.named is None

    def import_file(self, file: Path) -> Iterator[ImportEvent]:
        """Imports one text; failures are reported behind all else."""
        return failures_last(self._import(file))

    def _import(self, file: Path) -> Iterator[ImportEvent]:
        from duly.importers.decoding import Decoded, read_text

        decoded = read_text(file, self.options.encoding)
        if not isinstance(decoded, Decoded):
            yield Failure(decoded)
            return
        importer = self._importer(file, decoded.text)
        if isinstance(importer, Problem):
            yield Failure(importer)
            return
        found = importer.read(Path(legible(file)), decoded.text, self.options.wishes)
        imported, paths = self._shared.applied(found, file, len(self.lookup.levels(file)) - 1)
        errors = [problem for problem in imported.problems if problem.severity is Severity.ERROR]
        is_empty = not imported.notes and not errors and bool(self.options.format or not imported.problems)
        if is_empty and not self.is_named:
            yield Failure(_nothing(file, importer))
            return
        yield TextRead(file, importer.about, importer.name, decoded.encoding)
        if errors:
            yield from map(Failure, errors)
            return
        yield from self._warnings(imported.problems)
        if is_empty:
            yield Failure(_nothing(file, importer))
        else:
            yield from self._file(file, decoded.text, imported, paths)

    def _importer(self, file: Path, text: str) -> Importer | Problem:
        """The importer that was named, or the first one that accepts the text; or why there is none."""
        from duly.importers.registry import importer_for, importer_named

        named = self.options.format
        importer = importer_named(named) if named else importer_for(file, text, loose=self.is_named)
        if importer is None:
            nothing = message("no question was found here; begin one with Q: or 问：, or name the format with --format")
            return Problem(Place(file), "no-questions", nothing)
        unused = [wish for wish in self.options.wishes.made if wish not in importer.heeds]
        if unused and self.is_named:
            no_effect = message(
                "--{option} has no effect on {format}; leave it out, or name another --format",
                option=unused[0],
                format=importer.about,
            )
            return Problem(Place(file), "option", no_effect)
        return importer

    def _warnings(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """The problems to be shown; passages beside the cards of a text in a folder are only counted."""
        from duly.importers.qa import OTHER_CARD

        if self.options.format:  # whoever names it knows of no other
            problems = [problem for problem in problems if problem.kind != OTHER_CARD]
        shown = [problem for problem in problems if self.is_named or problem.kind != NOT_PLACED]
        self.left_out += len(problems) - len(shown)
        return shown

    def _file(self, file: Path, text: str, imported: Imported, paths: Mapping[str, str]) -> Iterator[ImportEvent]:
        """Adds the notes to deck files; those of the text's own deck to one whose path is like its path.

        `paths` has, for a path in a note that is another one in the text, that one.
        """
        from duly.importers.lines import LINE_END
        from duly.importers.media import Carrier

        levels = self.lookup.levels(file)
        if imported.is_part:
            levels = levels[:-1] or (imported.deck,)
        lines = LINE_END.split(text)
        carry = Carrier(file, lines, self.target.folder, self.lookup, paths).carry
        yield from self.target.file(imported, levels, lines=lines, carry=carry)
        for card, planned in imported.planned.items():
            there = self.target.known.get(card.note)
            if there is not None and card.face in faces(there):
                self.planned.setdefault(CardId(there.id, card.face), planned)


def _nothing(file: Path, importer: Importer) -> Problem:
    return Problem(
        Place(file),
        "no-cards",
        message("no card was found here, read as {format}; name another format with --format", format=importer.about),
    )
