"""The JSON Schema (draft-07) of a deck file, made from the table of fields, for completion and checks in editors.

An editor reads YAML's own types, so a text may be a number or a boolean there; to duly it is the text in the file.
"""

from itertools import combinations
from typing import Any, assert_never

from duly.cards.ids import ID_LENGTH
from duly.deckfile import fields
from duly.deckfile.fields import FILE_FIELDS, NOTE_FIELDS, PAIR, VARIANTS, Field, Shape

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
        "definitions": {"cards": {"type": "array", "items": {"$ref": "#/definitions/card"}}, "card": _card()},
    }


def _card() -> Schema:
    on = [_on(field) for field in NOTE_FIELDS if field.key in VARIANTS]
    no_variant = [{"not": one} for one in on]
    return {
        "type": "object",
        "properties": _properties(NOTE_FIELDS),
        "additionalProperties": False,
        "oneOf": [
            {"required": list(PAIR), "not": {"required": ["cloze"]}},
            {"required": ["cloze"], "allOf": [*no_variant, *({"not": {"required": [key]}} for key in PAIR)]},
        ],
        "allOf": [{"not": {"allOf": list(two)}} for two in combinations(on, 2)],
    }


def _properties(table: tuple[Field, ...]) -> Schema:
    return {field.key: {"description": str(field.about), **_type(field)} for field in table}


def _on(field: Field) -> Schema:
    """What holds of a card on which this variant is chosen."""
    present: Schema = {"required": [field.key]}
    if field.shape is Shape.FLAG:
        present["properties"] = {field.key: {"enum": [True, *fields.TRUE]}}
    return present


def _type(field: Field) -> Schema:
    text: Schema = {"type": list(TEXT), "pattern": fields.FILLED}
    match field.shape:
        case Shape.TEXT:
            return text if field.filled else {"type": list(OPTIONAL)}
        case Shape.TEXTS:
            return {"type": "array", "minItems": 1, "items": text}
        case Shape.FLAG:
            return {"enum": [True, False, *fields.TRUE, *fields.FALSE]}
        case Shape.TAGS:
            return {"type": ["array", "null"], "items": {"type": list(TEXT), "pattern": fields.TAG}}
        case Shape.ID:
            return {"type": list(TEXT), "minLength": 1, "maxLength": ID_LENGTH, "pattern": fields.ID}
        case Shape.DECK:
            return {"type": list(TEXT), "pattern": fields.DECK}
        case Shape.LANGUAGE:
            return {"type": ["string", "boolean"], "pattern": fields.LANGUAGE}  # YAML 1.1 takes Norwegian for false
        case Shape.CARDS:
            return {"anyOf": [{"type": "null"}, {"$ref": "#/definitions/cards"}]}
        case unknown:
            assert_never(unknown)
