"""Reads the files of a collection: parses those that have changed, and checks all notes together."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from duly.cache import Cache
from duly.cards import Note
from duly.deckfile import note_cache
from duly.deckfile.audit.duplicates import duplicate_ids, duplicate_questions
from duly.deckfile.audit.finding import FileNotes, Finding
from duly.deckfile.audit.missing_media import missing_media, valid_media
from duly.deckfile.note_cache import CachedFile
from duly.deckfile.parse_file import NoteEntry, ParsedFile, parse
from duly.deckfile.yaml.source import decode
from duly.problem import Problem, Severity

_SIGNS = (b"![", b"<img", b"image")
_ESCAPE = re.compile(rb"\\(?:[xuU\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9])")
r"""Escapes in double quotes that may hide any of these signs: ``\x21[``, ``\u0069mage``."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The valid notes of a collection; notes excluded by the checks of the whole collection; all problems."""

    notes: tuple[Note, ...]
    excluded_notes: tuple[Note, ...]
    problems: tuple[Problem, ...]


def read_collection(files: Sequence[CachedFile], cache: Cache) -> ReadResult:
    """Reads the files; problems are sorted by place. Files without problems are cached."""
    collection: list[FileNotes] = []
    problems: list[Problem] = []
    files_without_problems: list[tuple[CachedFile, Sequence[Note]]] = []
    for file in files:
        file_notes, file_problems = _read_file(file)
        collection.append(file_notes)
        problems += file_problems
        if file.cached_json is None and not file_problems:
            files_without_problems.append((file, file_notes.notes))
    findings = audit(collection)
    problems += (finding.problem for finding in findings)
    note_cache.cache_notes(files_without_problems, cache)
    if not problems:
        note_cache.cache_clean_collection(files, valid_media(collection), cache)
    excluded_notes = {
        id(finding.note): finding.note for finding in findings if finding.problem.severity is Severity.ERROR
    }
    return ReadResult(
        tuple(note for file_notes in collection for note in file_notes.notes if id(note) not in excluded_notes),
        tuple(excluded_notes.values()),
        tuple(sorted(problems, key=lambda problem: problem.place)),
    )


def _read_file(file: CachedFile) -> tuple[FileNotes, Sequence[Problem]]:
    """The cached or parsed notes of a file, and its problems."""
    root, may_show = file.deck_file.root, _may_show(file.data)

    def entries() -> Sequence[NoteEntry]:
        """Parses the file again if entries are needed: keeping them would take several times the memory of the
        notes.
        """
        return _parse(file).entries

    if (notes := _cached_notes(file)) is not None:
        return FileNotes(notes, root, entries, may_show), ()
    parsed_file = _parse(file)
    return FileNotes([entry.note for entry in parsed_file.entries], root, entries, may_show), parsed_file.problems


def _parse(file: CachedFile) -> ParsedFile:
    source = file.data if isinstance(file.data, Problem) else decode(file.file, file.data)
    return ParsedFile((), (source,)) if isinstance(source, Problem) else parse(source, file.deck_file.deck)


def _may_show(data: bytes | Problem) -> bool:
    """Whether an image or a sound may stand in a text of a file with these bytes."""
    return isinstance(data, bytes) and (any(sign in data for sign in _SIGNS) or _ESCAPE.search(data) is not None)


def _cached_notes(file: CachedFile) -> Sequence[Note] | None:
    try:
        return None if file.cached_json is None else note_cache.cached_notes(file)
    except ValueError:
        return None


CHECKS: tuple[Callable[[Sequence[FileNotes]], Iterator[Finding]], ...] = (
    duplicate_ids,
    duplicate_questions,
    missing_media,
)


def audit(collection: Sequence[FileNotes]) -> list[Finding]:
    """The findings of all checks, in order."""
    return [finding for check in CHECKS for finding in check(collection)]
