"""Makes notes of a hashcards collection independent of its root (paths with ``@/``) and of its macros."""

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
    """Expands the macros in notes and changes their paths. The macros of each collection are read once."""

    lookup: FileLookup
    _macros: dict[Path, dict[str, str]] = field(default_factory=dict)

    def apply_to(self, imported_text: ImportedText, source: Path, depth: int) -> tuple[ImportedText, dict[str, str]]:
        """The notes of `source` for a deck file `depth` folders deep: paths relative to it, macros expanded.

        Also returns the original path of each changed path. Problems with macros are added to those of the text.
        """
        macros, problems = self._read(self.lookup.root(source) / MACROS)
        paths: dict[str, str] = {}
        notes = []
        for note in imported_text.notes:
            note_with_paths = _map_texts(note, lambda text: _with_relative_paths(text, "../" * depth, paths)) or note
            expanded_note = _map_texts(note_with_paths, lambda text: expand_macros(text, macros))
            if expanded_note is None:
                sentence = message("the macros in this card lead in a circle, so they were left as they are")
                problems.append(Problem(note.place or Place(source), "macro", sentence, Severity.WARNING))
            notes.append(expanded_note or note_with_paths)
        return replace(imported_text, notes=tuple(notes), problems=(*imported_text.problems, *problems)), paths

    def _read(self, file: Path) -> tuple[dict[str, str], list[Problem]]:
        """The macros in a file and, at the first call, its problems."""
        if file in self._macros:
            return self._macros[file], []
        decoded = read_text(file) if file.is_file() else DecodedText("", "utf-8")
        text = decoded.text if isinstance(decoded, DecodedText) else ""
        self._macros[file], other_lines = read_macros(text)
        if not isinstance(decoded, DecodedText):
            return {}, [replace(decoded, severity=Severity.WARNING)]
        if not other_lines or not self._macros[file]:
            return self._macros[file], []
        sentence = message("lines that are not macros ({count}) were left out", count=len(other_lines))
        return self._macros[file], [Problem(Place(file, other_lines[0]), "macro", sentence, Severity.WARNING)]


def _map_texts(note: Note, change: Callable[[str], str | None]) -> Note | None:
    """The note with changed texts; None if a text cannot be changed, or the note would have other cards."""
    kind = note.kind
    if isinstance(kind, Cloze):
        text = change(kind.text)
        return None if text is None or numbers(text) != numbers(kind.text) else note._replace(kind=Cloze(text))
    if isinstance(kind, Basic):
        question, answer = change(kind.question), change(kind.answer)
        return None if question is None or answer is None else note._replace(kind=Basic(question, answer))
    return note


def _with_relative_paths(text: str, prefix: str, paths: dict[str, str]) -> str:
    """The text with `prefix` instead of ``@/`` in its paths; adds the original path of each to `paths`."""
    for reference in reversed(list(references(text))):
        if text.startswith(AT_ROOT, reference.offset):
            paths[prefix + reference.path.removeprefix(AT_ROOT)] = reference.path
            text = text[: reference.offset] + prefix + text[reference.offset + len(AT_ROOT) :]
    return text
