"""The note types are frozen: a change here leaves every existing note in Anki behind as "conflicting".

If one of these tests fails, the code is wrong, not the test.
"""

import re

from duly.anki.notes.note_types import CLOZE, NOTE_TYPES, PLAIN, NoteType, styles


def schema(kind: NoteType) -> tuple[int, str, bool, list[tuple[str, int]], list[tuple[str, int]]]:
    return (
        kind.id,
        kind.name,
        kind.is_cloze,
        [(field.name, field.id) for field in kind.fields],
        [(template.name, template.id) for template in kind.templates],
    )


def test_the_note_type_of_questions_is_frozen() -> None:
    assert schema(PLAIN) == (
        1839349764,
        "Duly",
        False,
        [
            ("Front", 1839349801),
            ("Back", 1839349802),
            ("Reverse", 1839349803),
            ("Typed", 1839349804),
            ("Options", 1839349805),
            ("Hint", 1839349806),
            ("Extra", 1839349807),
            ("Source", 1839349808),
            ("Language", 1839349809),
            ("Spare 1", 1839349810),
            ("Spare 2", 1839349811),
            ("Spare 3", 1839349812),
            ("Spare 4", 1839349813),
            ("Duly ID", 1839349814),
        ],
        [("Card", 1839349901), ("Reverse", 1839349902)],
    )


def test_the_note_type_of_clozes_is_frozen() -> None:
    assert schema(CLOZE) == (
        1722347217,
        "Duly Cloze",
        True,
        [
            ("Text", 1722347301),
            ("Hint", 1722347302),
            ("Extra", 1722347303),
            ("Source", 1722347304),
            ("Language", 1722347305),
            ("Spare 1", 1722347306),
            ("Spare 2", 1722347307),
            ("Spare 3", 1722347308),
            ("Spare 4", 1722347309),
            ("Duly ID", 1722347310),
        ],
        [("Cloze", 1722347401)],
    )


def test_templates_name_only_fields_of_their_type() -> None:
    for kind in NOTE_TYPES:
        names = {field.name for field in kind.fields} | {"FrontSide"}
        for template in kind.templates:
            named = re.findall(r"\{\{[#^/]?(?:[a-z]+:)*([^{}]+)\}\}", template.front + template.back)
            assert named and set(named) <= names


def test_code_has_colours_by_day_and_by_night() -> None:
    assert "\n.code .k," in styles(PLAIN) or "\n.code .k " in styles() or ", .code .k" in styles()
    assert ".nightMode .code .k" in styles(PLAIN)
