"""The JSON Schema (draft-07) of a deck file, for editors, and the comment line in a deck file that refers to it."""

import os
import re
from itertools import combinations
from pathlib import Path
from typing import Any, assert_never

from duly.atomic_write import read_file, replace_file
from duly.cards import DeckName
from duly.cards.ids import FACE, ID_LENGTH
from duly.cards.note_keys import EXACT
from duly.cards.occlusion import REGION
from duly.deckfile import key_table
from duly.deckfile.key_table import FILE_FIELDS, FURTHER_FIELDS, NOTE_FIELDS, OCCLUSION, PAIR, VARIANTS, Field, Shape
from duly.deckfile.parse_file import parse
from duly.deckfile.parse_further_cards import REQUIRED_KEYS
from duly.deckfile.walk import LARGEST
from duly.deckfile.yaml.source import LINE_END, Source, decode, encode, size_problem
from duly.errors import DulyError
from duly.message import message

Schema = dict[str, Any]

TEXT = ("string", "number", "boolean")
OPTIONAL = (*TEXT, "null")


def schema() -> Schema:
    """The schema, ready for `json.dumps`."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "duly deck",
        "anyOf": [
            {"type": "null"},
            {"$ref": "#/definitions/cards"},
            {
                "type": "object",
                "properties": _properties(FILE_FIELDS),
                "required": ["cards"],
                "additionalProperties": False,
            },
        ],
        "definitions": {
            "cards": {"type": "array", "items": {"$ref": "#/definitions/card"}},
            "card": _card(),
            "further": {
                "type": "object",
                "properties": _properties(FURTHER_FIELDS),
                "required": list(REQUIRED_KEYS),
                "additionalProperties": False,
            },
        },
    }


def _card() -> Schema:
    variants = [_with_variant(field) for field in NOTE_FIELDS if field.key in VARIANTS]
    no_variant = [{"not": variant} for variant in variants]
    return {
        "type": "object",
        "properties": _properties(NOTE_FIELDS),
        "additionalProperties": False,
        "oneOf": [
            {"required": list(PAIR), "allOf": _without("cloze", *OCCLUSION)},
            {"required": ["cloze"], "allOf": [*no_variant, *_without(*PAIR, *OCCLUSION, "more")]},
            {"required": list(OCCLUSION), "allOf": [*no_variant, *_without("a", "cloze", "hint", "more")]},
        ],
        "allOf": [{"not": {"allOf": list(pair)}} for pair in combinations(variants, 2)],
        "dependencies": {"also": _with_variant(next(field for field in NOTE_FIELDS if field.key == "typed"))},
    }


def _without(*keys: str) -> list[Schema]:
    return [{"not": {"required": [key]}} for key in keys]


def _properties(table: tuple[Field, ...]) -> Schema:
    return {field.key: {"description": str(field.description), **_type(field)} for field in table}


def _with_variant(field: Field) -> Schema:
    """The schema of a card with this variant."""
    present: Schema = {"required": [field.key]}
    if field.shape in {Shape.FLAG, Shape.TYPED}:
        present["properties"] = {field.key: {"enum": [True, *key_table.TRUE, EXACT]}}
    return present


def _type(field: Field) -> Schema:
    text: Schema = {"type": list(TEXT), "pattern": key_table.NOT_EMPTY}
    match field.shape:
        case Shape.TEXT | Shape.IMAGE:
            return text if field.must_not_be_empty else {"type": list(OPTIONAL)}
        case Shape.TYPED:
            return {"enum": [True, False, *key_table.TRUE, *key_table.FALSE, EXACT]}
        case Shape.TEXTS | Shape.REGIONS:
            member = {"type": "string", "pattern": REGION} if field.shape is Shape.REGIONS else text
            return {"type": "array", "minItems": 1, "items": member}
        case Shape.FLAG:
            return {"enum": [True, False, *key_table.TRUE, *key_table.FALSE]}
        case Shape.TAGS:
            return {"type": ["array", "null"], "items": {"type": list(TEXT), "pattern": key_table.TAG}}
        case Shape.ID:
            return {"type": list(TEXT), "minLength": 1, "maxLength": ID_LENGTH, "pattern": key_table.ID}
        case Shape.DECK:
            return {"type": list(TEXT), "pattern": key_table.DECK}
        case Shape.LANGUAGE:
            return {"type": ["string", "boolean"], "pattern": key_table.LANGUAGE}  # YAML 1.1 takes Norwegian for false
        case Shape.FACE:
            return {"type": list(TEXT), "pattern": FACE}
        case Shape.MORE:
            return {"type": ["array", "null"], "items": {"$ref": "#/definitions/further"}}
        case Shape.CARDS:
            return {"anyOf": [{"type": "null"}, {"$ref": "#/definitions/cards"}]}
        case unknown:
            assert_never(unknown)


MODELINE = re.compile(r"^# yaml-language-server:", re.MULTILINE)  # ``# yaml-language-server: $schema=deck.json``


def modeline(schema: Path, file: Path) -> str:
    """The line for `file`, with the path to the schema relative to the file's folder if possible."""
    try:
        reference = Path(os.path.relpath(schema.absolute(), file.absolute().parent)).as_posix()
    except ValueError:  # another drive
        reference = schema.absolute().as_uri()
    return f"# yaml-language-server: $schema={reference}"


def add_modeline(file: Path, schema: Path) -> bool:
    """Inserts the line at the top of a deck file unless it has one; returns whether it did. All other bytes stay.

    Does nothing to a file that is not text. Raises `DulyError`, and leaves the file unchanged, if it cannot be read or
    written, or another program changed it.
    """
    old = read_file(file, LARGEST + 1)
    source = decode(file, old)
    if not isinstance(source, Source) or MODELINE.search(source.text):
        return False
    ending = LINE_END.search(source.text)
    text = f"{modeline(schema, file)}{ending[0] if ending else os.linesep}{source.text}"
    if _notes_in(source) != _notes_in(Source(file, text)):
        raise DulyError(message("{file}: no line can be written at its head without harm", file=file))
    new = encode(text, old)
    if (problem := size_problem(file, new)) is not None:
        raise DulyError(message("{place}: {problem}", place=problem.place, problem=problem.message))
    replace_file(file, old, new)
    return True


def _notes_in(source: Source) -> list[tuple[str, object]]:
    return [(entry.note.id, entry.note.kind) for entry in parse(source, DeckName(source.file.stem)).entries]
