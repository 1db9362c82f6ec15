"""The notes of a deck file as JSON, for the cache; it is read faster than YAML."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from duly.cards import (
    Basic,
    Choice,
    Cloze,
    DeckName,
    Face,
    FurtherCard,
    Kind,
    Note,
    NoteId,
    Occlusion,
    Reversed,
    Typed,
)  # fmt: skip
from duly.cards.note_keys import EXACT
from duly.problem import Place

PAIRS: dict[str, type[Basic] | type[Reversed]] = {"basic": Basic, "reversed": Reversed}
NAMES = {kind: name for name, kind in PAIRS.items()}


def notes_to_json(notes: Iterable[Note]) -> bytes:
    """The notes of one file as JSON."""
    return json.dumps([_row(note) for note in notes], ensure_ascii=False, separators=(",", ":")).encode()


def notes_from_json(text: bytes, file: Path) -> tuple[Note, ...]:
    """The notes of `file` that `notes_to_json` wrote. Raises `ValueError` if the text is anything else."""
    try:
        rows = json.loads(text)
        if not isinstance(rows, list) or not rows:
            raise ValueError("these are no notes")
        return tuple([_note(file, *row) for row in rows])
    except (TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ValueError("these are no notes") from error


def _row(note: Note) -> list[object]:
    place = note.place or Place(Path())
    match note.kind:
        case Cloze(text):
            own: tuple[object, ...] = ("cloze", text, "", ())
        case Choice(question, answer, wrong):
            own = ("choice", question, answer, wrong)
        case Typed(question, answer, also, exact):
            own = (EXACT if exact else "typed", question, answer, also)
        case Occlusion(prompt, image, regions):
            own = ("occlusion", prompt, image, regions)
        case pair:
            own = (NAMES[type(pair)], pair.question, pair.answer, ())
    texts = (note.hint, note.extra, note.source, note.language)
    return [note.id, *own, note.deck, note.tags, *texts, place.line, place.column, note.stamped, note.more]


def _note(  # noqa: PLR0917 - a row of JSON
    file: Path,
    number: str,
    kind: str,
    question: str,
    answer: str,
    more: list[str],
    deck: str,
    tags: list[str],
    hint: str,
    extra: str,
    source: str,
    language: str,
    line: int,
    column: int,
    stamped: bool,
    further: list[list[Any]],
) -> Note:
    "".join(
        (
            *(text for card in further for text in card[:3]),
            number,
            question,
            answer,
            *more,
            deck,
            *tags,
            hint,
            extra,
            source,
            language,
        )
    )  # refuses all but texts
    return Note(
        NoteId(number),
        _kind(kind, question, answer, more),
        DeckName(deck),
        tuple(tags),
        hint,
        extra,
        source,
        language,
        Place(file, int(line), int(column)),
        stamped is True,
        tuple([FurtherCard(Face(face), asked, due, typed is True) for face, asked, due, typed in further]),
    )


def _kind(name: str, question: str, answer: str, more: list[str]) -> Kind:
    match name:
        case "cloze":
            return Cloze(question)
        case "choice":
            return Choice(question, answer, tuple(more))
        case "occlusion":
            return Occlusion(question, answer, tuple(more))
        case "typed" | "exact":
            return Typed(question, answer, tuple(more), name == EXACT)
        case _:
            return PAIRS[name](question, answer)
