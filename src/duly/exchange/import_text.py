"""Imports texts: recognises the format and encoding of each, and adds its notes to deck files."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from duly.cards import CardId
from duly.cards.card import faces
from duly.exchange.import_events import (
    CandidateFormat,
    Candidates,
    Failure,
    ImportEvent,
    NotesFiled,
    PassagesLeftOut,
    TextAccount,
    TextRead,
    failures_last,
)
from duly.exchange.import_target import ImportTarget
from duly.importers.file_lookup import FileLookup
from duly.importers.hashcards_collection import HashcardsCollection
from duly.importers.importer import Confidence, ImportedText, Importer, ImportOptions
from duly.message import Message, message
from duly.problem import Place, Problem, Severity, legible
from duly.scheduling.foreign_progress import ForeignSchedule


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How to read a text: its format and encoding, "" to guess them, and options of its format.

    With `dry_run` nothing is written; with `verbose` everything left out is listed, not only counted. Files in a folder
    that match a pattern in `ignore` are skipped.
    """

    format: str = ""
    encoding: str = ""
    options: ImportOptions = field(default_factory=ImportOptions)
    dry_run: bool = False
    verbose: bool = False
    ignore: tuple[str, ...] = ()


NOTHING_FOUND = ("no-questions", "no-cards")
"""The problems of a text in which no card was found."""


