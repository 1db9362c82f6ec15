"""Checks the images and sounds that cards show: each must be a file of the collection that is not empty."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from duly.cards import Note, Occlusion
from duly.cards.media_references import PICTURES, MediaReference, has_media, is_picture, references
from duly.deckfile.audit.finding import FileNotes, Finding, finding_at
from duly.deckfile.key_table import NOTE_FIELDS, Shape
from duly.deckfile.parse_file import NoteEntry
from duly.deckfile.yaml.nodes import Mapping, Node, Scalar
from duly.deckfile.yaml.nodes import Sequence as NodeSequence
from duly.media_file import media_file, resolve_path
from duly.message import Message, message
from duly.problem import Severity

MEDIA_SHAPES = (Shape.TEXT, Shape.TEXTS, Shape.REGIONS, Shape.MORE)
MEDIA_KEYS = {field.key for field in NOTE_FIELDS if field.shape in MEDIA_SHAPES} - {"source"}


def missing_media(collection: Sequence[FileNotes]) -> Iterator[Finding]:
    """Problems with images and sounds: missing, empty, outside of the collection, or on the web."""
    for file_notes in _files_with_media(collection):
        for index, note in enumerate(file_notes.notes):
            if any(_valid_file(file_notes, note, reference) is None for reference in _references(note)):
                entry = file_notes.entries[index]
                for scalar, scalar_references in _scalars(entry):
                    for reference in scalar_references:
                        yield from _media_problems(file_notes.root, note, entry, scalar, reference)


def valid_media(collection: Sequence[FileNotes]) -> Iterator[tuple[str, str]]:
    """The path of every valid image and sound, and its real path."""
    for file_notes in _files_with_media(collection):
        for note in file_notes.notes:
            for reference in _references(note):
                file = _valid_file(file_notes, note, reference)
                if file is not None:
                    yield str((_folder(file_notes, note) / reference.path).absolute()), str(file)


def _files_with_media(collection: Sequence[FileNotes]) -> Iterator[FileNotes]:
    return (file_notes for file_notes in collection if file_notes.shows_media)


def _references(note: Note) -> Iterator[MediaReference]:
    texts = note.texts
    if has_media("\n".join(texts)):
        for text in texts:
            yield from references(text)


def _folder(file_notes: FileNotes, note: Note) -> Path:
    return note.place.file.parent if note.place else file_notes.root


def _valid_file(file_notes: FileNotes, note: Note, reference: MediaReference) -> Path | None:
    """The file of a reference; None if there is a problem with it."""
    if reference.is_remote or (_is_occluded_picture(note, reference) and not is_picture(reference.path)):
        return None
    return media_file(_folder(file_notes, note), reference.path, [file_notes.root])


def _media_problems(
    root: Path, note: Note, entry: NoteEntry, scalar: Scalar, reference: MediaReference
) -> Iterator[Finding]:
    start = _reference_start(entry, scalar, reference)
    path = reference.path
    if reference.is_remote:
        sentence = message("{path} is on the web: it is shown only where there is a connection, if at all", path=path)
        yield finding_at(note, entry, start, "remote-media", sentence, Severity.WARNING)
        return
    folder = entry.source.file.parent
    file = resolve_path(folder / path)
    if file is None:
        sentence = message("no file can be named {path}; name another", path=path)
        yield finding_at(note, entry, start, "missing-media", sentence)
    elif not file.is_relative_to(os.path.realpath(root)):
        sentence = message("{path} lies outside of {root}; copy the file into it", path=path, root=root)
        yield finding_at(note, entry, start, "media-outside", sentence)
    elif not _is_file(file):
        # without its picture, the card has no question
        severity = Severity.ERROR if _is_occluded_picture(note, reference) else Severity.WARNING
        yield finding_at(note, entry, start, "missing-media", _missing_file_message(folder, path), severity)
    elif file.stat().st_size == 0:
        sentence = message("{path} is an empty file; put one there", path=path)
        yield finding_at(note, entry, start, "empty-media", sentence)
    elif _is_occluded_picture(note, reference) and not is_picture(path):
        endings = ", ".join(PICTURES)
        sentence = message("{path} is not a picture; its name must end in one of {endings}", path=path, endings=endings)
        yield finding_at(note, entry, start, "no-picture", sentence)


def _is_occluded_picture(note: Note, reference: MediaReference) -> bool:
    """Whether this is the picture whose regions are covered."""
    return isinstance(note.kind, Occlusion) and reference.path == note.kind.image


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a name longer than any file can have
        return False


def _missing_file_message(folder: Path, path: str) -> Message:
    from difflib import get_close_matches

    missing_path = Path(path.replace("\\", "/"))
    try:
        existing_names = [file.name for file in (folder / missing_path.parent).iterdir()]
    except (OSError, ValueError):
        existing_names = []
    if similar_names := get_close_matches(missing_path.name, existing_names, n=1):
        suggestion = (missing_path.parent / similar_names[0]).as_posix()
        return message("there is no file {path}; did you mean {meant}?", path=path, meant=suggestion)
    return message("there is no file {path}; paths are relative to the file of the card", path=path)


def _scalars(entry: NoteEntry) -> Iterator[tuple[Scalar, Iterable[MediaReference]]]:
    """The nodes of an entry that may show images and sounds, with their references."""
    for key, value in entry.node.pairs:
        if isinstance(key, Scalar) and isinstance(value, Scalar) and key.text == "image":
            yield value, [MediaReference(value.text, 0)]
        elif isinstance(key, Scalar) and key.text in MEDIA_KEYS:
            yield from ((scalar, references(scalar.text)) for scalar in _texts(value))


def _texts(value: Node) -> Iterator[Scalar]:
    if isinstance(value, Scalar):
        yield value
    elif isinstance(value, NodeSequence | Mapping):
        for child in value.children:
            yield from _texts(child)


def _reference_start(entry: NoteEntry, scalar: Scalar, reference: MediaReference) -> int:
    """The start of a reference in the file: the same occurrence as in the value.

    The start of the value if quoting or folding makes the file differ from it.
    """
    text_before = scalar.text[: reference.offset]
    opening = text_before[max(text_before.rfind("!["), text_before.rfind("<img")) :]
    name = re.split(r"[)\"']", scalar.text[reference.offset :], maxsplit=1)[0]  # a.png in a.png)
    index = scalar.start
    for _ in range(text_before.count(opening + name) + 1):
        index = entry.source.text.find(opening + name, index, scalar.end)
        if index < 0:
            return scalar.start
        index += len(opening)
    return index
