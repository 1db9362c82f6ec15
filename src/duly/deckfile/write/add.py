"""Adds notes to a deck file: creates the file, or appends to one whose other bytes stay unchanged."""

from collections.abc import Sequence
from pathlib import Path

from duly.atomic_write import creating, read_file, replace_file
from duly.cards import DeckName, Note
from duly.deckfile.parse_file import NoteEntry, ParsedFile, parse
from duly.deckfile.recover import CARDS_KEY
from duly.deckfile.values import is_deck, is_language
from duly.deckfile.walk import LARGEST
from duly.deckfile.write.edits import newline
from duly.deckfile.write.yaml_text import deck_text, note_text
from duly.deckfile.yaml.source import LINE_END, Source, decode, size_problem
from duly.message import Message, message
from duly.problem import Place, Problem


def add_notes(file: Path, notes: Sequence[Note], *, deck: str = "", language: str = "") -> Problem | None:
    """Writes all `notes`, whose ids must be new to the file; returns the problem if it cannot be done.

    A missing file is created with its folder, and with `deck` as the deck's name and `language` as its language if they
    are valid. In an existing file the notes are appended. Raises `DulyError` if it cannot be read or written, or
    another program changed it.
    """
    old = _content(file)
    source = decode(file, old or b"")
    if not isinstance(source, Source):
        return source
    if source.text.strip():
        old_contents = parse(source, DeckName(file.stem))
        addition = _addition(source, old_contents, notes)
    else:
        old_contents = ParsedFile((), ())
        header = {"deck": deck if is_deck(deck) else "", "language": language if is_language(language) else ""}
        addition = deck_text(notes, **header)
    if addition is None or not _is_safe(source, old_contents, addition, notes):
        return Problem(Place(file), "not-added", _refusal(old_contents))
    new = (old or b"") + addition.encode()
    if (problem := size_problem(file, new)) is not None:
        return problem
    if old is None:
        with creating(file) as stream:
            stream.write(new)
    else:
        replace_file(file, old, new)
    return None


def _content(file: Path) -> bytes | None:
    """The content of the file; None if it does not exist. Raises `DulyError`."""
    try:
        file.stat()
    except FileNotFoundError:
        return None
    except OSError:  # reading the file reports the error
        pass
    return read_file(file, LARGEST + 1)


def _addition(source: Source, old_contents: ParsedFile, notes: Sequence[Note]) -> str | None:
    """The text to append, with the line ends of the file; None if the file's last note does not begin with a dash."""
    indent = None if old_contents.errors else _indent(source, old_contents)
    if indent is None:
        return None
    line_end = newline(source.text)
    # A blank line separates notes; if the file ends in one, none is added, for it may belong to a text.
    gap = line_end * sum(bool(line) for line in LINE_END.split(source.text)[-2 if old_contents.entries else -1 :])
    return gap + "\n".join(note_text(note, indent) for note in notes).replace("\n", line_end)


def _indent(source: Source, old_contents: ParsedFile) -> int | None:
    """The number of spaces before the dash of a new note, as before the last note; None if that note has no dash.

    Without notes it is 0, or 2 below the key ``cards``.
    """
    if not old_contents.entries:
        return 2 if CARDS_KEY.search(source.text) else 0
    place = source.place(old_contents.entries[-1].node.start)
    lead = source.line(place.line)[: place.column - 1]
    return lead.index("-") if lead.strip(" ") == "-" else None


def _is_safe(source: Source, old_contents: ParsedFile, addition: str, notes: Sequence[Note]) -> bool:
    """Whether the new text parses as the former notes followed by these."""
    new_contents = parse(Source(source.file, source.text + addition), DeckName(source.file.stem))
    old_count = len(old_contents.entries)
    former_entries, added_entries = new_contents.entries[:old_count], new_contents.entries[old_count:]
    return (
        not new_contents.errors
        and [entry.note for entry in former_entries] == [entry.note for entry in old_contents.entries]
        and len(added_entries) == len(notes)
        and all(_is_same_note(entry, note) for entry, note in zip(added_entries, notes, strict=True))
    )


def _is_same_note(entry: NoteEntry, note: Note) -> bool:
    """Whether an entry equals the note, with the deck, language and tags of its file."""
    actual = entry.note
    expected = note._replace(
        deck=actual.deck, language=actual.language, tags=actual.tags, place=actual.place, is_stamped=True
    )
    return actual == expected and {*note.tags} <= {*actual.tags}


def _refusal(old_contents: ParsedFile) -> Message:
    if old_contents.errors:
        return message("this file has mistakes, so nothing was added; correct them and try again")
    return message("nothing can be added to this file without harm; choose another folder, or add the cards by hand")
