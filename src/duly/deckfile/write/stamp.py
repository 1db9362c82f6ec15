"""Writes ids into a file: inserts a line for each note without one; all other bytes stay unchanged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duly.atomic_write import read_file, replace_file
from duly.cards import DeckName, Note, NoteId
from duly.deckfile.audit.duplicates import duplicate_ids
from duly.deckfile.audit.finding import FileNotes
from duly.deckfile.parse_file import NoteEntry, ParsedFile, parse
from duly.deckfile.walk import LARGEST
from duly.deckfile.write.edits import Edit, apply_edits, is_block, line_end, newline
from duly.deckfile.write.yaml_text import one_line
from duly.deckfile.yaml.nodes import Scalar
from duly.deckfile.yaml.source import Source, decode, encode, outgrown
from duly.errors import DulyError
from duly.message import message
from duly.problem import Place, Problem

ANSWERS = ("a", "cloze", "image")
"""The keys after whose values the id is inserted."""

ChooseId = Callable[[Note], NoteId | None]
"""Chooses the id to be written for a note; None to leave the note unchanged."""


@dataclass(frozen=True, slots=True)
class StampPlan:
    """What `stamp` does to a file: its bytes before and after, how many notes get an id, and why others do not."""

    file: Path
    old: bytes
    new: bytes
    count: int
    problems: tuple[Problem, ...]


def own_id(note: Note) -> NoteId:
    """The present id of a note, written in the file or derived from its question."""
    return note.id


def stamp(file: Path, chosen: ChooseId = own_id) -> StampPlan:
    """Writes the chosen id of every valid note with none or another one into `file`; returns what it did.

    Raises `DulyError`, and leaves the file unchanged, if it cannot be read or written, or another program changed it.
    """
    planned = plan_stamp(file, chosen)
    if planned.count:
        replace_file(file, planned.old, planned.new)
    return planned


def relink(file: Path, note: NoteId, to: NoteId) -> None:
    """Gives a note of `file` another id, and so the progress of that id.

    Raises `DulyError`, and leaves the file unchanged, if the note is missing or no id can be written for it, if the
    file cannot be read or written, or another program changed it.
    """
    if stamp(file, lambda candidate: to if candidate.id == note else None).count != 1:
        raise DulyError(
            message("{file}: the id of {note} cannot be changed here; write id: {id} by hand", file=file, note=note,
                    id=to)
        )  # fmt: skip


def plan_stamp(file: Path, chosen: ChooseId = own_id) -> StampPlan:
    """What `stamp` would do to `file`, which is not changed. Raises `DulyError` if it cannot be read."""
    old = read_file(file, LARGEST + 1)
    source = decode(file, old)
    if not isinstance(source, Source):
        return StampPlan(file, old, old, 0, (source,))
    deck = DeckName(file.stem)
    before = parse(source, deck)
    file_notes = FileNotes([entry.note for entry in before.entries], file.parent, lambda: before.entries)
    doubles = {id(finding.note): finding.problem for finding in duplicate_ids([file_notes])}
    problems = [*before.problems, *doubles.values()]
    edits: list[Edit] = []
    given: dict[int, NoteId] = {}
    for entry in before.entries:
        wanted = chosen(entry.note)
        if wanted is None or id(entry.note) in doubles or (entry.note.stamped and wanted == entry.note.id):
            continue
        edit = None if entry.node.aliased else _edit(entry, wanted)
        if edit is None:
            problems.append(_unsafe(entry, wanted))
        else:
            edits.append(edit)
            given[id(entry)] = wanted
    text = apply_edits(source.text, edits)
    _prove(file, before, given, parse(Source(file, text), deck))
    new = encode(text, old)
    if edits and (problem := outgrown(file, new)) is not None:
        return StampPlan(file, old, old, 0, tuple(sorted((*problems, problem), key=_place)))
    return StampPlan(file, old, new, len(edits), tuple(sorted(problems, key=_place)))


def _edit(entry: NoteEntry, note: NoteId) -> Edit | None:
    """The edit that writes the id below the answer, or in flow style after it; None if that is not safe.

    An existing id is replaced.
    """
    source = entry.source
    written = one_line(note, in_list=entry.node.flow)
    if entry.note.stamped:
        old = next(value for key, value in entry.node.pairs if isinstance(key, Scalar) and key.text == "id")
        return None if old.aliased or is_block(old) else Edit(old.start, old.end, written)
    key, value = next(pair for pair in entry.node.pairs if isinstance(pair[0], Scalar) and pair[0].text in ANSWERS)
    if entry.node.flow:
        return Edit(value.end, value.end, f", id: {written}")
    place = source.place(key.start)
    lead = source.line(place.line)[: place.column - 1]
    if lead.strip(" -"):
        return None
    index = line_end(source.text, value)
    end = newline(source.text, index)
    margin, line = " " * len(lead), f"id: {written}"
    if is_block(value) and index == len(source.text) and source.text[-1] not in "\r\n":
        # A line end after the block would become part of its text.
        return Edit(key.start, key.start, line + end + margin)
    line = margin + line
    at_line_start = source.text[index - 1] in "\r\n"
    return Edit(index, index, line + end if at_line_start else end + line)


def _prove(file: Path, before: ParsedFile, given: Mapping[int, NoteId], after: ParsedFile) -> None:
    """Raises `DulyError` unless the new text has the same notes with the intended ids, and no new mistake.

    An alias gets the id of the note it refers to, so it is not checked.
    """
    expected = [
        entry.note._replace(
            place=None,
            id=given.get(id(entry), entry.note.id),
            stamped=entry.note.stamped or entry.node.aliased or id(entry) in given,
        )
        for entry in before.entries
    ]
    actual = [
        entry.note._replace(place=None, stamped=entry.note.stamped or entry.node.aliased) for entry in after.entries
    ]
    if expected != actual or len(after.problems) > len(before.problems):
        raise DulyError(
            message(
                "{file}: ids cannot be written here without harm, so nothing was written; add id: by hand", file=file
            )
        )


def _unsafe(entry: NoteEntry, note: NoteId) -> Problem:
    sentence = (
        message("this card is an alias of another; write it out before it can have an id")
        if entry.node.aliased
        else message("an id cannot be written here safely; add id: {id} by hand", id=note)
    )
    return entry.source.problem(entry.node.start, "not-stamped", sentence)


def _place(problem: Problem) -> Place:
    return problem.place
