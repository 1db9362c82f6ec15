"""The one door in: deck files become notes, and everything wrong with them becomes problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from duly.cards import Note
from duly.collector import held_off
from duly.deckfile.audit import audit
from duly.deckfile.find import DeckFile, deck_files
from duly.deckfile.finding import Audited
from duly.deckfile.parse import parse
from duly.deckfile.source import Source, read
from duly.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Loaded:
    """The good notes of all files, in the order of the files and of each file; every problem, by place; the files."""

    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]


def load(paths: Sequence[Path]) -> Loaded:
    """Reads the deck files among and below `paths` as one collection.

    A note with an error stays out, and every other one loads. Raises `DulyError` only where a folder cannot be listed.
    """
    with held_off():
        return _loaded(deck_files(paths))


def _loaded(found: Sequence[DeckFile]) -> Loaded:
    collection: list[Audited] = []
    problems: list[Problem] = []
    for deck_file in found:
        source = read(deck_file.file)
        if not isinstance(source, Source):
            problems.append(source)
            continue
        parsed = parse(source, deck_file.deck)
        problems += parsed.problems
        collection += (Audited(entry, deck_file.root) for entry in parsed.entries)
    findings = audit(collection)
    problems += (finding.problem for finding in findings)
    kept_out = {id(finding.entry) for finding in findings if finding.problem.severity is Severity.ERROR}
    return Loaded(
        notes=tuple(audited.entry.note for audited in collection if id(audited.entry) not in kept_out),
        problems=tuple(sorted(problems, key=lambda problem: problem.place)),
        files=tuple(deck_file.file for deck_file in found),
    )