@dataclass
class TextImport:
    """Imports texts: those that a person named, or those below the folder of `lookup`.

    In a folder, passages without cards are only counted, in `left_out_count`, and options need not apply to each text.
    `schedules` collects the schedules of cards in the target. Without a target nothing is written.
    """

    target: ImportTarget | None
    options: TextOptions
    lookup: FileLookup = field(default_factory=FileLookup)
    left_out_count: int = 0
    schedules: dict[CardId, ForeignSchedule] = field(default_factory=dict)
    untagged_count: int = 0
    """The number of notes of a vault without the tag for notes with cards, if other notes have it."""
    _options: dict[Path, ImportOptions] = field(default_factory=dict)
    """The options for each vault, by its folder."""
    _collection: HashcardsCollection = field(init=False)

    def __post_init__(self) -> None:
        self._collection = HashcardsCollection(self.lookup)

    @property
    def is_named(self) -> bool:
        """Whether a person named each text itself."""
        return self.lookup.named_folder is None

    def import_file(self, file: Path) -> Iterator[ImportEvent]:
        """Imports one text; failures are reported last."""
        return failures_last(self._import(file))

    def _import(self, file: Path) -> Iterator[ImportEvent]:
        from duly.importers.decoding import DecodedText, read_text
        from duly.importers.obsidian_vault import is_tagged
        from duly.importers.unsupported_formats import advice_for

        if not self.options.format and (advice := advice_for(file)):
            yield Failure(_no_questions(file, advice))
            return
        decoded_text = read_text(file, self.options.encoding)
        if not isinstance(decoded_text, DecodedText):
            yield Failure(decoded_text)
            return
        importer = yield from self._importer(file, decoded_text.text)
        if importer is None:
            return
        options = self._options_for(file)
        if (
            not self.is_named
            and importer.name == "obsidian"
            and not is_tagged(decoded_text.text, options)
            and self._has_tags
        ):
            self.untagged_count += 1
            yield Failure(_no_cards(file, importer))
            return
        imported_text = importer.read(Path(legible(file)), decoded_text.text, options)
        imported_text, paths = self._collection.apply_to(imported_text, file, len(self.lookup.levels(file)) - 1)
        errors = [problem for problem in imported_text.problems if problem.severity is Severity.ERROR]
        is_empty = not imported_text.notes and not errors
        if is_empty and not self.is_named and (self.options.format or not imported_text.problems):
            yield Failure(_no_cards(file, importer))
            return
        yield TextRead(file, importer.description, importer.name, decoded_text.encoding)
        if errors:
            yield from map(Failure, errors)
            return
        yield from self._warnings(imported_text)
        yield TextAccount(file, importer.name, imported_text, is_written=not self.options.dry_run)
        if is_empty:
            yield Failure(_no_cards(file, importer))
        elif self.target is not None and not self.options.dry_run:
            yield from self._add_to_target(self.target, file, decoded_text.text, imported_text, paths)

    def _options_for(self, file: Path) -> ImportOptions:
        """The options for a file, with the settings of its vault."""
        from duly.importers.obsidian_vault import with_settings

        root = self.lookup.root(file)
        if root not in self._options:
            self._options[root] = with_settings(self.options.options, root)
        return self._options[root]

    @cached_property
    def _has_tags(self) -> bool:
        """Whether any note below the folder has the tag for notes with cards: then untagged notes have no cards."""
        from duly.deckfile.find import files_below
        from duly.importers.decoding import DecodedText, read_text
        from duly.importers.obsidian_vault import is_tagged

        root = self.lookup.named_folder
        if root is None:
            return False
        options = self._options_for(root / "a")
        texts = (read_text(file, self.options.encoding) for file in files_below(root, (".md", ".markdown")))
        return any(isinstance(text, DecodedText) and is_tagged(text.text, options) for text in texts)

    def _importer(self, file: Path, text: str) -> Generator[ImportEvent, None, Importer | None]:
        """The importer of the named format, or the surest one; None, with a failure, if none is sure enough."""
        from duly.importers.obsidian_vault import is_tagged
        from duly.importers.recognise_format import candidates, certain_importer, importer_named, only_one_with
        from duly.importers.unsupported_formats import advice_for

        format_name = self.options.format
        options = self._options_for(file)
        if not format_name and options.tags != ImportOptions().tags and is_tagged(text, options):
            return importer_named("obsidian")
        ranking = () if format_name else candidates(file, text, with_loose=self.is_named)
        importer = importer_named(format_name) if format_name else certain_importer(ranking)
        if importer is None and self.is_named:
            importer = only_one_with(self.options.options.given_options)
        if importer is not None:
            unused_options = [option for option in self.options.options.given_options if option not in importer.options]
            if not unused_options or not self.is_named:
                return importer
            sentence = message(
                "--{option} has no effect on {format}; leave it out, or name another --format",
                option=unused_options[0],
                format=importer.description,
            )
            yield Failure(Problem(Place(file), "option", sentence))
            return None
        advice = advice_for(file, text)
        is_unclear = ranking and (self.is_named or ranking[0][1].confidence > Confidence.POSSIBLE)
        if is_unclear and not advice:
            yield Candidates(
                file, [_candidate(file, text, candidate, recognition.lines) for candidate, recognition in ranking]
            )
            sentence = message("it is not certain how to read this, so nothing was imported; choose one with --format")
            yield Failure(Problem(Place(file), "unclear-format", sentence))
            return None
        sentence = message("no question was found here; begin one with Q: or 问：, or name the format with --format")
        yield Failure(_no_questions(file, advice or sentence))
        return None

    def _warnings(self, imported_text: ImportedText) -> Iterator[ImportEvent]:
        """Warnings, and passages left out; for a text in a folder, passages without cards are only counted."""
        from duly.importers.line_account import NOT_PLACED
        from duly.importers.qa.reader import OTHER_CARD

        unlisted_kinds = [OTHER_CARD] if self.options.format else []  # a person named the format
        unlisted_kinds += [] if self.is_named or self.options.verbose else [NOT_PLACED]
        passages = [problem for problem in imported_text.left_out if problem.kind not in unlisted_kinds]
        self.left_out_count += sum(problem.kind in unlisted_kinds for problem in imported_text.left_out)
        yield from (
            problem
            for problem in imported_text.problems
            if problem.kind not in unlisted_kinds and problem not in passages
        )
        if passages:
            yield PassagesLeftOut(passages)

    def _add_to_target(
        self, target: ImportTarget, file: Path, text: str, imported_text: ImportedText, paths: Mapping[str, str]
    ) -> Iterator[ImportEvent]:
        """Adds the notes to deck files; the file of the text's own deck has the same relative path as the text.

        `paths` has the original of each path that was changed in the notes.
        """
        from duly.importers.copy_media import MediaCopier
        from duly.importers.text_lines import LINE_END

        levels = self.lookup.levels(file)
        if imported_text.is_part:
            levels = levels[:-1] or (imported_text.deck,)
        lines = LINE_END.split(text)
        copy_media = MediaCopier(file, lines, target.folder, self.lookup, paths).copy
        has_result = False
        for event in target.add_text(imported_text, levels, lines=lines, copy_media=copy_media):
            has_result |= isinstance(event, Failure) or (
                isinstance(event, NotesFiled) and bool(event.added_count or event.known_count)
            )
            yield event
        if imported_text.notes and not has_result:
            sentence = message("nothing was added: every card here seems to be one that is there, in other words")
            yield Failure(Problem(Place(file), "nothing-added", sentence))
        for card, schedule in imported_text.schedules.items():
            known_note = target.known_notes.get(card.note)
            if known_note is not None and card.face in faces(known_note):
                self.schedules.setdefault(CardId(known_note.id, card.face), schedule)


def _candidate(file: Path, text: str, importer: Importer, lines: Sequence[int]) -> CandidateFormat:
    """A possible format of the text, with the first card it would make."""
    notes = importer.read(file, text, ImportOptions()).notes
    card = tuple(filter(None, notes[0].texts[:2])) if notes else ()
    return CandidateFormat(importer.name, importer.description, lines, card)


def _no_questions(file: Path, reason: Message) -> Problem:
    return Problem(Place(file), "no-questions", reason)


def _no_cards(file: Path, importer: Importer) -> Problem:
    return Problem(
        Place(file),
        "no-cards",
        message(
            "no card was found here, read as {format}; name another format with --format", format=importer.description
        ),
    )
