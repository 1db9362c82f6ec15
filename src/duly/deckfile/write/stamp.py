"""Writing ids into a file: one inserted line for each note that has none, every other byte as it was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duly.atomic_write import read_file, replace_file
from duly.cards import DeckName, Note, NoteId
from duly.deckfile.audit.duplicates import duplicate_ids
from duly.deckfile.audit.finding import FileNotes
from duly.deckfile.parse import NoteEntry, ParsedFile, parse
from duly.deckfile.walk import LARGEST
from duly.deckfile.write.edits import Edit, apply_edits, is_block, line_end, newline
from duly.deckfile.write.yaml_text import one_line
from duly.deckfile.yaml.nodes import Scalar
from duly.deckfile.yaml.source import Source, decode, encode, outgrown
from duly.errors import DulyError
from duly.message import message
from duly.problem import Place, Problem

ANSWERS = ("a", "cloze", "image")
"""The key after whose value the id goes."""

ChooseId = Callable[[Note], NoteId | None]
"""The id that is to stand beside a note; None for a note that is to be left as it is."""


@dataclass(frozen=True, slots=True)
class StampPlan:
    """What `stamp` does to a file: its bytes before and after, how many notes get an id, and what kept others back."""

    file: Path
    old: bytes
    new: bytes
    count: int
    problems: tuple[Problem, ...]


def own_id(note: Note) -> NoteId:
    """The id that a note has already: written beside it, or derived from its question."""
    return note.id


def stamp(file: Path, chosen: ChooseId = own_id) -> StampPlan:
    """Writes into `file` the chosen id of every good note that has none or another, and says what it did.

    Raises `DulyError`, with the file as it was, if it cannot be read or written or another program changed it.
    """
    planned = plan_stamp(file, chosen)
    if planned.count:
        replace_file(file, planned.old, planned.new)
    return planned


def relink(file: Path, note: NoteId, to: NoteId) -> None:
    """Gives a note of `file` another id, so that it has the progress that hangs on that.

    Raises `DulyError`, with the file as it was, if the note is not there or has no place for an id, if the file cannot
    be read or written, or another program changed it.
    """
    if stamp(file, lambda candidate: to if candidate.id == note else None).count != 1:
        raise DulyError(
            message("{file}: the id of {note} cannot be changed here; write id: {id} by hand", file=file, note=note,
                    id=to)
        )  # fmt: skip


def plan_stamp(file: Path, chosen: ChooseId = own_id) -> StampPlan:
    """What `stamp` would do to `file`, which is not touched. Raises `DulyError` if it cannot be read."""
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
    """The id as a line below the answer, or in flow style right after it; None where that is not known to be safe.

    An id that stands there already is written over.
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
    """That the new text holds the same notes, those with the ids they were given that should be, and no new mistake.

    An alias is stamped with the note it stands for, so nothing is expected of it.
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
