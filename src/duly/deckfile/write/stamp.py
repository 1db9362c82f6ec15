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
from duly.deckfile.yaml.source import Source, decode, encode, size_problem
from duly.errors import DulyError
from duly.message import message
from duly.problem import Place, Problem

ANSWER_KEYS = ("a", "cloze", "image")
"""The keys after whose values the id is inserted."""

ChooseId = Callable[[Note], NoteId | None]
"""Chooses the id to be written for a note; None to leave the note unchanged."""


@dataclass(frozen=True, slots=True)
class StampPlan:
    """The plan of `stamp` for a file: its bytes before and after, the number of new ids, and why notes get none."""

    file: Path
    old: bytes
    new: bytes
    count: int
    problems: tuple[Problem, ...]


def current_id(note: Note) -> NoteId:
    """The current id of a note, written in the file or derived from its question."""
    return note.id


def stamp(file: Path, choose_id: ChooseId = current_id) -> StampPlan:
    """Writes the chosen id of every valid note that lacks it into `file`; returns the plan that was carried out.

    Raises `DulyError`, and leaves the file unchanged, if it cannot be read or written, or another program changed it.
    """
    plan = plan_stamp(file, choose_id)
    if plan.count:
        replace_file(file, plan.old, plan.new)
    return plan


def relink(file: Path, old_id: NoteId, new_id: NoteId) -> None:
    """Gives a note of `file` another id, and with it the progress of that id.

    Raises `DulyError`, and leaves the file unchanged, if the note is missing or no id can be written for it, if the
    file cannot be read or written, or another program changed it.
    """
    if stamp(file, lambda candidate: new_id if candidate.id == old_id else None).count != 1:
        raise DulyError(
            message("{file}: the id of {note} cannot be changed here; write id: {id} by hand", file=file, note=old_id,
                    id=new_id)
        )  # fmt: skip


def plan_stamp(file: Path, choose_id: ChooseId = current_id) -> StampPlan:
    """The plan of `stamp` for `file`, which is not changed. Raises `DulyError` if it cannot be read."""
    old = read_file(file, LARGEST + 1)
    source = decode(file, old)
    if not isinstance(source, Source):
        return StampPlan(file, old, old, 0, (source,))
    deck = DeckName(file.stem)
    old_contents = parse(source, deck)
    file_notes = FileNotes([entry.note for entry in old_contents.entries], file.parent, lambda: old_contents.entries)
    duplicates = {id(finding.note): finding.problem for finding in duplicate_ids([file_notes])}
    problems = [*old_contents.problems, *duplicates.values()]
    edits: list[Edit] = []
    new_ids: dict[int, NoteId] = {}
    for entry in old_contents.entries:
        new_id = choose_id(entry.note)
        if new_id is None or id(entry.note) in duplicates or (entry.note.is_stamped and new_id == entry.note.id):
            continue
        edit = None if entry.node.is_alias else _edit(entry, new_id)
        if edit is None:
            problems.append(_unsafe_problem(entry, new_id))
        else:
            edits.append(edit)
            new_ids[id(entry)] = new_id
    text = apply_edits(source.text, edits)
    _check_result(file, old_contents, new_ids, parse(Source(file, text), deck))
    new = encode(text, old)
    if edits and (problem := size_problem(file, new)) is not None:
        return StampPlan(file, old, old, 0, tuple(sorted((*problems, problem), key=_place)))
    return StampPlan(file, old, new, len(edits), tuple(sorted(problems, key=_place)))


def _edit(entry: NoteEntry, note: NoteId) -> Edit | None:
    """The edit that writes the id below the answer, or in flow style after it; None if that is not safe.

    An existing id is replaced.
    """
    source = entry.source
    id_text = one_line(note, in_list=entry.node.is_flow)
    if entry.note.is_stamped:
        old_value = next(value for key, value in entry.node.pairs if isinstance(key, Scalar) and key.text == "id")
        return None if old_value.is_alias or is_block(old_value) else Edit(old_value.start, old_value.end, id_text)
    key, value = next(pair for pair in entry.node.pairs if isinstance(pair[0], Scalar) and pair[0].text in ANSWER_KEYS)
    if entry.node.is_flow:
        return Edit(value.end, value.end, f", id: {id_text}")
    place = source.place(key.start)
    text_before_key = source.line(place.line)[: place.column - 1]
    if text_before_key.strip(" -"):
        return None
    index = line_end(source.text, value)
    end = newline(source.text, index)
    margin, line = " " * len(text_before_key), f"id: {id_text}"
    if is_block(value) and index == len(source.text) and source.text[-1] not in "\r\n":
        # A line end after the block would become part of its text.
        return Edit(key.start, key.start, line + end + margin)
    line = margin + line
    at_line_start = source.text[index - 1] in "\r\n"
    return Edit(index, index, line + end if at_line_start else end + line)


def _check_result(
    file: Path, old_contents: ParsedFile, new_ids: Mapping[int, NoteId], new_contents: ParsedFile
) -> None:
    """Raises `DulyError` unless the new text has the same notes with the intended ids, and no new mistake.

    An alias gets the id of the note it refers to, so it is not checked.
    """
    expected = [
        entry.note._replace(
            place=None,
            id=new_ids.get(id(entry), entry.note.id),
            is_stamped=entry.note.is_stamped or entry.node.is_alias or id(entry) in new_ids,
        )
        for entry in old_contents.entries
    ]
    actual = [
        entry.note._replace(place=None, is_stamped=entry.note.is_stamped or entry.node.is_alias)
        for entry in new_contents.entries
    ]
    if expected != actual or len(new_contents.problems) > len(old_contents.problems):
        raise DulyError(
            message(
                "{file}: ids cannot be written here without harm, so nothing was written; add id: by hand", file=file
            )
        )


def _unsafe_problem(entry: NoteEntry, note: NoteId) -> Problem:
    sentence = (
        message("this card is an alias of another; write it out before it can have an id")
        if entry.node.is_alias
        else message("an id cannot be written here safely; add id: {id} by hand", id=note)
    )
    return entry.source.problem(entry.node.start, "not-stamped", sentence)


def _place(problem: Problem) -> Place:
    return problem.place
