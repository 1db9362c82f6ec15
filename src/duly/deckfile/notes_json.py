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
            kind_values: tuple[object, ...] = ("cloze", text, "", ())
        case Choice(question, answer, wrong):
            kind_values = ("choice", question, answer, wrong)
        case Typed(question, answer, also, exact):
            kind_values = (EXACT if exact else "typed", question, answer, also)
        case Occlusion(prompt, image, regions):
            kind_values = ("occlusion", prompt, image, regions)
        case pair:
            kind_values = (NAMES[type(pair)], pair.question, pair.answer, ())
    texts = (note.hint, note.extra, note.source, note.language)
    values = [note.id, *kind_values, note.deck, note.tags, *texts]
    return [*values, place.line, place.column, note.is_stamped, note.further_cards]


def _note(  # noqa: PLR0917 - a row of JSON
    file: Path,
    note_id: str,
    kind: str,
    question: str,
    answer: str,
    further_texts: list[str],
    deck: str,
    tags: list[str],
    hint: str,
    extra: str,
    source: str,
    language: str,
    line: int,
    column: int,
    stamped: bool,
    further_cards: list[list[Any]],
) -> Note:
    "".join(
        (
            *(text for card in further_cards for text in card[:3]),
            note_id,
            question,
            answer,
            *further_texts,
            deck,
            *tags,
            hint,
            extra,
            source,
            language,
        )
    )  # refuses all but texts
    return Note(
        NoteId(note_id),
        _kind(kind, question, answer, further_texts),
        DeckName(deck),
        tuple(tags),
        hint,
        extra,
        source,
        language,
        Place(file, int(line), int(column)),
        stamped is True,
        tuple(
            [
                FurtherCard(Face(face), card_question, card_answer, typed is True)
                for face, card_question, card_answer, typed in further_cards
            ]
        ),
    )


def _kind(name: str, question: str, answer: str, further_texts: list[str]) -> Kind:
    match name:
        case "cloze":
            return Cloze(question)
        case "choice":
            return Choice(question, answer, tuple(further_texts))
        case "occlusion":
            return Occlusion(question, answer, tuple(further_texts))
        case "typed" | "exact":
            return Typed(question, answer, tuple(further_texts), name == EXACT)
        case _:
            return PAIRS[name](question, answer)
