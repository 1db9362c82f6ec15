"""What the texts of a hashcards collection share: its root, to which paths with ``@/`` are relative, and its macros."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from duly.cards import Basic, Cloze, Note
from duly.cards.cloze import numbers
from duly.cards.media_references import references
from duly.importers.decoding import DecodedText, read_text
from duly.importers.file_lookup import AT_ROOT, FileLookup
from duly.importers.importer import ImportedText
from duly.importers.latex_macros import expand_macros, read_macros
from duly.message import message
from duly.problem import Place, Problem, Severity

MACROS = "macros.tex"


@dataclass(slots=True)
class HashcardsCollection:
    """Makes notes independent of their collection: expands macros and changes paths. The macros are read once."""

    lookup: FileLookup
    _macros: dict[Path, dict[str, str]] = field(default_factory=dict)

    def apply_to(self, imported: ImportedText, source: Path, depth: int) -> tuple[ImportedText, dict[str, str]]:
        """The notes of `source` for a deck file `depth` folders deep: paths relative to it, macros expanded.

        Also returns the original path of each changed path. What was left out is among the problems.
        """
        macros, problems = self._read(self.lookup.root(source) / MACROS)
        paths: dict[str, str] = {}
        notes = []
        for note in imported.notes:
            moved = _changed(note, lambda text: _moved(text, "../" * depth, paths)) or note
            plain = _changed(moved, lambda text: expand_macros(text, macros))
            if plain is None:
                sentence = message("the macros in this card lead in a circle, so they were left as they are")
                problems.append(Problem(note.place or Place(source), "macro", sentence, Severity.WARNING))
            notes.append(plain or moved)
        return replace(imported, notes=tuple(notes), problems=(*imported.problems, *problems)), paths

    def _read(self, file: Path) -> tuple[dict[str, str], list[Problem]]:
        """The macros of a collection; and at the first call, the problems in their file."""
        if file in self._macros:
            return self._macros[file], []
        decoded = read_text(file) if file.is_file() else DecodedText("", "utf-8")
        text = decoded.text if isinstance(decoded, DecodedText) else ""
        self._macros[file], others = read_macros(text)
        if not isinstance(decoded, DecodedText):
            return {}, [replace(decoded, severity=Severity.WARNING)]
        if not others or not self._macros[file]:
            return self._macros[file], []
        sentence = message("lines that are not macros ({count}) were left out", count=len(others))
        return self._macros[file], [Problem(Place(file, others[0]), "macro", sentence, Severity.WARNING)]


def _changed(note: Note, change: Callable[[str], str | None]) -> Note | None:
    """The note with its texts changed; None where one of them cannot be, or its cards would not be the same."""
    kind = note.kind
    if isinstance(kind, Cloze):
        text = change(kind.text)
        return None if text is None or numbers(text) != numbers(kind.text) else note._replace(kind=Cloze(text))
    if isinstance(kind, Basic):
        question, answer = change(kind.question), change(kind.answer)
        return None if question is None or answer is None else note._replace(kind=Basic(question, answer))
    return note


def _moved(text: str, prefix: str, paths: dict[str, str]) -> str:
    """The text with its paths from the root written as paths after `prefix`, each of which is entered in `paths`."""
    for reference in reversed(list(references(text))):
        if text.startswith(AT_ROOT, reference.offset):
            paths[prefix + reference.path.removeprefix(AT_ROOT)] = reference.path
            text = text[: reference.offset] + prefix + text[reference.offset + len(AT_ROOT) :]
    return text
