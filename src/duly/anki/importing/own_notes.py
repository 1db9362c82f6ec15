"""Notes of duly's own note types that come back from Anki, exactly as their author wrote them if possible."""

import re
from collections.abc import Iterator

from duly.anki.importing.field_texts import FieldTexts
from duly.anki.importing.foreign_note import makes_cards
from duly.anki.importing.occlusion_notes import occlusion_note, plain_field
from duly.anki.notes.note_types import NOTE_TYPES
from duly.anki.notes.occlusion_fields import ROLES
from duly.anki.raw_rows import RawType
from duly.cards import Basic, Choice, Cloze, Kind, Note, Reversed, Typed
from duly.cards.ids import normalised

_ITEM_TAG = re.compile(r"<li( class=\"right\")?>|</li>|<li\b[^>]*>")
"""``<li>``, ``<li class="right">`` or ``</li>``."""


def is_duly_type(note_type: RawType) -> bool:
    """Whether this is a note type of duly, with the fields it has always had."""
    return any(
        note_type.id == duly_type.id
        and [field.name for field in note_type.fields] == [field.name for field in duly_type.fields]
        for duly_type in NOTE_TYPES
    )


def duly_note(note: Note, field_texts: FieldTexts) -> Note | None:
    """`note` with the field values of one of our note types; None if a text that it needs is empty."""
    if "Occlusion" in field_texts.fields:
        return occlusion_note(note, field_texts, {role: role for role in ROLES})
    kind = _kind(field_texts)
    if kind is None:
        return None
    fields = field_texts.values
    return note._replace(
        kind=kind,
        hint=field_texts.text("Hint", fields.get("Hint", "")),
        extra=field_texts.text("Extra", fields.get("Extra", "")),
        source=plain_field(fields.get("Source", "")),
        language=plain_field(fields.get("Language", "")),
    )


def _kind(field_texts: FieldTexts) -> Kind | None:
    fields = field_texts.values
    if "Text" in field_texts.fields:
        text = field_texts.text("Text", fields.get("Text", ""), cloze=True)
        return Cloze(text) if makes_cards(text) else None
    question, answer = (field_texts.text(name, fields.get(name, "")) for name in ("Front", "Back"))
    if not question.strip() or not answer.strip():
        return None
    if "Options" in fields:
        options = _options(fields["Options"])
        wrong = tuple(field_texts.text("Options", option) for is_right, option in options if not is_right)
        distinct = {normalised(option) for option in (answer, *wrong)}
        if wrong and all(wrong) and len(distinct) == len(wrong) + 1:
            return Choice(question, answer, wrong)
    if "Typed" in fields:
        return Typed(question, answer)
    return Reversed(question, answer) if "Reverse" in fields else Basic(question, answer)


def _options(html: str) -> Iterator[tuple[bool, str]]:
    """The options as pairs: whether it is the right one, and its HTML. An option may contain a list."""
    depth, start, is_right = 0, 0, False
    for tag in _ITEM_TAG.finditer(html):
        if tag[0] != "</li>":
            if depth == 0:
                start, is_right = tag.end(), tag[1] is not None
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield is_right, html[start : tag.start()]
